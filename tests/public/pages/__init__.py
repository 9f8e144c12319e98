"""Tests of each public page by itself. What holds for all of them is in ``tests.public.every_page``."""
