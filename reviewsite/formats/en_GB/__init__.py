"""Dates and times in British English: twenty-four hours."""
