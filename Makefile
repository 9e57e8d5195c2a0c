# A bare `make` lists the commands.

PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var
BIN := .venv/bin
export PORT DATA_DIR

.DEFAULT_GOAL := help
.PHONY: help install install-test run test test-quick test-deep test-sqlite test-postgres test-browser lint bench fuzz mutants pictures messages lock bundle clean

help:  ## List these commands
	@sed -n 's/^\([a-z-]*\):.*##/  make \1 —/p' Makefile

.venv/installed: requirements.txt
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-test: tests/requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch .venv/installed $@

install: .venv/installed  ## Make .venv from the locked requirements

install-test: .venv/installed-test  ## The same with what the tests need

run: .venv/installed  ## Serve the tracker with its demonstration on 127.0.0.1:PORT
	@$(BIN)/python -m config.deploy.first_start
	@exec $(BIN)/python manage.py serve

test: .venv/installed-test  ## Run every test: SQLite, PostgreSQL, browser
	@$(BIN)/python -m tests.run

test-quick: .venv/installed-test  ## Within a minute: what asks no database, and every page as everyone
	@$(BIN)/python -m tests.run quick

test-deep: .venv/installed-test  ## Every test with many more examples and every way of each walk
	@DEEP=1 $(BIN)/python -m tests.run

test-sqlite: .venv/installed-test  ## Only the tests on the embedded database
	@$(BIN)/python -m tests.run sqlite

test-postgres: .venv/installed-test  ## Only what can differ on PostgreSQL (tests/on_postgres.py)
	@$(BIN)/python -m tests.run postgres

test-browser: .venv/installed-test  ## Only the tests in a real browser, today's and the oldest
	@$(BIN)/python -m tests.run browser oldest

lint: .venv/installed-test  ## Style, types, forgotten migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run

bench: .venv/installed-test  ## Compare our speed with a peer and a floor, in one run
	@$(BIN)/python -m tests.benchmarks.run

fuzz: .venv/installed-test  ## Spoil 2,000 workbooks: none may break the reader, the marking or a rule
	@$(BIN)/python -m tests.fuzz.run

mutants: .venv/installed-test  ## Change the formulas in small ways: a test must notice each change
	@$(BIN)/pip install --quiet --disable-pip-version-check "mutmut>=3.8,<4"
	@$(BIN)/python -m tests.mutation

pictures: .venv/installed-test  ## Take the pictures of the help pages and of the README anew
	@$(BIN)/python -m tests.pictures

messages: .venv/installed-test  ## Collect texts to translate, and compile the translations (needs gettext)
	@SECRET_KEY=x $(BIN)/python manage.py makemessages --locale zh_Hans --ignore .venv --ignore tests --ignore var --no-obsolete --no-location --no-wrap
	@SECRET_KEY=x $(BIN)/python manage.py compilemessages --locale zh_Hans --ignore .venv

lock: .venv/installed-test  ## Resolve and hash the two lock files anew
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-annotate --no-header \
		pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-annotate --no-header \
		pyproject.toml --group test -c requirements.txt -o tests/requirements.txt

bundle: .venv/installed  ## Pack program and wheels into dist/, for a machine without a network
	@$(BIN)/python -m config.deploy.bundle

clean:  ## Remove .venv (never var/, which holds all data)
	@rm -rf .venv
