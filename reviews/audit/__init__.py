"""The leak audit: everything that can be hidden is hidden in a copy of the site, and no answer may change."""
