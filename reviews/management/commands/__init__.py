"""The commands of ``manage.py``: demo, seed, rebuild, tidy, loaddata. They call code that is elsewhere."""
