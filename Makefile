# The two that matter: `make demo` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check -q

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/base: requirements/base.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Clearspan needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/base.txt
	$(PIP) install --no-build-isolation --no-deps -e .
	touch $@

.venv/dev: .venv/base requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

setup: .venv/base ## make .venv with the command clearspan

demo: .venv/base ## Clearspan on the sample company, at http://127.0.0.1:8000
	$(BIN)/clearspan demo

check: .venv/dev ## lint, types and structure
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

test: .venv/dev check ## check, then every test, a real browser included
	$(BIN)/python -m tests.run

shots: .venv/dev ## every page at 1440 and 390 px, light and dark, into shots/
	$(BIN)/python -m tests.browser.shots

bench: .venv/dev ## measure what docs/benchmarks.md states
	$(BIN)/python -m benchmarks

docs: .venv/dev ## write docs/reference/ from the code
	$(BIN)/clearspan docs

pins: ## write requirements/*.txt anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make pins" requirements/base.in -o requirements/base.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make pins" -c requirements/base.txt requirements/dev.in -o requirements/dev.txt

clean: ## remove what make made
	rm -rf .venv shots .mypy_cache .ruff_cache build

.PHONY: help setup demo check test shots bench docs pins clean
