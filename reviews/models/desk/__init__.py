"""Models for the desk only: the review and what belongs to it. Code for readers does not import them."""
