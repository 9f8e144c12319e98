"""Tests that hold for every public page: its frame, lists, paging, sharing, and budgets of queries and rows."""
