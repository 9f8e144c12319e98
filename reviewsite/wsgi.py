"""The door for a WSGI server: ``gunicorn reviewsite.wsgi``."""

import logging
import os
import sys

from django.core.checks import ERROR, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from reviewsite.log_filters import WithoutSecretsFilter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewsite.settings")
application = get_wsgi_application()

# Django runs no system checks in a server. The security checks are few and need no database.
for message in run_checks(tags=[Tags.security]):
    if message.is_serious(ERROR):
        raise ImproperlyConfigured(str(message))
    logging.getLogger("reviewsite").warning("%s", message)

# Gunicorn's loggers write the address of a request, through handlers that are not in settings.py.
for name in ("gunicorn.error", "gunicorn.access"):
    logging.getLogger(name).addFilter(WithoutSecretsFilter())

# A thread that reads a long text at the desk gives way five times as often as usual, so that readers' pages, which stop
# for the database a score of times, do not wait for it each time.
sys.setswitchinterval(0.001)
