"""What editors do to reviews and embargoes, each under its lock and with its line of history. No page is in it."""
