PY   ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= 1
BIN  := .venv/bin
UV   := $(or $(shell command -v uv 2>/dev/null),$(BIN)/uv)
CODE := app courses assessments tests benchmarks

# a second start is much quicker with compiled modules
unexport PYTHONDONTWRITEBYTECODE
export UV_SYSTEM_CERTS := 1
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test check fix setup demo lock migration bench browser clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/run.ok  ## everything, then the site at http://127.0.0.1:8000 (HOST=, PORT=, DEMO=0 for an empty site)
	@$(BIN)/python -m app run --host $(HOST) --port $(PORT) $(if $(filter 0,$(DEMO)),--empty)

test: check  ## lint, types, contracts, content, all tests on SQLite and PostgreSQL
	@if [ "$(REQUIRE_BROWSER)" = 1 ]; then $(MAKE) --no-print-directory browser; fi
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/test.ok  ## everything but the tests: lint, types, import contracts, templates, content
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --quiet --lint app/templates
	$(BIN)/python -m app content check

fix: .venv/test.ok  ## put right what the linter can
	$(BIN)/ruff check --fix $(CODE)

setup: .venv/run.ok .venv/test.ok  ## install everything for run and test, start nothing

demo: .venv/run.ok  ## load the demo organisation into an empty database
	$(BIN)/python -m app demo

browser:  ## install Chromium where that is possible (as root on Debian)
	@if command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null || [ -n "$$BROWSER_PATH" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-noto-core >/dev/null; \
	else echo "no Chromium: install the chromium package or set BROWSER_PATH"; exit 1; fi

bench: .venv/test.ok  ## speed as ratios against the bare framework on this machine
	$(BIN)/python -m benchmarks

migration: .venv/test.ok  ## a new migration: make migration NAME="add a column"
	$(BIN)/python -m app migration "$(NAME)"

lock: $(UV)  ## renew the lock files
	$(UV) pip compile -q pyproject.toml --universal --generate-hashes --no-annotate --no-header --python-version 3.11 -o requirements.lock
	$(UV) pip compile -q pyproject.toml --group test --universal --generate-hashes --no-annotate --no-header --python-version 3.11 -c requirements.lock -o requirements-test.lock

clean:  ## remove the environment and caches (never instance/)
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PY=...")'
	$(PY) -m venv .venv

$(BIN)/uv: | .venv/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check 'uv>=0.5' || true

define INSTALL
	@{ [ -x "$(UV)" ] && "$(UV)" pip install -q --python $(BIN)/python --require-hashes -r $(1); } \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
	@touch $@
endef

.venv/run.ok: requirements.lock | .venv/bin/python $(UV)
	$(call INSTALL,requirements.lock)

.venv/test.ok: requirements-test.lock | .venv/bin/python $(UV)
	$(call INSTALL,requirements-test.lock)
