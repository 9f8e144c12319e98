"""Comparing two texts, and merging two people's changes to one. It knows text only, not reviews."""
