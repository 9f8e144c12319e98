"""What pages show, read from public editions: the argument, archive, figures and suggestions. No view is in it."""
