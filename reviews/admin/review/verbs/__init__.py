"""The verbs of a review as buttons, confirm pages and bulk actions. What they do is in ``reviews.desk.verbs``."""
