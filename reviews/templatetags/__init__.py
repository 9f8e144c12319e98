"""Filters and tags for templates. They compute and format; none makes a query."""
