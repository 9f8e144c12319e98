"""The rule book, and instruments: what tests cost, what runs where and when, lines broken on purpose."""
