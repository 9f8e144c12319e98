"""Image files, without Django: what is taken, read in a process of its own, cropped and written again."""
