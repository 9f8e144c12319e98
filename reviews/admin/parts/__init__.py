"""Shared by the admins of several nouns: base classes, fields, badges, messages, confirm pages."""
