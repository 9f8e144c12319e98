"""The entry point for a WSGI server: ``gunicorn reviewsite.wsgi``."""

import gc
import logging
import os
import sys
from importlib import import_module

from django.conf import settings
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

# Switch threads five times as often as usual. Otherwise readers' pages, which pause for the database about
# twenty times, each time wait for a thread that parses a long text at the desk.
sys.setswitchinterval(0.001)

# What every request needs is loaded now. With gunicorn's --preload, workers share it, and as much of it as the
# collector leaves alone.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
