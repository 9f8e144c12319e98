"""The commands that ``manage.py`` runs are in ``commands``."""
