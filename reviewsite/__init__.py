"""The project: settings, URLs, middleware, database connections. It contains nothing about reviews."""
