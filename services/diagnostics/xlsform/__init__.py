"""Instruments made of XLSForm spreadsheets, the form that survey people already use."""
