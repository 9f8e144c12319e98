"""The application: models, the desk, readers' pages, and what both use. The map is in README."""
