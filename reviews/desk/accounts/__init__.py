"""Accounts of the desk: the three roles, who may give which permission, and the limit on attempts to sign in."""
