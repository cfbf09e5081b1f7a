# Two commands matter: make run, make test. Both need only Python 3.11 (with venv), make and git.
PYTHON ?= python3.11
PY := .venv/bin/python
stamp = .venv/.$(1)-$(shell cksum < $(2) | cut -d' ' -f1)
RUNTIME := $(call stamp,runtime,requirements.txt)
DEV := $(call stamp,dev,requirements-dev.txt)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.PHONY: run test check prove install

run: $(RUNTIME) ## the site with the demo city on http://localhost:8000 (PORT=…)
	@$(PY) manage.py compile_ja
	@$(PY) manage.py prepare
	@exec $(PY) manage.py serve --port $${PORT:-8000}

test: install ## everything this machine can run, on one database (DATABASE_URL, else SQLite)
	@$(PY) -m pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

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

install: $(RUNTIME) $(DEV) ## .venv with everything, locked by hash; Japanese compiled
	@$(PY) manage.py compile_ja

$(RUNTIME): requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed (PYTHON=… names another)."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@echo "Installing packages (half a minute and 600 MB, the Japanese dictionary among them) …"
	@$(PIP) -r $< && rm -f .venv/.runtime-* && touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing what tests need …"
	@$(PIP) -r $< && rm -f .venv/.dev-* && touch $@
