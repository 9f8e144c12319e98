"""Models for readers' pages: edition, correction, old address, public state. Only the desk writes them."""
