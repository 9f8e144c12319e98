"""Models that the desk and readers' pages share: film, person, critic, aspect, tag, embargo, outlet."""
