# Every path here is relative: the checkout may lie in a folder with spaces or umlauts in its name.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help env lab test test-slow prove lock clean-env

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# The environment's own Python if it is set up (found in an instant, and the set-up builds anew with the Python
# below it), else the first that is new enough and can make environments; failing that the first that starts at
# all, so that the set-up says in its own words what it lacks. `make lab PYTHON=/path/to/python` overrides it.
PYTHON ?= $(shell \
	[ -f .venv/.worktest-ready ] && .venv/bin/python -c '' >/dev/null 2>&1 && echo .venv/bin/python && exit; \
	for p in python3.13 python3.12 python3.11 python3 python; do \
		$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && exit; \
	done; \
	for p in python3 python; do \
		$$p -c '' >/dev/null 2>&1 && echo $$p && exit; \
	done; \
	echo no-python-found)

UV ?= $(BIN)/uv
# `make lock UPGRADE=1` moves every version to the newest that fits; without it only what pyproject.toml asks for.
UPGRADE ?=

help:
	@echo "make lab         set up .venv if needed, check the machine, open JupyterLab on a workspace"
	@echo "make test        set up .venv if needed, then style, types, tests, notebooks, a sample of the answers"
	@echo "make test-slow   the rest: every answer, the wheel, the browser"
	@echo "make prove       changed graded cells under 200 seeds; writes solutions/proofs.json (ARGS=05: one unit)"
	@echo "make env         only set up .venv"
	@echo "make lock        write requirements.lock anew from pyproject.toml (UPGRADE=1: newest versions)"
	@echo "make clean-env   delete .venv"
	@echo "Options: PYTHON=/path/to/python, TORCH_INDEX=URL (another index for torch), ARGS='--all' (skip nothing)"

env:
	@set -- $(PYTHON); \
	if [ "$$1" = no-python-found ]; then \
		echo "make: no python3 on this machine; install Python 3.11 or newer, or name one: make $(MAKECMDGOALS) PYTHON=/path/to/python" >&2; \
		exit 1; \
	fi; \
	exec "$$@" worktest/bootstrap.py

lab: env
	@$(BIN)/worktest lab $(ARGS)

test: env
	@$(BIN)/python tests/run_checks.py $(ARGS)

test-slow: env
	@$(BIN)/python tests/run_checks.py --slow $(ARGS)

# An option that stands twice counts as it stands last: `make prove ARGS="05 --workers 1"`.
prove: env
	@$(BIN)/autograde answers --prove --workers 2 $(ARGS)

# torch names the CUDA packages that its build for this machine needs; pinning them would force them on everybody.
lock: env
	@$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 --fork-strategy fewest \
		--annotation-style line --no-header --no-emit-index-url --no-emit-find-links --quiet \
		$(if $(UPGRADE),--upgrade) --output-file requirements.lock > /dev/null
	@{ echo "# Exact versions of everything that worktest needs, for Linux, macOS and Windows."; \
	   echo "# Written by 'make lock' from pyproject.toml; do not edit by hand. 'make lock UPGRADE=1' takes newer versions."; \
	   echo "# CUDA packages are left out on purpose: torch pulls what its own build needs."; \
	   grep -v -E "^(#|nvidia-|cuda-|triton==)|sys_platform == 'emscripten'" requirements.lock; } > requirements.lock.new
	@mv requirements.lock.new requirements.lock
	@echo "requirements.lock: $$(grep -c '==' requirements.lock) packages"

clean-env:
	rm -rf .venv .venv-old-* .cache/bootstrap.lock
