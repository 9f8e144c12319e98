"""The tests: packages that mirror ``reviews/``, and instruments. Rows come from ``reviews/seeding/``."""
