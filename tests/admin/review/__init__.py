"""Tests of the admin of reviews."""
