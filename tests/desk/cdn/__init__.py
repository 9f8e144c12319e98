"""A CDN in front is asked to drop pages."""
