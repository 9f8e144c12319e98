"""Tests of the desk's code without its pages."""
