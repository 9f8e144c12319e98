"""The admin site itself: its home, calendar, list of nouns and sign-in. The admin of each noun is elsewhere."""
