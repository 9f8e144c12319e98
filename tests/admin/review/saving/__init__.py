"""Tests of autosave and of saving a review, also by two people at once."""
