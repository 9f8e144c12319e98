"""Tests of models: constraints, keys, natural keys, and what is public."""
