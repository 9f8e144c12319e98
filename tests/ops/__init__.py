"""Tests of the site as it is run: configuration, start, logs, backup, the demo."""
