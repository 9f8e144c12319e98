"""Output for programs: feeds, sitemaps and structured data."""
