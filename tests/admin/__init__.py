"""Tests of the desk's pages over HTTP, without a browser."""
