"""Pure rules, without Django: ratings, slugs, numbers, identifiers, times in a time zone, the checklist."""
