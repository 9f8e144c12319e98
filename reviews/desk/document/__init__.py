"""What a review says as one value: composed into an edition, compared field by field, and kept as JSON."""
