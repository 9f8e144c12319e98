"""What editors do to reviews and embargoes: each verb takes a lock and writes a history entry."""
