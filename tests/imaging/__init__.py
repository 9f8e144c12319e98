"""Image files: read safely, cropped, written."""
