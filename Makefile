# make help lists what there is to do. PYTHON picks the Python that makes .venv:
#   make lab PYTHON=python3.13

PYTHON ?= python3
ONLY ?=
BIN = .venv/bin
# Never the notebooks: they are built.
CODE = src tests demobin .ci

.PHONY: help lab test test-all build bench lock clean lint setup

help:  ## list what there is to do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

lab: setup  ## set up, build the sample company, open the course in JupyterLab
	@$(BIN)/champion lab

test: setup  ## set up and check everything; ONLY=1-querying/01-one-table checks one lesson
	@$(BIN)/python .ci/gate.py --only "$(ONLY)"

test-all: setup  ## what test does, and what takes long
	@$(BIN)/python .ci/gate.py --all --only "$(ONLY)"

build: setup  ## build notebooks and exercises from curriculum/
	@$(BIN)/champion build

bench: setup  ## measure the goals and print them as a table
	@$(BIN)/python -m tests.bench

lint: setup  ## mend what ruff can mend, then check style and types
	@$(BIN)/ruff check --fix $(CODE)
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lock: setup  ## write requirements.lock anew from pyproject.toml
	@$(BIN)/python .ci/lock.py

clean:  ## remove what is built (never work/, never .venv)
	rm -rf build data/lantern .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

setup:
	@$(PYTHON) .ci/setup.py
