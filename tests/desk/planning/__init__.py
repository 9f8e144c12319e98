"""Tests of the lists of the home, the boards and the calendar."""
