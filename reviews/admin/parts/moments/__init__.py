"""Form fields, widgets and words for a date and time in a named zone. The rules of zones are in ``reviews.rules``."""
