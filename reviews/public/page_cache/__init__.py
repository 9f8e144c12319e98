"""The pages that readers get, kept as they were made. Whether one is still right is decided when it is served."""

from reviews.public.page_cache.keeping import forget

__all__ = ["forget"]
