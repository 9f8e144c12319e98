"""The leak walk: what is hidden changes no answer that a reader can get."""
