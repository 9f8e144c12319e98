"""Models that the desk and the readers share: film, person, critic, aspect, tag, embargo, outlet."""
