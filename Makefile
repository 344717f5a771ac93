# Luoshi: the commands of the repository. `make` alone lists them.
#
# Two are all a newcomer needs, on a fresh Linux machine with Python 3.11 or newer:
#   make demo    a township to try, in the browser
#   make test    the whole suite (ARGS="-k dispatch" for a part of it)

VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
ARGS   ?=
UV     ?= uv
UVLOCK  = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
          --python-version 3.11 --custom-compile-command "make locks"

.DEFAULT_GOAL := help
.PHONY: help setup setup-run demo test test-fast test-postgres check gate format messages locks clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## everything for working on Luoshi: .venv, and on Debian as root the system packages too
	@tools/setup.sh dev

setup-run:
	@tools/setup.sh run

demo: setup-run  ## a fictional township in the browser (PORT=8000)
	@$(BIN)/luoshi demo --port $(PORT)

test: setup  ## the whole suite on SQLite, browser journeys too
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

test-fast: setup  ## the suite without the browser journeys
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS) -m "not browser"

test-postgres: setup  ## the whole suite on PostgreSQL
	@$(BIN)/python tools/with_postgres.py -- $(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check:  ## the gate without the tests: style, types, layers, templates, migrations, translations
	@.ci/run check

gate:  ## everything, as it runs before a change lands
	@.ci/run

format: setup  ## put code and templates into their form
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .
	@git ls-files 'luoshi/**/templates/**.html' | xargs -r $(BIN)/djade --target-version 5.2

messages: setup  ## gather the words of code and templates into the catalogues, then compile
	@$(BIN)/python tools/messages.py extract
	@$(BIN)/python tools/messages.py compile

locks:  ## resolve the dependencies again (needs uv)
	$(UVLOCK) pyproject.toml --extra postgres --group dev -o requirements/dev.lock
	$(UVLOCK) pyproject.toml --constraint requirements/dev.lock --extra postgres -o requirements/postgres.lock
	$(UVLOCK) pyproject.toml --constraint requirements/dev.lock -o requirements/run.lock
	$(UVLOCK) --group build --constraint requirements/dev.lock -o requirements/build.lock

clean:  ## remove the environment and what the tools left behind
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist test-results
	find luoshi tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
