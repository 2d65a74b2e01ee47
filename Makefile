# `make run` is all that a fresh machine needs; `make help` lists the rest.

PORT ?= 8000
# Another folder is another Python with its own packages: make test VENV=/tmp/newer.
VENV := .venv
PYTHON := $(VENV)/bin/python
UV_COMPILE := $(PYTHON) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
EXTRAS := --extra mail --extra postgres --extra redis --extra s3
# Modules that are never imported need not be compiled: that halves the time of the first start.
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes
# What only some sites need, such as a client of PostgreSQL, is installed where the environment or .env asks for it.
SERVICES := $(shell { env; cat .env; } 2>/dev/null | grep -qE \
	'^ *(export +)?(DATABASE_URL=["'\'']?postgres|(REDIS_URL|S3_BUCKET|EMAIL_URL)=["'\'']?[a-zA-Z])' && echo services)
export PORT

.PHONY: help run dev admin test lint messages bench flood drill scale mutants lock

help:  ## list what can be made
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1 — /'

run: $(VENV)/$(or $(SERVICES),run).stamp  ## set up what is missing and serve the site (PORT=8000)
	@$(PYTHON) manage.py setup
	@exec $(PYTHON) -m reelive.serve

dev: $(VENV)/dev.stamp  ## serve with DEBUG and autoreload
	@DEBUG=on $(PYTHON) manage.py setup
	@DEBUG=on exec $(PYTHON) manage.py runserver $(PORT)

admin: $(VENV)/$(or $(SERVICES),run).stamp  ## create a superuser
	@$(PYTHON) manage.py setup
	@$(PYTHON) manage.py createsuperuser

test: $(VENV)/dev.stamp  ## run the test suite (ARGS="-k films")
	@$(PYTHON) manage.py bundle >/dev/null
	@if command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null; then \
		$(PYTHON) -m pytest -n auto $(ARGS); \
	else \
		echo "There is no chromium on PATH, so the browser tests are left out."; \
		$(PYTHON) -m pytest -n auto -m "not browser" $(ARGS); \
	fi

lint: $(VENV)/dev.stamp  ## check style, imports, migrations and the production settings
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m djlint templates --lint --quiet
	@$(VENV)/bin/lint-imports
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@SITE_URL=https://reelive.example $(PYTHON) manage.py check --deploy --fail-level WARNING

messages: $(VENV)/dev.stamp  ## collect the texts for translators into locale/ (LANGUAGES="de fr"; see locale/README.md)
	@command -v xgettext >/dev/null && command -v msgfmt >/dev/null || { \
		echo "make messages needs GNU gettext (on Debian: apt install gettext)." >&2; exit 1; }
	@$(PYTHON) manage.py messages $(LANGUAGES)

bench: $(VENV)/services.stamp  ## measure the site against its goals (ARGS=--quick takes three minutes; ARGS=--help)
	@$(PYTHON) -m bench $(ARGS)

flood: $(VENV)/$(or $(SERVICES),run).stamp  ## flood a site of its own with hostile requests; what it keeps of them has a budget
	@$(PYTHON) -m bench.flood

drill: $(VENV)/services.stamp  ## hurt a site of its own while members write; nothing confirmed may be lost (ARGS="sqlite --quick")
	@$(PYTHON) -m bench.drill $(ARGS)

scale: $(VENV)/services.stamp  ## what a hundred million members would ask of votes and feeds, from what these cost here
	@$(PYTHON) -m bench.scale $(ARGS)

mutants: $(VENV)/dev.stamp  ## put faults into the code that decides most; the tests must find nine in ten (ARGS="arc")
	@$(PYTHON) manage.py bundle >/dev/null
	@$(PYTHON) -m bench.mutants $(ARGS)

lock: $(VENV)/dev.stamp  ## pin the newest versions that pyproject.toml allows
	$(UV_COMPILE) pyproject.toml --upgrade $(EXTRAS) --extra dev -o requirements-dev.lock
	$(UV_COMPILE) pyproject.toml -c requirements-dev.lock $(EXTRAS) -o requirements-services.lock
	$(UV_COMPILE) pyproject.toml -c requirements-dev.lock -o requirements.lock
	$(UV_COMPILE) --group install -c requirements-dev.lock -o requirements-uv.lock

$(VENV)/bin/python:
	@for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
		if $$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$name --version)"; exec $$name -m venv $(VENV); fi; \
	done; \
	echo "Reelive needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv)." >&2; exit 1

# uv takes a quarter of the time that pip does; where it is not to be had or finds no packages, pip does it.
define install
	@echo "Installing the packages of $<"
	@{ $(PIP) -r requirements-uv.lock && \
		$(PYTHON) -m uv pip install --quiet --python $(PYTHON) --require-hashes -r $<; } 2>/dev/null || $(PIP) -r $<
endef

$(VENV)/run.stamp: requirements.lock | $(VENV)/bin/python
	$(install)
	@touch $@

$(VENV)/services.stamp: requirements-services.lock | $(VENV)/bin/python
	$(install)
	@touch $@ $(VENV)/run.stamp

$(VENV)/dev.stamp: requirements-dev.lock | $(VENV)/bin/python
	$(install)
	@touch $@ $(VENV)/services.stamp $(VENV)/run.stamp
