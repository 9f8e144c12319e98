"""Share cards as drawn: fonts, lines, shapes."""
