"""The two rooms: the desk (the admin) and the readers' pages."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("reviews.urls")),
]

handler400 = "reviews.views.bad_request"
handler403 = "reviews.views.permission_denied"
handler404 = "reviews.views.page_not_found"
handler500 = "reviews.views.server_error"
