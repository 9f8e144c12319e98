"""Pictures in the browser, at the desk and on readers' pages."""
