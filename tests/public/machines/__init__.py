"""Tests of feeds, sitemaps and structured data."""
