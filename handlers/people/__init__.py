"""Municipalities and schools, their people, and the links that let people in."""
