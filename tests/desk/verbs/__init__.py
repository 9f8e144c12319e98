"""Tests of the verbs: in histories, against a model of their own, and many at once."""
