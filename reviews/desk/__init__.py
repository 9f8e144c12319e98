"""What editors do, as verbs. Only they make public editions of working reviews."""
