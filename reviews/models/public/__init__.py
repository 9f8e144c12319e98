"""Models for readers' pages: edition, correction, old address. Only the desk's verbs write them."""
