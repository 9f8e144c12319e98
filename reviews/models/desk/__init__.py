"""Models of the desk alone: the review and what belongs to it. Nothing that readers reach imports them."""
