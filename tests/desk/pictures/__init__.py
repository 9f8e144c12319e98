"""Tests of pictures at the desk: how they come in, who sees them, and where they stand."""
