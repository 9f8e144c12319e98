"""What readers reach: pages, machines, and what both read. It reads editions and never the desk's models."""
