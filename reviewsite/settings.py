"""Settings, read from the environment only (an optional ``.env`` file beside manage.py feeds it).

Three ways to run, told apart by two variables:

* production: nothing set. Refuses to start without SECRET_KEY, ALLOWED_HOSTS and SITE_URL.
* development: ``DEBUG=1``. Everything has a convenient default.
* demo: ``DEMO=1``. Production behaviour (own error pages, hashed files) on plain http at a loopback address.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
if DEBUG and DEMO:
    raise ImproperlyConfigured("Set DEBUG or DEMO, not both: the demo shows what readers of a real site see.")
PRODUCTION = not (DEBUG or DEMO)


def _required(name: str, fallback: str, meaning: str) -> str:
    """Read a variable that production must set; development and the demo take the fallback."""
    value: str = env.str(name, default="" if PRODUCTION else fallback)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {meaning} (DEBUG=1 supplies one for development.)")
    return value


SECRET_KEY = _required(
    "SECRET_KEY",
    secrets.token_urlsafe(50) if DEMO else "development-only-" + "x" * 50,
    "a long random text that signs sessions; keep it secret and keep it the same.",
)
ALLOWED_HOSTS = _required(
    "ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "the host names this site answers to, comma-separated."
).split(",")
SITE_URL = _required(
    "SITE_URL", "http://127.0.0.1:8000", "the public address, such as https://reviews.example."
).rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).netloc:
    raise ImproperlyConfigured("SITE_URL must be a full address, such as https://reviews.example.")
HTTPS = urlsplit(SITE_URL).scheme == "https"

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
    "default": env.db(
        "DATABASE_URL", default=f"sqlite:///{VAR_DIR / ('demo.sqlite3' if DEMO else 'site.sqlite3')}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins, so that a lock cannot fail half-way through it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    # A database in memory is a single connection and proves nothing about threads.
    DATABASES["default"]["TEST"] = {"NAME": env.str("TEST_DATABASE", default=str(VAR_DIR / "test.sqlite3"))}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

TAGGIT_CASE_INSENSITIVE = True

# -- Language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
# A newspaper office reads the clock in twenty-four hours.
FORMAT_MODULE_PATH = "reviewsite.formats"
USE_TZ = True
# The outlet record names the zone in which people read and type times; this one is what it falls back to.
TIME_ZONE = "UTC"

# -- Files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

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
CSRF_FAILURE_VIEW = "reviews.views.csrf_failure"

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
# The desk alone runs scripts (Django's admin), lets them ask for more (its autocomplete fields), and frames a page: the
# preview beside a review's form, which alone of all pages may be framed, by this site.
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
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=30 * 24 * 3600)
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
if env.bool("BEHIND_PROXY", default=False):
    # Only behind a proxy that sets this header itself and strips the visitor's.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains is the outlet's decision: its other hosts may not speak https.
    "security.W021",  # So is the browsers' preload list, which is all but irrevocable.
]

# -- Logging ------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "reviewsite.middleware.RequestIdFilter"},
        "without_secrets": {"()": "reviewsite.middleware.WithoutSecretsFilter"},
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
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
