"""设置：everything a deployment may differ in comes from the environment (.env.example lists it)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from tianping.config import env

PACKAGE = Path(__file__).resolve().parent.parent

# Which deployment is this?
DEBUG = env.flag("TIANPING_DEBUG", default=False)
SECRET_KEY = env.secret("TIANPING_SECRET_KEY")
ALLOWED_HOSTS = env.text("TIANPING_HOSTS", "127.0.0.1,localhost").split(",")
HTTPS = env.flag("TIANPING_HTTPS", default=True)

# Where does it keep things?
HOME = Path(env.text("TIANPING_HOME"))
DATABASES = {"default": env.database("TIANPING_DATABASE")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES_ROOT = HOME / "files"
STATIC_ROOT = HOME / "static"
BACKUP_DIR = Path(env.text("TIANPING_BACKUP_DIR")) if env.text("TIANPING_BACKUP_DIR", "") else None
BACKUP_KEEP_DAYS = env.number("TIANPING_BACKUP_KEEP_DAYS", 14, least=1, most=3650)
VENDOR_ASSETS = Path(env.text("TIANPING_VENDOR_ASSETS", str(PACKAGE / "web" / "vendor")))

# What is it made of?
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "tianping.foundation.accounts",
    "tianping.foundation.audit",
    "tianping.foundation.numbering",
    "tianping.foundation.jobs",
    "tianping.foundation.parameters",
    "tianping.foundation.imports",
    "tianping.foundation.figures",
    "tianping.foundation.search",
    "tianping.foundation.tokens",
    "tianping.court",
    "tianping.evidence.register",
    "tianping.evidence.documents",
    "tianping.findings",
    "tianping.remedy",
    "tianping.reports",
    "tianping.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tianping.foundation.accounts.sitting.SittingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tianping.foundation.accounts.access.ViewerMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns the answer to a failed sign-in into that of a locked one
]
ROOT_URLCONF = "tianping.config.urls"
WSGI_APPLICATION = "tianping.config.wsgi.application"
LOOP = "tianping.config.loop.INTAKES"
FILES_NAMED_BY = [
    ("documents.IssuedDocument", "sha256"),
    ("remedy.Proof", "sha256"),
]  # what keeps a file from the sweep
AUDIT_WORDS = "tianping.config.audit_words.WORDS"  # what the auditor reads instead of codes
LEAVING_CHECKS = ["tianping.remedy.leaving.owed_by"]  # what must be handed over before somebody leaves

# Who may come in?
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "tianping.foundation.accounts.backend.StaffBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "tianping.foundation.accounts.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "tianping.foundation.accounts.password_rules.NotCommon"},
    {"NAME": "tianping.foundation.accounts.password_rules.NotOnlyDigits"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day, however busy
SESSION_IDLE_MINUTES = env.number("TIANPING_IDLE_MINUTES", 30, least=1, most=SESSION_COOKIE_AGE // 60)
PROXIES = env.number("TIANPING_PROXIES", 0, least=0, most=5)  # how many of our own stand before us
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # knocking does not make the fifteen minutes longer
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = [  # a password typed into the wrong box is not kept either
    *("username", "password", "old", "new", "again"),
    *("begin-password", "renew-password", "disable-password"),
]
AXES_CLIENT_IP_CALLABLE = "tianping.foundation.accounts.access.address_of"
AXES_LOCKOUT_CALLABLE = "tianping.foundation.accounts.locks.answer"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Does the court's own identity provider say who somebody is? Off unless its address is given.
if OIDC := bool(env.text("TIANPING_OIDC_ISSUER", "")):
    INSTALLED_APPS += ["mozilla_django_oidc"]
    AUTHENTICATION_BACKENDS += ["tianping.foundation.accounts.oidc.StaffOIDCBackend"]
    OIDC_OP_AUTHORIZATION_ENDPOINT = env.text("TIANPING_OIDC_AUTHORIZATION")
    OIDC_OP_TOKEN_ENDPOINT = env.text("TIANPING_OIDC_TOKEN")
    OIDC_OP_USER_ENDPOINT = env.text("TIANPING_OIDC_USERINFO")
    OIDC_OP_JWKS_ENDPOINT = env.text("TIANPING_OIDC_JWKS")
    OIDC_OP_ISSUER = env.text("TIANPING_OIDC_ISSUER")
    OIDC_RP_CLIENT_ID = env.text("TIANPING_OIDC_CLIENT_ID")
    OIDC_RP_CLIENT_SECRET = env.secret("TIANPING_OIDC_CLIENT_SECRET")
    OIDC_RP_SIGN_ALGO = "RS256"
    OIDC_RP_SCOPES = "openid profile"
    OIDC_CREATE_USER = False
    OIDC_USE_PKCE = True
    OIDC_STORE_ACCESS_TOKEN = OIDC_STORE_ID_TOKEN = False
    OIDC_TIMEOUT = 10
    LOGIN_REDIRECT_URL_FAILURE = "/login/?oidc=refused"
CSRF_FAILURE_VIEW = "tianping.web.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# How does work in the background run?
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "batch"]}}
JOB_PULSE_SECONDS = 5  # so often a worker says that what it runs is alive
JOB_SILENCE_SECONDS = 60  # after so long a silence it is taken for dead, and its job given to another

# How does it look and speak?
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tianping.web.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
STATICFILES_DIRS = [VENDOR_ASSETS] if VENDOR_ASSETS.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_ROOT}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What comes in from a browser stays in memory: a judge's own check of a draft must leave nothing on a disk.
MAX_UPLOAD_MB = 20
FILE_UPLOAD_HANDLERS = ["tianping.foundation.uploads.CappedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What does it write to its log? Never a body, a form value or a local variable.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "tianping": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "CRITICAL"},  # its lines name what was typed as a staff number
    },
}
