"""Tests of the page behind a preview link."""
