"""The rule book, and how tests run: what they cost, what runs where and when, lines broken on purpose."""
