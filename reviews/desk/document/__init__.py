"""A review's content as one value (a document): made into editions, compared, and stored as JSON."""
