"""
All settings, in one file. What differs between machines comes from the environment.

Every variable read here is listed in .env.example; a test holds the two together.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# ---- where this runs -------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
# SQLite makes its file, but not the folder for it.
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


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
    "audit.access_log.middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.web.protection.headers.middleware",
    # Pages, data and files by a quarter of their bytes; Django adds random bytes against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    # Outside of all that refuses or sends a file, within what changes its size.
    "audit.middleware.middleware",
    "config.api.errors.middleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # From here on the user and the views read what was sent.
    "config.web.protection.impossible_values.middleware",
    # Before the user is asked for: what it refuses costs little.
    "accounts.signing_in.throttle.middleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.session_limits",
    "accounts.views.sign_in.SignInFirst",
    "accounts.middleware.change_password_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.scope",
    "clusters.middleware.viewpoint",
    # The page that refuses needs the two above.
    "accounts.middleware.admin_site_for_staff",
    "config.web.downloads.middleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.web.protection.rates.RateLimits",
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
                "clusters.backfilled",
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
# start of a transaction, wait for it, and let readers go on meanwhile. With recursive_triggers
# INSERT OR REPLACE asks the triggers that refuse to delete (audit.guards).
SQLITE_URL = (
    f"sqlite:///{DATA_DIR / 'tracker.sqlite3'}"
    "?transaction_mode=IMMEDIATE&timeout=20"
    "&init_command=PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON;"
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
        "OPTIONS": {"MAX_ENTRIES": 600},
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
    {"NAME": "accounts.signing_in.password_rule.KnownWordsValidator"},
]
# A password stored by an older one is stored anew at the next sign-in.
PASSWORD_HASHERS = [
    "accounts.signing_in.password_hashing.SmallArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# How long a link that sets a password works, once.
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "indicators:overview"
LOGOUT_REDIRECT_URL = "login"

# A name at an address, for a quarter of an hour; the other limits are in the throttle. axes' own
# defaults lock an address for ever, and behind a proxy that is everybody.
AXES_CLIENT_IP_CALLABLE = "foundation.addresses.client_address"
AXES_USERNAME_CALLABLE = "accounts.signing_in.throttle.counted_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.signing_in.throttle.locked"
AXES_VERBOSE = False
# Its table is the throttle and nothing else: who signed in and who failed stands in the audit.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
# Between two strangers' attempts that one process computes a hash for.
SIGN_IN_PAUSE_SECONDS = 0.2

# ---- what the browser is told ----------------------------------------------------------

# On behind TLS. Off, cookies travel in the clear: only for one machine or a trusted intranet.
TLS = env.bool("TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
# The browsers' preload list takes whole public domains, which are not ours to enter.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How long a session lasts unused; accounts.sessions says how long in all.
SESSION_COOKIE_AGE = 30 * 60
SESSION_ENGINE = "accounts.session_store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A browser takes a cookie of this name only from us, by TLS and for the whole site.
SECURE_NAME = "__Host-" if TLS else ""
SESSION_COOKIE_NAME = f"{SECURE_NAME}sessionid"
CSRF_COOKIE_NAME = f"{SECURE_NAME}csrftoken"
KNOWN_BROWSER_COOKIE_NAME = f"{SECURE_NAME}known_browser"
LANGUAGE_COOKIE_SECURE = TLS
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
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Beside the folder that everybody may read: it names every file there is.
        "OPTIONS": {"manifest_storage": FileSystemStorage(location=DATA_DIR)},
    },
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
FILE_UPLOAD_PERMISSIONS = 0o600
# Of a batch (submissions.workbook.limits.ARCHIVE_FILES); together they keep a request's limit.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

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
        # Opened anew when it was rotated (config/deploy/server/logrotate.conf).
        "access": {
            "class": "audit.access_log.OwnersLog",
            "filename": DATA_DIR / "access.log",
            "encoding": "utf-8",
            "delay": True,
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
        # Who asked for what (audit.access_log); nobody's terminal, no mail.
        "access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        # Every failure stands in the audit.
        "axes": {"level": "ERROR"},
        # It would write a line for each request that waits for a thread.
        "waitress.queue": {"level": "ERROR"},
    },
}
