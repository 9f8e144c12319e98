"""The leak audit: what it copies, what it finds, and what its report says."""
