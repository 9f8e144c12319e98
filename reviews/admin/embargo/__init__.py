"""The admin of embargoes: forms, the clocks that they are shown on, and what a change would do to reviews."""
