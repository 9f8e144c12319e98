"""Pure rules, without Django: ratings, slugs, numbers, identifiers, times in a zone, the checklist."""
