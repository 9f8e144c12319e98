"""The URLs of the desk (the admin) and of readers' pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("reviews.urls")),
]

handler400 = "reviews.public.pages.bad_request"
handler403 = "reviews.public.pages.permission_denied"
handler404 = "reviews.public.pages.page_not_found"
handler500 = "reviews.public.pages.server_error"
