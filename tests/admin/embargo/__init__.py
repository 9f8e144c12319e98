"""Tests of the admin of embargoes."""
