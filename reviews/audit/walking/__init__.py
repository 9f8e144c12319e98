"""The walk of an audit: what is requested, by whom, and what of the answers is compared."""
