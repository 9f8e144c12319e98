"""How dates and times are written, by language, where Django's own formats do not do."""
