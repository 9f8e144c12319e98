"""Tests of what admins share, saving of nouns other than reviews included."""
