"""The project: settings, addresses, headers, the database's wiring. Nothing about reviews is in it."""
