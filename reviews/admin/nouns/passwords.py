"""Setting an account's password: refused if somebody has set another since the form was opened."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import User
from django.utils.crypto import salted_hmac

FASTER = "Somebody has set another password since you opened this page. To replace it, type yours again and save it."


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    """A digest of the password hash as it was, which reveals nothing about either."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.now = salted_hmac("reviews.admin.nouns.passwords", user.password).hexdigest()[:32]
        self.fields["read"].initial = self.now

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.data.get("read", self.now) != self.now:
            self.add_error("password1", FASTER)
            self.data = {**dict(self.data.items()), "read": self.now}
        return cleaned
