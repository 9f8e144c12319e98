"""What editors do, as verbs. The only door between the working reviews and the editions readers see."""
