# Python 3.11 or newer with venv, and GNU make, are all that is needed. `make report` is the main job.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONPATH PYTHONHOME

.PHONY: report test test-browser lab bench help .venv

report: .venv  ## execute the notebooks, write figures/ and reports/; SEEDS=folder OUT=folder for other pages
	@$(BIN)/python -m tifa.showing.report $(if $(SEEDS),--seeds "$(SEEDS)") $(if $(OUT),--out "$(OUT)")

test: .venv  ## style, unit tests, and every notebook executed anew and compared
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/python -m pytest -rs

test-browser: .venv  ## every notebook and report in chromium, as a newcomer would see them; TIFA_SHOTS=folder keeps screenshots
	@TIFA_BROWSER=all $(BIN)/python -m pytest -rs tests/browser

lab: .venv  ## open JupyterLab on the notebooks
	@$(BIN)/jupyter lab notebooks

bench: .venv  ## everything that is measured, one program after the other
	@for program in bench/*.py; do echo "== $$program"; $(BIN)/python $$program || exit 1; done

.venv: .venv/complete  ## the environment alone

.venv/complete: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "tifa needs Python 3.11 or newer; name one with  make PYTHON=python3.12"; exit 1; }
	@echo "Setting up .venv (once, a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

help:
	@grep -E '^[a-z.-]+:.*##' Makefile | sed 's/:[^#]*##/\t/'
