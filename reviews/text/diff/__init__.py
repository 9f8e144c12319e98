"""Compare two texts, and merge two people's changes to one text. Nothing here knows about reviews."""
