# Everything that people and CI run. It needs Python 3.11 or newer, make and git; the rest is put into .venv.
#
#   make demo       the whole loop on this machine, without Telegram        (ARGS="--once" ends by itself)
#   make test       the tests                                               (ARGS="-k joining" picks some)
#   make check      tests, lint, types and the import contract
#
# PYTHON=python3.13 chooses another Python. All paths are relative, so the checkout may stand anywhere.

PYTHON ?= python3
ARGS ?=
# Side by side: most tests wait for a bot and a server of their own.
PYTEST = $(PY) -m pytest -n 3 --dist worksteal

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check --no-input
INSTALLED := $(VENV)/installed.stamp
TOOLS := $(VENV)/tools.stamp
UV := $(VENV)/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo install test check lint types contract proof bench lock clean

help:
	@sed -n 's/^#   //p' Makefile

demo: $(INSTALLED)
	@$(VENV)/bin/naastbot demo $(ARGS)

install: $(INSTALLED)

test: $(TOOLS)
	@$(PYTEST) $(ARGS)

check: test lint types contract

lint: $(TOOLS)
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check

types: $(TOOLS)
	@$(PY) -m mypy

contract: $(TOOLS)
	@$(VENV)/bin/lint-imports

# Ten times as many examples for every property, freshly drawn; 200 kills; the tests that are marked as proofs; and
# then each script that measures something and compares it with what is promised.
proof: $(TOOLS)
	@TEST_PROFILE=proof NAASTBOT_KILLS=200 $(PYTEST) $(ARGS)
	@for script in tests/proofs/*.py; do echo "$$script"; $(PY) $$script || exit 1; done

bench: $(TOOLS)
	@$(PY) tests/bench/start.py $(ARGS)
	@$(PY) tests/bench/closing.py
	@$(PY) tests/bench/due.py
	@$(PY) tests/bench/taps.py

# Keeps the versions that still fit; ARGS="--upgrade" looks for newer ones.
lock: $(UV)
	$(LOCK) pyproject.toml --extra build --output-file requirements.txt $(ARGS)
	$(LOCK) pyproject.toml --extra build --extra dev --constraint requirements.txt \
		--output-file requirements-dev.txt $(ARGS)
	$(LOCK) tests/bench/requirements.in --output-file tests/bench/requirements.txt $(ARGS)

# Data of a real installation (./data) is never touched.
clean:
	rm -rf $(VENV) build naastbot.egg-info demo-data
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find bot dialogues storage tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is written last, so a set-up that was interrupted is simply done again.

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "naastbot: Python 3.11 of nieuwer is nodig. Kies een andere Python, bijvoorbeeld: make demo PYTHON=python3.12" >&2; \
		echo "naastbot: Python 3.11 or newer is needed. Choose another Python, such as: make demo PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "naastbot: deze Python heeft geen venv. Op Debian of Ubuntu helpt: sudo apt install python3-venv" >&2; \
		echo "naastbot: this Python has no venv. On Debian or Ubuntu: sudo apt install python3-venv" >&2; \
		exit 1; }
	@echo "naastbot: eenmalig klaarzetten in $(VENV), een minuut geduld (setting up, once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(INSTALLED): $(VENV)/made.stamp requirements.txt pyproject.toml
	@$(PIP) install --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): $(INSTALLED) requirements-dev.txt
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(UV): $(VENV)/made.stamp
	@$(PIP) install 'uv==0.13.9'
