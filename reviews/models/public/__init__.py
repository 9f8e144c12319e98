"""Models that readers' pages read: edition, correction, old address. The desk's verbs write them."""
