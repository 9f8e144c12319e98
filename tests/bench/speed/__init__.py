"""``make bench``: what each page and each step at the desk costs, at a thousand reviews and at a hundred thousand."""
