"""The desk in Django's admin, by noun. The site they register with is :mod:`reviews.admin.site.site`."""

from reviews.admin import nouns
from reviews.admin.embargo.admin import EmbargoAdmin
from reviews.admin.pictures.admin import PictureAdmin
from reviews.admin.review.admin import ReviewAdmin

__all__ = ["EmbargoAdmin", "PictureAdmin", "ReviewAdmin", "nouns"]
