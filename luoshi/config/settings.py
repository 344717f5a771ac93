"""Django's settings. What an office may change comes from the environment (environment.py)."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from luoshi.config import environment
from luoshi.config.demo.marker import holds_demo
from luoshi.config.secret import secret_key
from luoshi.core.db.sqlite_mode import first_statements

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()
DEBUG = environment.flag("LUOSHI_DEBUG")
SECRET_KEY = environment.text("LUOSHI_SECRET") or secret_key(DATA)
ALLOWED_HOSTS = environment.listing("LUOSHI_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.listing("LUOSHI_ORIGINS")
LUOSHI_DEMO = holds_demo(DATA)
# Who may be entered with one click; asked only in a demonstration (accounts cannot import config).
LUOSHI_DEMO_PEOPLE = "luoshi.config.demo.people.people_to_try"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "csp",
    "luoshi.core",
    "luoshi.calendars",
    "luoshi.audit",
    "luoshi.files",
    "luoshi.outbox",
    "luoshi.accounts",
    "luoshi.organisations",
    "luoshi.ledger",
    "luoshi.documents",
    "luoshi.reports",
    "luoshi.config",
]

MIDDLEWARE = [
    "luoshi.core.middleware.RequestIdMiddleware",
    "luoshi.core.middleware.PlainCookiesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luoshi.core.compression.CompressPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "luoshi.core.middleware.NotKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "luoshi.organisations.middleware.ActorMiddleware",
    "luoshi.core.middleware.PlainErrorsMiddleware",
]

ROOT_URLCONF = "luoshi.config.urls"
WSGI_APPLICATION = "luoshi.config.wsgi.application"
FORM_RENDERER = "luoshi.core.forms.LuoshiRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "luoshi.config.navigation.navigation",
            ],
            "builtins": ["luoshi.core.templatetags.luoshi"],
        },
    }
]


def _database() -> dict[str, Any]:
    address = environment.text("LUOSHI_DATABASE")
    if not address:
        return {
            "ENGINE": "luoshi.core.db.sqlite",
            "NAME": str(DATA / "luoshi.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": first_statements()},
            "TEST": {"NAME": str(DATA / "test.sqlite3")},
        }
    environment.require_postgresql(address)
    found: dict[str, Any] = environ.Env.db_url_config(address)
    found["CONN_MAX_AGE"] = 60
    found["CONN_HEALTH_CHECKS"] = True
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "reports:today"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in (
        (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            {"user_attributes": ("username",)},
        ),
        ("luoshi.accounts.passwords.LongEnough", {"min_length": 10}),
        ("django.contrib.auth.password_validation.CommonPasswordValidator", {}),
        ("django.contrib.auth.password_validation.NumericPasswordValidator", {}),
    )
]
CSRF_FAILURE_VIEW = "luoshi.core.views.lost_session"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
# `luoshi up` and `luoshi demo` gather the files under names with hashes; tests and development serve them as they lie.
STATIC_COLLECTED = not DEBUG and (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = environment.number("LUOSHI_UPLOAD_BYTES")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
LUOSHI_FILES = DATA / "files"
LUOSHI_UPLOAD_BYTES = environment.number("LUOSHI_UPLOAD_BYTES")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.flag("LUOSHI_TLS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "luoshi.core.middleware.RequestIdFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
