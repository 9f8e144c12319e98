"""The history as a chain: writing it, loading it, tampering with it."""
