"""Django's admin, as this project's desk."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig

from reviewsite import checks, postgresql, sqlite_connections, sqlite_queue  # noqa: F401 (the checks register themselves)


class DeskAdminConfig(AdminConfig):
    """The admin with our own site, and without the page that taggit adds for its own tags."""

    default_site = "reviews.admin.site.site.DeskAdminSite"

    def ready(self) -> None:
        # The site is in the package that registers with it: import that first, or the site would be created
        # twice and the first one discarded, with everything registered.
        import_module("reviews.admin")
        super().ready()
        sqlite_queue.connect()
        sqlite_connections.connect()
        postgresql.connect()
        from django.contrib import admin
        from taggit.models import Tag

        admin.site.unregister(Tag)
