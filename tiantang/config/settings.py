"""Django's settings, all derived from one checked Environment."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from tiantang.config.databases import databases
from tiantang.config.email import mail_settings
from tiantang.config.environment import read_environment
from tiantang.config.templates import template_cache

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]
HOME = ENVIRONMENT.home
SITE_NAME = ENVIRONMENT.site_name
SITE_URL = ENVIRONMENT.site_url

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ["*"] if DEBUG else [".localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [SITE_URL.split("//", 1)[-1].split("/")[0].rsplit(":", 1)[0]]

SLICES = [
    "tiantang.community.members",
    "tiantang.community.notifications",
    "tiantang.community.rules",
    "tiantang.community.forum",
    "tiantang.community.moderation",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "rules.apps.AutodiscoverRulesConfig",
    "tiantang.ui",
    "tiantang.events",
    "tiantang.metrics",
    *SLICES,
    "tiantang.importers",
    "tiantang.portal",
    "tiantang.dashboards",
    "tiantang.summary",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
]
MIDDLEWARE = [
    "tiantang.config.middleware.mark_answer",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tiantang.config.sessions.KnowReader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tiantang.config.middleware.one_policy",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "tiantang.config.middleware.no_null",
]
ROOT_URLCONF = "tiantang.config.urls"
WSGI_APPLICATION = "tiantang.config.wsgi.application"

TEMPLATE_FOLDERS = [
    PACKAGE / part / "templates"
    for part in (
        "ui",
        "portal",
        "dashboards",
        "summary",
        "importers",
        *(name.split(".", 1)[1].replace(".", "/") for name in SLICES),
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": TEMPLATE_FOLDERS,
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "tiantang.ui.jinja.environment",
            "bytecode_cache": template_cache(HOME / "cache" / "templates"),
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "tiantang.ui.context.page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = databases(ENVIRONMENT)
DATABASE_ROUTERS = ["tiantang.events.routers.VisitsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "tiantang.community.members.backend.MemberBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
if ENVIRONMENT.fast_hashing:  # tests only
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "tiantang.community.members.refusals.NotTheName",
        "OPTIONS": {"user_attributes": ("handle", "name", "email")},
    },
    {"NAME": "tiantang.community.members.refusals.LongEnough"},
    {"NAME": "tiantang.community.members.refusals.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if ENVIRONMENT.email_url else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_ADAPTER = "tiantang.community.members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "tiantang.community.members.forms.SignInForm",
    "signup": "tiantang.community.rules.forms.SignupForm",
    "add_email": "tiantang.community.members.forms.EmailForm",
    "change_password": "tiantang.community.members.forms.NewPasswordForm",
    "set_password": "tiantang.community.members.forms.FirstPasswordForm",
    "reset_password": "tiantang.community.members.forms.LostPasswordForm",
    "reset_password_from_key": "tiantang.community.members.forms.ResetPasswordForm",
    "reauthenticate": "tiantang.community.members.forms.ConfirmForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "tiantang.community.members.tokens.LinkTokens"  # noqa: S105 - a class
ACCOUNT_RATE_LIMITS = {
    "login_failed": False,  # axes counts these, in the database
    "signup": "10/h/ip",  # in each web process
}
MFA_FORMS = {
    "authenticate": "tiantang.community.members.forms.CodeForm",
    "reauthenticate": "tiantang.community.members.forms.CodeAgainForm",
    "activate_totp": "tiantang.community.members.forms.SetUpCodesForm",
}
MFA_ADAPTER = "tiantang.community.members.refusals.TwoStepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = not ENVIRONMENT.email_url  # where no letters leave, nobody can confirm
MFA_TOTP_ISSUER = SITE_NAME
CSRF_FAILURE_VIEW = "tiantang.ui.views.rejected_form"
ACCOUNT_LOGOUT_ON_GET = False
globals().update(mail_settings(ENVIRONMENT.email_url))
OPERATORS_NEED_TWO_STEPS = ENVIRONMENT.strict
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
AXES_CLIENT_IP_CALLABLE = "tiantang.common.addresses.client_address"
AXES_HANDLER = "tiantang.community.members.lockout.Lockout"
AXES_FAILURE_LIMIT = 8
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_USERNAME_CALLABLE = "tiantang.community.members.lockout.name_tried"
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True

USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "ui" / "dist"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LAKE = HOME / "lake"
"""Where sealed event segments and rollups live."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "script-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SESSION_ENGINE = "tiantang.config.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = ["/".join(SITE_URL.split("/")[:3])]
"""A proxy that speaks HTTPS for us hands requests on without it; their origin is the site all the same."""
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
HTTPS_ONLY = "max-age=31536000" if SESSION_COOKIE_SECURE else ""
"""What browsers are told when readers see the site over HTTPS: never without it, for a year."""
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "tiantang.config.observe.WithRequestId"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"tiantang": {"level": "INFO"}},
}
