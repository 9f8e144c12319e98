"""Tests of single public pages. Tests of all pages are in ``tests.public.every_page``."""
