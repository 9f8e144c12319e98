"""Tests of a review's buttons, confirm pages and bulk actions."""
