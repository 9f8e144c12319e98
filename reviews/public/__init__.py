"""Code for readers: pages and output for programs. It never imports the desk's models."""
