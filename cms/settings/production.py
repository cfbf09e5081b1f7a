"""The base: what a city runs. dev.py and test.py relax it; nothing else may."""

from email.utils import parseaddr
from pathlib import Path

from csp.constants import NONE, SELF

from cms.settings import env

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR
ROOMS = ["home", "workshops", "casebook", "directory", "cms"]

# --- the place -----------------------------------------------------------------------------------
DEBUG = env.boolean("DEBUG", False)
DEMO = env.boolean("DEMO", False)
MFA_REQUIRED = env.boolean("MFA_REQUIRED", True)
WEB_HOSTS = env.integer("WEB_HOSTS", 1)
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)
THROTTLE_FACTOR = 1  # a proof that sends 200 requests from one address widens it
SECRET_KEY = env.text("SECRET_KEY")
KEY_FILE = Path(env.text("KEY_FILE", str(VAR_DIR / "keys.json")))
SLOW_HASH_COST = 2**14  # scrypt's n for receipt codes: about 50 ms; changing it shuts out all codes given before
KEY_FILE_MADE_WHEN_MISSING = False
BASE_URL = env.text("BASE_URL").rstrip("/")
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SHARED_DATA = Path(env.text("SHARED_DATA", str(BASE_DIR.parent / "shared")))
WSGI_APPLICATION = "cms.wsgi.application"
ROOT_URLCONF = "cms.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- rooms and packages: ours first, so that our templates and commands win ---------------------------
INSTALLED_APPS = [
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.ControlCharacters",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.AdminContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cms.middleware.ReaderChoices",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "directory.timeouts.SessionClock",
    "directory.gate.MembersGate",
    "casebook.middleware.ReadingBudget",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context.site",
                "directory.context.members_nav",
            ],
        },
    },
]

# --- what is kept, and where ------------------------------------------------------------------------
DATABASES = {"default": env.database()}
FURIGANA_CACHE = "furigana"  # pages with kana stay in a process's own memory: never in a table, never in Redis
CACHES = env.caches() | {
    FURIGANA_CACHE: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": FURIGANA_CACHE,
        "OPTIONS": {"MAX_ENTRIES": 200},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
MEDIA_SERVED_BY_US = False  # nginx does (deploy/nginx.conf)
FILE_UPLOAD_HANDLERS = [
    "cms.uploads.handlers.CappedUpload",  # first: no request fills the disk, and the form hears why
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # Wagtail's page editor sends many

# Wagtail's own tasks stay immediate, otherwise search and the reference index lag behind the save.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "outbox": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
LOCALE_PATHS = [BASE_DIR / "locale" / room for room in [*ROOMS, "wagtail"]]  # the first one that has a text wins
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# --- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/members/"
ACCOUNT_ADAPTER = "directory.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds, for allauth's screens and directory.reauthentication
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False  # shared computers: a session ends with the browser, at the latest after 12 hours
# A city hall shares one address: many may come in at half past eight, few may be wrong.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "10/m/ip,3/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# The city's own login, for officials whose browser runs elsewhere and knows no passkey (docs/operator/login.md).
OIDC_PROVIDER = env.OIDC_PROVIDER
OIDC_EMAIL_DOMAINS = [domain.lower() for domain in env.listing("OIDC_EMAIL_DOMAINS")]
OIDC_COUNTS_AS_MFA = env.boolean("OIDC_COUNTS_AS_MFA", False)
SOCIALACCOUNT_PROVIDERS = env.openid_connect()
SOCIALACCOUNT_ADAPTER = "directory.adapters.CityLoginAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a posted form may not lead to another host (form-action)
MFA_ADAPTER = "directory.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "directory.public.account_forms.AddPasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tsunagari"
USERSESSIONS_TRACK_ACTIVITY = False

# --- Wagtail ----------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "つながり"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Tokyo"]
WAGTAILADMIN_COMMENTS_ENABLED = False  # comment mails carry the full text
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Wagtail would keep a shared password in plain text; nothing private is a page anyway.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # no request to third parties
WAGTAILIMAGES_IMAGE_MODEL = "cms.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.staff.pictures.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.File"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "heic"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backend", "SEARCH_CONFIG": "simple"}}
TAGGIT_CASE_INSENSITIVE = True
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- mail -----------------------------------------------------------------------------------------
globals().update(env.email("smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "noreply@localhost")
# Sender of mails that others in the house may read: an address without a telling name (docs/operator/install.md).
NEUTRAL_FROM_EMAIL = env.text("MAIL_FROM_NEUTRAL", parseaddr(DEFAULT_FROM_EMAIL)[1])
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS: list[tuple[str, str]] = []  # errors go to the log, never by mail: a report would carry what people wrote
DEFAULT_EXCEPTION_REPORTER = "cms.logs.WordlessReporter"  # for a city that sets ADMINS all the same
DEFAULT_EXCEPTION_REPORTER_FILTER = "cms.logs.NoPrivateReport"

# --- locks ----------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"  # never no-referrer: the browser would post Origin: null and CSRF refuse it
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = (
    None  # gone with the browser, like every cookie of ours: a year of it would tell that somebody was here
)
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Seconds (directory.timeouts): a pause of a member, a pause of somebody who may enter /admin/, and a whole session.
SESSION_IDLE = 30 * 60
SESSION_IDLE_STAFF = 15 * 60
SESSION_LONGEST = 12 * 60 * 60
# Readings of cases in an hour by one person (casebook.actions.eyes): the secretariat hears of it; no more is shown.
CASES_AN_HOUR_ALARM = 60
CASES_AN_HOUR_STOP = 200
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # Wagtail shows previews of our own pages in a frame

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "cms.logs.NoPrivateText"}},
    "formatters": {"line": {"()": "cms.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["quiet"], "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
