"""Tests of template filters and tags."""
