"""The time machine: the readers' site as of any moment, at the desk."""
