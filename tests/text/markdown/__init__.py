"""Tests of rendering, plain text, excerpts, footnotes and links."""
