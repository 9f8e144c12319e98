"""With SQLite there is no PostgreSQL server to back up, so its tests are not collected."""

from django.conf import settings

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = [] if ON_POSTGRES else ["test_backup_postgres.py"]
