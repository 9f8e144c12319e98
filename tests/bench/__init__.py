"""Measurements and screenshots, which the ``make bench-…`` commands run. No test is in it."""
