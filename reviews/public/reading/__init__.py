"""Queries and computations on public editions for pages: argument, archive, figures, suggestions. No views."""
