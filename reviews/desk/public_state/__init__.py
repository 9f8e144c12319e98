"""Invalidates cached pages: a change that readers can see also changes the public state, in the same transaction."""
