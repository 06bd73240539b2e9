"""Django's settings. What an operator may change stands in env.py; everything here follows from it."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from clearspan.config import database, env

ENV = env.read()
HOME: Path = ENV["home"]


def _secret_key() -> str:
    if ENV["secret_key"]:
        return str(ENV["secret_key"])
    path = HOME / "secret_key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text()


def _database() -> dict[str, object]:
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(ENV["database_url"] or database.url(HOME))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "clearspan"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


SECRET_KEY = _secret_key()
DEBUG = ENV["debug"]
DEMO = ENV["demo"]
BASE_URL = env.base_url(ENV)
ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]", *ENV["allowed_hosts"]]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
UPLOAD_BYTES = ENV["upload_mb"] * 1024 * 1024
TRACKER_NETWORKS = ENV["tracker_networks"]
WEBHOOK_NETWORKS = ENV["webhook_networks"]
PROXIES = ENV["proxies"]  # whose X-Forwarded-For is believed
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "clearspan.audiences",  # before allauth, whose pages it words anew
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "procrastinate.contrib.django",
    "clearspan.ui",
    "clearspan.core",
    "clearspan.catalogue",
    "clearspan.stages.evidence",
    "clearspan.stages.opportunities",
    "clearspan.stages.options",
    "clearspan.stages.decisions",
    "clearspan.stages.definition",
    "clearspan.stages.development",
    "clearspan.stages.launch",
    "clearspan.stages.inlife",
    "clearspan.stages.portal",
    "clearspan.stages.trace",
    "clearspan.stages.briefs",
    "clearspan.interfaces",
    "clearspan.interfaces.archive",
    "clearspan.interfaces.webhooks",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clearspan.stages.portal.middleware.PublicMiddleware",  # before sessions: the public leaves nothing
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clearspan.core.middleware.ActorMiddleware",
    "clearspan.audiences.people.middleware.SecondFactorMiddleware",
    "clearspan.catalogue.middleware.ProductMiddleware",
]
ROOT_URLCONF = "clearspan.config.urls"
WSGI_APPLICATION = "clearspan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "clearspan.ui.rendering.Templates",
        "NAME": "django",  # by which parts of templates (template_partials) find it
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "clearspan.audiences.shell.context",
            ],
            "builtins": ["clearspan.ui.templatetags.ui"],
        },
    }
]

# --- people -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["clearspan.audiences.people.backend.ByAddress"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come in by invitation, which proves the address
ACCOUNT_ADAPTER = "clearspan.audiences.people.sign_in.ByInvitation"
ACCOUNT_LOGOUT_ON_GET = False
PASSWORDS = ENV["passwords"]
SECOND_FACTOR = ENV["second_factor"]  # who has to have one
MFA_ADAPTER = "clearspan.audiences.people.second_factor.SecondFactor"
MFA_FORMS = {
    "authenticate": "clearspan.audiences.people.forms.CodeForm",
    "reauthenticate": "clearspan.audiences.people.forms.CodeAgainForm",
    "activate_totp": "clearspan.audiences.people.forms.FirstCodeForm",
    "add_webauthn": "clearspan.audiences.people.forms.KeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Clearspan"
MFA_TOTP_TOLERANCE = 1  # clocks differ: half a minute before and after
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation has proved the address
OIDC = {name.removeprefix("oidc_"): value for name, value in ENV.items() if name.startswith("oidc_")}
SOCIALACCOUNT_ADAPTER = "clearspan.audiences.people.oidc.Provided"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, so that form-action stays closed; see docs/decisions/0010
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# --- safety -------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BASE_URL.startswith("https://") else None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- files --------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "clearspan.config.static.Static"},
}

# --- words and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = ENV["time_zone"]
USE_TZ = True
USE_I18N = False
FORM_RENDERER = "clearspan.ui.forms.Renderer"
CSRF_FAILURE_VIEW = "clearspan.ui.views.csrf_failure"

# --- jobs and mail ------------------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": ENV["workers"], "delete_jobs": "never"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def _mail() -> dict[str, object]:
    if not ENV["mail_url"]:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(ENV["mail_url"])
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


globals().update(_mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV["mail_from"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"clearspan": {"level": "INFO"}},
}
