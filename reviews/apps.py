from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "the desk"

    def ready(self) -> None:
        from reviews import checks, derived  # noqa: F401 (the checks register themselves)
        from reviews.desk.accounts import roles
        from reviews.desk.chain import checking

        derived.connect()
        post_migrate.connect(derived.ensure_public_state, sender=self, dispatch_uid="reviews.public_state")
        post_migrate.connect(derived.ensure_counts, sender=self, dispatch_uid="reviews.counts")
        post_migrate.connect(checking.log_head, sender=self, dispatch_uid="reviews.history_head")
        post_migrate.connect(roles.ensure_groups, sender=self, dispatch_uid="reviews.roles")
