"""The library of pictures."""
