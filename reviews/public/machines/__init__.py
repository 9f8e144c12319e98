"""What programs read: feeds, sitemaps and structured data."""
