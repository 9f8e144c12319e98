"""Tests of the desk's home, calendar and sign-in."""
