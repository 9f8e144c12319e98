"""The page cache: what is kept, for whom, how long, and what it says to the outside."""
