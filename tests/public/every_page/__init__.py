"""Tests of every public page: its layout, lists, paging, sharing, and budgets of queries and rows."""
