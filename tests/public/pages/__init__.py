"""Tests of every public page, with budgets of queries and rows."""
