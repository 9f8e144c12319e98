"""The door for a WSGI server: ``gunicorn reviewsite.wsgi``."""

import logging
import os

from django.core.checks import ERROR, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from reviewsite.log_filters import WithoutSecretsFilter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")
application = get_wsgi_application()

# A server runs no system checks; those about safety are few and need no database.
for message in run_checks(tags=[Tags.security]):
    if message.is_serious(ERROR):
        raise ImproperlyConfigured(str(message))
    logging.getLogger("reviewsite").warning("%s", message)

# Gunicorn's own loggers have handlers of their own, past those of settings.py, and write the address of a request.
for name in ("gunicorn.error", "gunicorn.access"):
    logging.getLogger(name).addFilter(WithoutSecretsFilter())
