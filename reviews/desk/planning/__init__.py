"""What is coming, as data: the lists of the desk's home, embargo boards, the calendar. The admin words it."""
