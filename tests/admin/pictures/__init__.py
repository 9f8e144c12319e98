"""Tests of the library of pictures at the desk: its pages, its uploads, and who may do what there."""
