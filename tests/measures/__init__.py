"""Instruments for tests: queries, rows and query plans counted, and large public sites made quickly."""
