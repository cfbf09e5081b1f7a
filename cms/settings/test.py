"""Tests: as strict as production (second factor on, no demo), but quick and in memory where that changes no promise."""

import os

from cms.settings import env

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("DATABASE_URL", "sqlite:///var/test.sqlite3")
os.environ.setdefault("BASE_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ["DEMO"] = "0"
os.environ["MFA_REQUIRED"] = "1"
os.environ["EMAIL_URL"] = "memory://"

from cms.settings.production import *  # noqa: F403

KEY_FILE = env.VAR_DIR / "test-keys.json"
KEY_FILE_MADE_WHEN_MISSING = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # type: ignore[assignment]
PRIVATE_ROOT = env.VAR_DIR / "test-private" / str(os.getpid())  # the night of one process takes no other's files
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "tsunagari_session"
CSRF_COOKIE_NAME = "tsunagari_csrf"
SLOW_HASH_COST = 2**4
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
