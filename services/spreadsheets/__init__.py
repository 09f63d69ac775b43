"""Spreadsheets that people bring: CSV and XLSX read as text, whoever made them."""
