"""With SQLite there is no copy of a PostgreSQL database, so its tests are not collected."""

from django.conf import settings

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = ["test_interrupted.py"] if ON_POSTGRES else ["test_postgresql.py"]
