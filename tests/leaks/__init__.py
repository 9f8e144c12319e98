"""The leak walk: hidden rows must not change any public response."""
