"""Pictures at the desk: how they come in, who may see and change them, and where they are used."""
