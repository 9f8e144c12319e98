"""Tests of running the site: configuration, start, logs, backup, the demo."""
