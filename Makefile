# Two words do everything: `make demo` and `make test`. Each sets up what it needs in .venv and says what it does.
.DEFAULT_GOAL := help
.PHONY: help install explorer demo test check bench scores lock wheel clean
VENV := .venv
EXPLORER := visualize/explorer
BIN := $(VENV)/bin
PYTHON ?= python3

help:  ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@echo "==> Making a virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tellygraph needs Python 3.11 or newer; set PYTHON=... to one")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "==> Installing Tellygraph and what it runs on (versions and hashes in requirements/run.txt)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(VENV)/.run
	@echo "==> Installing what the tests and checks need (versions and hashes in requirements/dev.txt)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install: $(VENV)/.run $(VENV)/.explorer  ## Prepare the environment in .venv
	@echo "==> Ready: try $(BIN)/tellygraph --help"

explorer: $(VENV)/.explorer  ## Build the explorer that `tellygraph serve` shows (needs npm)

# Where there is no npm everything else works, and the explorer's page says how to build it.
$(VENV)/.explorer: $(EXPLORER)/package-lock.json $(EXPLORER)/build.mjs $(wildcard $(EXPLORER)/src/*) | $(BIN)/python
	@if command -v npm >/dev/null; then \
	  echo "==> Building the explorer"; \
	  cd $(EXPLORER) && npm ci --silent --no-progress && npm run --silent check && npm run --silent build; \
	else echo "==> No npm here: the explorer is not built, all else is"; fi
	@touch $@

demo: $(VENV)/.run  ## Read the example reviews, ask three questions, draw the picture
	@echo "==> Reading the example reviews"
	@$(BIN)/tellygraph demo

test: $(VENV)/.dev $(VENV)/.explorer  ## Run all tests (installs Chromium, Virtuoso and Java for some of them where it may)
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/e2e/ensure-chromium
	@tests/ensure-servers
	@tests/ensure-java
	@echo "==> Running the tests"
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## Lint, types, layers
	@echo "==> Checking style, types and layers"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev  ## Measure against the bare libraries underneath
	$(BIN)/python -m benchmarks

scores: $(VENV)/.dev  ## Raise the floors of the reader's scores, renew docs/scores.md
	$(BIN)/python tests/support/gold_sets.py

lock: $(VENV)/.dev  ## Renew the hash-locked requirements (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  pyproject.toml requirements/build.in requirements/dev.in -c requirements/run.txt -o requirements/dev.txt

wheel: $(VENV)/.run $(VENV)/.explorer  ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --no-deps --no-build-isolation --wheel-dir dist .

clean:  ## Remove what was made
	rm -rf $(VENV) build dist demo *.egg-info
