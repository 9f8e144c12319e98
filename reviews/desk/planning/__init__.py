"""Data for the lists of the desk's home, the embargo boards and the calendar. The admin formats it."""
