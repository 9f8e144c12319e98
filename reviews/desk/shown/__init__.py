"""Telling kept pages that what readers see has changed: the row of public state, raised with the change itself."""
