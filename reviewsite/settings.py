"""Settings, read only from the environment and an optional ``.env`` file beside manage.py.

Three modes, selected by two variables:

* production: neither set. Refuses to start without SECRET_KEY, ALLOWED_HOSTS and SITE_URL.
* development: ``DEBUG=1``. Everything has a convenient default.
* demo: ``DEMO=1``. Production behaviour (own error pages, hashed files) over plain http at a loopback address. It reads
  no ``.env``, has its own database, and does not start if a production variable is set.
"""

import os
import secrets
from pathlib import Path

from reviewsite import environment
from reviewsite.pictures import pictures_storage
from reviewsite.sqlite_connections import KeptConnection

BASE_DIR = Path(__file__).resolve().parent.parent

environment.load(os.environ, BASE_DIR / ".env")
MODE = environment.mode(os.environ)
DEBUG, DEMO, PRODUCTION = MODE.debug, MODE.demo, MODE.production

# Where the site writes. Code that writes creates the folder, not this file, so that a read-only image can start.
VAR_DIR = environment.folder(os.environ, "VAR_DIR", BASE_DIR / "var", base=BASE_DIR)

SECRET_KEY = environment.secret_key(
    os.environ, secrets.token_urlsafe(50) if DEMO else "development-only-" + "x" * 50, how=MODE
)
ALLOWED_HOSTS = environment.hosts(os.environ, how=MODE)
SITE_URL = environment.site_address(os.environ, how=MODE)
HTTPS = SITE_URL.startswith("https:")

INSTALLED_APPS = [
    "reviews.apps.ReviewsConfig",
    "reviewsite.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "taggit",
]

MIDDLEWARE = [
    "reviewsite.middleware.RequestIdMiddleware",
    "reviews.public.page_cache.middleware.PageCacheMiddleware",
    "reviewsite.caching.CachingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reviewsite.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "reviewsite.urls"
WSGI_APPLICATION = "reviewsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        ("reviewsite.templates.Loader", [BASE_DIR / "templates"]),
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# -- Data ---------------------------------------------------------------------------------------------------

DATABASES = {
    "default": environment.database(
        os.environ, VAR_DIR / ("demo.sqlite3" if DEMO else "site.sqlite3"), base=BASE_DIR
    )
}
if DATABASES["default"]["ENGINE"] == environment.SQLITE:
    # IMMEDIATE takes the write lock when a transaction begins, so that a lock cannot fail half-way through it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Each thread of each worker has a connection: with the usual 2,000 kB and 128 statements, it would take 7 MB.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-1000;",
        "cached_statements": 64,
        "factory": KeptConnection,
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # An in-memory database is a single connection, so tests with threads would prove nothing.
    DATABASES["default"]["TEST"] = {
        "NAME": environment.text(os.environ, "TEST_DATABASE", str(VAR_DIR / "test.sqlite3"))
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = environment.number(os.environ, "CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SERIALIZATION_MODULES = {"json": "reviewsite.exact_json"}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
CACHES = {"default": environment.cache(os.environ)}
# Whether readers' pages are kept, and how many bytes of them in each process.
# Not in development: a template that was edited would be shown only after a restart.
PAGE_CACHE = environment.flag(os.environ, "PAGE_CACHE", default=not DEBUG)
PAGE_CACHE_BYTES = environment.size(os.environ, "PAGE_CACHE_BYTES", 4_000_000)
FRAGMENT_CACHE_BYTES = environment.size(os.environ, "FRAGMENT_CACHE_BYTES", 2_000_000)
# Where a CDN in front is asked to drop pages, and the header by which it knows us. Pages have a Surrogate-Key then.
CDN_PURGE_URL = environment.purge_address(os.environ)
CDN_PURGE_HEADER = environment.header(os.environ, "CDN_PURGE_HEADER")

TAGGIT_CASE_INSENSITIVE = True

# -- Request sizes ---------------------------------------------------------------------------------------------

# An autosaved form has 2 MB at most, and each of its bytes may be sent as three characters.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
# A film's credits, or a review's judgements, are rows of six fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# A file has 20 MB at most (reviews/imaging/headers.py); a form without a script sends several.
MOST_BYTES_OF_FILES = 100_000_000
FILE_UPLOAD_HANDLERS = [
    "reviewsite.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
# Newsrooms use the 24-hour clock.
FORMAT_MODULE_PATH = "reviewsite.formats"
USE_TZ = True
# The outlet record has the zone in which people read and type times; this one is the fallback.
TIME_ZONE = "UTC"

# -- Files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = environment.folder(
    os.environ, "STATIC_ROOT", VAR_DIR / ("demo-static" if DEMO else "static"), base=BASE_DIR
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "pictures": pictures_storage(os.environ, VAR_DIR / ("demo-pictures" if DEMO else "pictures")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Whether the proxy in front sends pictures, told which by X-Accel-Redirect.
PICTURES_ACCEL = environment.flag(os.environ, "PICTURES_ACCEL")
# Whether renditions are made right after a commit, too: in development and in tests only when somebody asks.
PICTURES_AHEAD = not DEBUG

# -- Accounts -----------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
if DEMO:
    AUTHENTICATION_BACKENDS.append("reviews.demo.DemoBackend")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # If no next page was asked for, or one that is not ours.
CSRF_FAILURE_VIEW = "reviews.public.pages.csrf_failure"

# -- Security -----------------------------------------------------------------------------------------------

# Named as in Django 6, so that moving to it is a deletion of our middleware.
SECURE_CSP = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "font-src": ["'self'"],
    "img-src": ["'self'"],
    "style-src": ["'self'"],
}
# Only the desk runs scripts (Django's admin), lets them send requests (autocomplete fields), and frames a
# page: the preview beside a review's form, the only page that may be framed, and only by this site.
SECURE_CSP_DESK = {**SECURE_CSP, "script-src": ["'self'"], "connect-src": ["'self'"], "frame-src": ["'self'"]}
SECURE_CSP_PREVIEW = {**SECURE_CSP, "frame-ancestors": ["'self'"]}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_SSL_REDIRECT = environment.flag(os.environ, "SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = environment.number(os.environ, "SECURE_HSTS_SECONDS", 30 * 24 * 3600)
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
BEHIND_PROXY = environment.flag(os.environ, "BEHIND_PROXY")
if BEHIND_PROXY:
    # Only behind a proxy that sets this header and removes the visitor's. (The sign-in limit reads
    # X-Forwarded-For.)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains is the outlet's decision: its other hosts may not speak https.
    "security.W021",  # So is the browsers' preload list, which is very hard to leave.
]

# -- Logging ------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "reviewsite.middleware.RequestIdFilter"},
        "without_secrets": {"()": "reviewsite.log_filters.WithoutSecretsFilter"},
    },
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request_id", "without_secrets"],
            "formatter": "line",
        },
    },
    "root": {"handlers": ["console"], "level": environment.level(os.environ, "LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
