from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = "the desk"

    def ready(self) -> None:
        from reviews import checks, derived  # noqa: F401 (the checks register themselves)

        derived.connect()
