# Uses the environment that README.md makes, or the one that is active.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: check test lint format docs

check: # everything, in a fresh environment, as CI does
	.ci/run

test:
	python -m pytest -n auto

lint:
	ruff format --check .
	ruff check .
	pyright --pythonpath "$$(command -v python)"
	lint-imports --no-cache
	python docs/generate.py --check

format:
	ruff check --fix .
	ruff format .

docs:
	python docs/generate.py
