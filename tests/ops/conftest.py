"""On SQLite there is no server of PostgreSQL's to back up."""

from django.conf import settings

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = [] if ON_POSTGRES else ["test_backup_postgres.py"]
