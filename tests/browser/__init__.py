"""Tests that drive Chromium: every page and interaction as people use it."""
