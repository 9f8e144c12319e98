"""Tests of previews and of the list of preview links."""
