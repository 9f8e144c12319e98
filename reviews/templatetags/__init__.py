"""Filters and tags for templates. They compute and format; none asks the database for anything."""
