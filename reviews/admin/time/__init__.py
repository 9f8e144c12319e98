"""The time machine: the readers' site as of any moment, for people at the desk."""
