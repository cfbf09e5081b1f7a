# Two commands matter: make run, make test. Both need only Python 3.11 (with venv), make and git.
PYTHON ?= python3.11
PY := .venv/bin/python
LOCKS := requirements.txt requirements-dev.txt
STAMP := .venv/.installed-$(shell cat $(LOCKS) | cksum | cut -d' ' -f1)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.PHONY: run test check prove install

run: install ## the site with the demo city on http://localhost:8000 (PORT=…)
	@$(PY) manage.py prepare
	@exec $(PY) manage.py serve --port $${PORT:-8000}

test: install ## everything this machine can run, on one database (DATABASE_URL, else SQLite)
	@$(PY) -m pytest

check: install ## style, types, templates, rooms and floors, migrations, translations, deployment settings
	@$(PY) -m ruff check . && $(PY) -m ruff format --check --quiet . || exit 1
	@.venv/bin/djlint --lint --quiet templates
	@.venv/bin/lint-imports --no-cache
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m tests.house.messages
	@set -a && . deploy/example.env && DJANGO_SETTINGS_MODULE=cms.settings.production $(PY) manage.py check --deploy --fail-level WARNING
	@$(PY) -m mypy cms directory workshops casebook home

prove: install ## the long proofs: races, random interleavings, floods of bad input
	@$(PY) -m pytest -m prove

install: $(STAMP) ## .venv with everything, locked by hash; Japanese compiled
	@$(PY) manage.py compile_ja

$(STAMP): $(LOCKS)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed (PYTHON=… names another)."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@echo "Installing packages (about 40 seconds and 900 MB, the Japanese dictionary among them) …"
	@$(PIP) -r requirements.txt && $(PIP) -r requirements-dev.txt
	@rm -f .venv/.installed-* && touch $@
