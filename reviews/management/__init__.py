"""The home of the commands that ``manage.py`` runs; they are in ``commands``."""
