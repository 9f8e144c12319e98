"""The application: models, the desk, the readers' pages and what both use. README has the map."""
