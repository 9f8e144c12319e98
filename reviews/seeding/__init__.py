"""Code that creates data for ``manage.py seed``, tests and benchmarks."""
