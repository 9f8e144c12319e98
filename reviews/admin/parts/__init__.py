"""What the admins of several nouns share: base classes, fields, badges, messages, confirm pages. No noun is in it."""
