"""What a change lets readers see otherwise, and what it tells of that."""
