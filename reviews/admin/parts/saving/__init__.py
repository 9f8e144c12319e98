"""Saving every noun but a review: a save merges with what others have saved since the form was opened."""
