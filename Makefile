# Two commands do all: `make book` and `make test`. Each sets up what it needs, once.
# Needed beforehand: Python 3.11, 3.12 or 3.13, make and git. Everything else is in the locks.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# Bytecode is kept even where the shell says not to: it halves the time of a build.
export PYTHONDONTWRITEBYTECODE :=

PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,$(shell command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
RUN := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python
UV := UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV= $(BIN)/uv
UV_VERSION = $(shell awk '/^name = "uv"$$/ { getline; gsub(/[^0-9.]/, ""); print }' uv.lock)
PYTEST := $(RUN) -m pytest -n auto --dist loadgroup

ENVIRONMENT := .venv/.ready
PACKAGES := code/web/node_modules/.ready

.PHONY: help book test test-all engines record verify site serve check locks links bench mutants update clean

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

book: $(ENVIRONMENT) $(PACKAGES) ## execute the chapters and write the site to _build/html
	@$(RUN) -m bookkit build

test: $(ENVIRONMENT) $(PACKAGES) ## run the quick tests (units, contracts, one small book)
	@$(PYTEST) -m "not slow"

test-all: $(ENVIRONMENT) $(PACKAGES) ## run every test: every page, every claim; print the ten slowest
	@$(RUN) -m bookkit build
	@$(PYTEST) --durations=10

engines: $(ENVIRONMENT) $(PACKAGES) ## visit every page in Firefox and WebKit: weekly, and before a release
	@$(RUN) -m bookkit build
	@ENGINE_PAGES=all $(PYTEST) tests/engines

record: $(ENVIRONMENT) ## write record/: every run that the book shows, made where it is missing (CHECK=1 only looks)
	@$(RUN) -m bigcurves record $(if $(CHECK),--check)

verify: $(ENVIRONMENT) ## repeat the recorded runs and compare (ONLY="hull dimension", AGAINST=<commit>)
	@$(RUN) -m bigcurves verify $(ONLY) $(if $(AGAINST),--against $(AGAINST)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(MORE),--more $(MORE))

site: $(ENVIRONMENT) $(PACKAGES) ## write _build/site, ready for a host (ADDRESS=https://example.org/book/)
	@$(RUN) -m bookkit site $(if $(ADDRESS),--address "$(ADDRESS)")

serve: $(ENVIRONMENT) $(PACKAGES) ## live preview: saving a chapter or a module rebuilds and reloads
	@$(RUN) -m bookkit serve

check: $(ENVIRONMENT) ## lint, formatting and types
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

locks: $(ENVIRONMENT) $(PACKAGES) ## check that both locks fit what they lock
	@$(UV) lock --check --quiet
	@cd code/web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --dry-run --no-audit --no-fund --loglevel=error >/dev/null

links: $(ENVIRONMENT) $(PACKAGES) ## ask every cited address whether it is still there (needs the network)
	@$(RUN) -m bookkit links

bench: $(ENVIRONMENT) $(PACKAGES) ## measure the figures that the project holds itself to (ONLY=build for one group)
	@$(RUN) tests/bench $(ONLY)

# mutmut knows `src` and not `code`, so it works in a folder of its own that has one.
mutants: $(ENVIRONMENT) ## break worlds and measures line by line: do their tests see it? (hours; ONLY="bigcurves.worlds.bar*")
	@mkdir -p _build/mutants
	@ln -sfn ../../code _build/mutants/src
	@ln -sfn ../../tests _build/mutants/tests
	@ln -sfn ../../pyproject.toml _build/mutants/pyproject.toml
	@cd _build/mutants && OMP_NUM_THREADS=1 "$(CURDIR)/$(BIN)/mutmut" run $(ONLY)

update: $(ENVIRONMENT) $(PACKAGES) ## refresh both locks, record all runs anew, list the numbers that moved
	@$(RUN) -m bookkit build
	@$(RUN) -m bookkit numbers > _build/numbers-before.json
	@$(UV) lock --upgrade
	@cd code/web && PATH="$(CURDIR)/$(BIN):$$PATH" npm update --save --package-lock-only --no-audit --no-fund
	@$(MAKE) --no-print-directory $(ENVIRONMENT)
	@$(RUN) -m bigcurves record --anew
	@$(MAKE) --no-print-directory book
	@$(RUN) -m bookkit moved _build/numbers-before.json

clean: ## remove what was built; the environment and the results of runs stay
	@rm -rf _build/html _build/site _build/.doctrees _build/.jupyter_cache _build/jupyter_execute _build/charts _build/mutants

# A stamp is written last, so an interrupted set-up starts again where it matters.
$(ENVIRONMENT): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Big Curves needs Python 3.11, 3.12 or 3.13, and found none (or name one: make PYTHON=/path/to/python3)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments: install them first (on Debian and Ubuntu: apt install python3-venv)"; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || { echo "Creating the environment in .venv"; $(PYTHON) -m venv --clear .venv; }
	@$(BIN)/uv --version 2>/dev/null | grep -qw "$(UV_VERSION)" || $(BIN)/python -m pip install --quiet "uv==$(UV_VERSION)"
	@echo "Installing the locked Python packages"
	@$(UV) sync --locked --quiet
	@touch $@

$(PACKAGES): code/web/package-lock.json | $(ENVIRONMENT)
	@echo "Installing the locked page packages"
	@cd code/web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@
