"""Date and time formats by language, where Django's own are unsuitable."""
