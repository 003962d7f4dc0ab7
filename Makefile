# The commands of KECK-Atlas. `make` lists them.

PYTHON ?= python3
VENV ?= .venv
PIP_VERSION := 26.3
BIN := $(VENV)/bin
PY := $(BIN)/python
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check

# Tests without a browser run in two processes, the tests of a file in one of them.
SPREAD := -n 2 --dist loadfile --durations=12
# Browser tests wait for pages most of the time; a process that is done takes over from the other.
SHARE := -n 2 --dist worksteal --durations=12
# Every test below needs a browser and no other does; naming the folder spares reading the rest.
WITH_BROWSER := tests/e2e
# `make check` has run these.
CHECKED := tests/architecture

.DEFAULT_GOAL := help
.PHONY: help start workshop install install-dev check test test-parts test-long test-long-parts \
	bench bench-disclosure bench-planning bench-workshop screenshots constraints dry-313 vendor fonts browser node office clean

help: ## list the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

start: install ## install what is needed and serve the demo town on http://127.0.0.1:8050
	$(PY) app.py

workshop: install ## the same, and phones of the local network reach the public pages; prints address and QR code
	KECK_WORKSHOP=on $(PY) app.py

install: $(VENV)/runtime.stamp
install-dev: $(VENV)/dev.stamp

$(VENV)/pip.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "KECK-Atlas needs Python 3.11 or newer: make start PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python has no venv module: as root, apt-get install python3-venv"; exit 1; }
	$(INSTALL) pip==$(PIP_VERSION)
	@touch $@

$(VENV)/runtime.stamp: $(VENV)/pip.stamp requirements.txt constraints.txt
	$(INSTALL) -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt -c constraints.txt
	@touch $@

check: install-dev node ## format, lint, types, layers, requirements, spelling, scripts, architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry .
	$(BIN)/codespell
	node --test tests/js/*.test.cjs
	$(PY) -m pytest -q tests/architecture

test: check browser ## everything within 20 minutes: checks, unit to browser, demo and one real town
	@sh tools/with_made.sh $(MAKE) --no-print-directory test-parts
	$(PY) -m tools.covered

test-parts:
	$(PY) -m pytest -m "not long" --ignore=$(WITH_BROWSER) --ignore=$(CHECKED) $(SPREAD) -p tools.covered
	$(PY) -m pytest -m "not long" $(WITH_BROWSER) $(SHARE)

test-long: install-dev browser office ## all towns, bad files, fuzzing, load, services
	@sh tools/with_made.sh $(MAKE) --no-print-directory test-long-parts

test-long-parts:
	$(PY) -m pytest -m "long and not alone" --ignore=$(WITH_BROWSER) $(SPREAD)
	$(PY) -m pytest -m alone tests/long
	$(PY) -m pytest -m long $(WITH_BROWSER) $(SHARE)

bench: install-dev browser ## the product beside naive Dash and Bokeh server; writes docs/benchmarks.md
	$(PY) -m benchmarks

bench-disclosure: install-dev ## disclosure control by counts that bite; renews its section of docs/benchmarks.md
	$(PY) -m benchmarks.disclosure

bench-planning: install-dev ## need and resources on the server; renews its section of docs/benchmarks.md
	$(PY) -m benchmarks.planning

bench-workshop: install-dev ## rooms of 200 and 1,000 phones; renews its section of docs/benchmarks.md
	$(PY) -m benchmarks.workshop

screenshots: install-dev browser ## renew docs/screenshots
	$(PY) -m tools.screenshots

browser:
	@sh tools/ensure.sh chromium

node:
	@sh tools/ensure.sh node

office:
	@sh tools/ensure.sh soffice

fonts: install-dev ## make reports/fonts anew from assets/00-vendor
	$(PY) -m tools.vendor.print_fonts

vendor: node ## build assets/00-vendor anew from pinned npm packages
	sh tools/vendor/build.sh

constraints: $(VENV)/pip.stamp ## renew the pins of everything that is installed
	sh tools/constraints.sh $(BIN)

dry-313: $(VENV)/pip.stamp ## resolve the requirements for Python 3.13 without installing
	$(INSTALL) --dry-run --ignore-installed --only-binary=:all: --python-version 3.13 \
		--target $(VENV)/dry-313 -r requirements.txt -c constraints.txt

clean: ## remove the virtual environment and all caches
	rm -rf $(VENV) .covered .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
