"""Tests of the verbs: alone, in generated histories against a model, and concurrently."""
