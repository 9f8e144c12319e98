"""Pictures: their files, the sizes in which they are shown, and who is given them when."""
