"""The history as a chain: each entry's digest covers the one before, so a changed or missing entry is found."""
