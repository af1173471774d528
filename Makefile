PYTHON ?= python3
BIN := .venv/bin
Q ?= Which CAT policy is in force?

.PHONY: setup light run ask test check bench fix screenshots clean

setup: .venv/installed-full  ## the environment, with sentence-transformers and torch
light: .venv/installed-light ## the environment without torch

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade "pip>=24"

.venv/installed-light: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet -c constraints.txt -e .
	touch $@

.venv/installed-full: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet -c constraints.txt torch
	$(BIN)/pip install --quiet -c constraints.txt -e ".[full,dev]"
	touch $@

run: setup ## the environment, the index, the chat page on this machine
	$(BIN)/pincite serve

ask: setup ## make ask Q="..."
	@$(BIN)/pincite ask "$(Q)"

test: setup
	$(BIN)/pytest -q

check: setup ## everything a change must pass
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q

fix: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: setup ## the page at two widths, light and dark, into docs/screenshots
	$(BIN)/python -m ui.screenshots

bench: setup
	$(BIN)/python -m evals

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
