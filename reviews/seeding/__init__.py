"""Makers of data: for ``manage.py seed``, for tests and for benches."""
