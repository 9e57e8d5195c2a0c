"""
All settings, in one file. What differs between machines comes from the environment.

Every variable read here is listed in .env.example; a test holds the two together.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# ---- where this runs -------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
# SQLite makes its file, but not the folder for it.
DATA_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)


def secret_key() -> str:
    """
    Return the key from the environment, or the one that `make run` keeps in DATA_DIR.

    Raises ImproperlyConfigured if there is neither, unless DEBUG is on: a known key lets
    anyone sign themselves in.
    """
    if key := env.str("SECRET_KEY", default=""):
        return key
    kept = DATA_DIR / "secret_key"
    if kept.exists():
        return kept.read_text().strip()
    if DEBUG:
        return "only for development"
    raise environ.ImproperlyConfigured(
        "SECRET_KEY is not set. Set it in the environment or in .env; `make run` makes one."
    )


SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_DASHBOARD = env.bool("PUBLIC_DASHBOARD", default=False)
MAP_CAPTION = env.str("MAP_CAPTION", default="")
# Who issues briefings and closing assessments. Blank: the papers name nobody.
ISSUING_UNIT = env.str("ISSUING_UNIT", default="")
# Whom to ring for a forgotten password or a locked account. Blank: "an administrator".
CONTACT = env.str("CONTACT", default="")
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
# What answers, pages and the status of the system name.
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# ---- whom errors are sent to -----------------------------------------------------------

ADMINS = [(address, address) for address in env.list("ADMINS", default=[])]
# Blank in .env.example, which people copy: printed.
vars().update(env.email_url_config(env.str("EMAIL_URL", default="") or "consolemail://"))
SERVER_EMAIL = env.str("SERVER_EMAIL", default="root@localhost")
# Our own proxies, as addresses or networks: only what they say of a client's address is believed.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

# ---- the parts -------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "submissions",
    "measures",
    "indicators",
    "enterprises",
    "parks",
    "accounts",
    "clusters",
    "audit",
    # Before the queue's library, whose worker command it extends.
    "jobs",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "ninja",
    "simple_history",
]

MIDDLEWARE = [
    "config.web.request_number.middleware",
    # Before the session: it must answer without a database.
    "config.web.health.alive_first",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.api.errors.middleware",
    # Pages, data and files by a quarter of their bytes; Django adds random bytes against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.views.sign_in.SignInFirst",
    "accounts.middleware.change_password_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.scope",
    "clusters.middleware.viewpoint",
    "config.web.downloads.middleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Figures are written one way on every page, so the filters need no {% load %}.
            "builtins": [
                "config.web.downloads",
                "foundation.formatting",
                "foundation.statuses",
                "config.web.start.landing",
                "config.web.navigation",
                "config.web.page_key",
                "config.web.request_number",
                "config.web.table_cells",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# ---- data ------------------------------------------------------------------------------

# SQLite's own defaults refuse the second of two writers at once: take the write lock at the
# start of a transaction, wait for it, and let readers go on meanwhile.
SQLITE_URL = (
    f"sqlite:///{DATA_DIR / 'tracker.sqlite3'}"
    "?transaction_mode=IMMEDIATE&timeout=20&init_command=PRAGMA journal_mode=WAL;"
)
# Blank in .env.example, which people copy: the embedded database.
DATABASE_URL = env.str("DATABASE_URL", default="") or SQLITE_URL
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
# The role that owns the tables, for setup, restore and remove_demo (config.deploy.database_owner).
# Blank: the role of DATABASE_URL does everything.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")
DATABASE_OWNER = env.db_url_config(DATABASE_OWNER_URL) if DATABASE_OWNER_URL else {}
# In each process: parts of pages (config.web.page_key) and records of past estimates
# (indicators.data.snapshot_cache).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 300},
    }
}
# Work that pages hand over; `manage.py db_worker` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- who may enter ---------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "indicators:overview"
LOGOUT_REDIRECT_URL = "login"

# By user name, for a quarter of an hour: axes' own defaults lock by address, for ever, and
# behind a proxy that is everybody.
AXES_CLIENT_IP_CALLABLE = "foundation.addresses.client_address"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
# axes.W006 wants the address among the parameters: that is just what must not be.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# ---- what the browser is told ----------------------------------------------------------

# On behind TLS. Off, cookies travel in the clear: only for one machine or a trusted intranet.
TLS = env.bool("TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Charts that are saved as pictures, and Bootstrap's icons.
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# ---- files -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.web.joined_styles.JoinedStyles",
]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pages name files by their hash: the others would be compressed once more for nobody, and so would
# source maps.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
FILE_UPLOAD_HANDLERS = [
    "submissions.intake.upload_limit.SizeLimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "submissions.intake.upload_limit.TidyTemporaryUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# ---- language and time -----------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# ---- the policy's own settings ---------------------------------------------------------

# How many days after a quarter's end a city's workbook is due.
RETURN_DUE_DAYS = env.int("RETURN_DUE_DAYS", default=15)

# ---- import and export of the register -------------------------------------------------

# Left unset, django-import-export lets every staff user import and export.
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False

DJANGO_TABLES2_TEMPLATE = "components/table.html"

# ---- log -------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{asctime} {levelname} {name} {message} {request_number} {user} {address}",
            "style": "{",
        }
    },
    "filters": {"request": {"()": "config.web.request_number.AddRequest"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["request"],
        },
        # Sends nothing while ADMINS is empty.
        "mail": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "filters": ["request"],
        },
    },
    "root": {"handlers": ["stderr", "mail"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr", "mail"], "level": "WARNING", "propagate": False},
        # It would write a line for each request that waits for a thread.
        "waitress.queue": {"level": "ERROR"},
    },
}
