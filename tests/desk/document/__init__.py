"""Tests of documents: composing, comparing and storing them."""
