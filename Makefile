# Two commands: `make run` opens Fall Line, `make test` passes every check. Both set everything up.

PYTHON ?= $(firstword $(foreach name,python3.11 python3 python,$(shell command -v $(name))))
VENV := .venv
BIN := $(VENV)/bin
TYPESCRIPT := typescript@7.0.2

.PHONY: run test check chromium picture clean

run: $(VENV)/.run
	$(BIN)/python -m streamlit run app.py

test: $(VENV)/.dev chromium check

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/node $(VENV)/node_modules/typescript/bin/tsc --project figures/stage/js/jsconfig.json
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

$(BIN)/python:
	@[ "$(PYTHON)" ] || { echo "Fall Line needs Python 3.11 or newer, and there is no Python here." >&2; exit 1; }
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Fall Line needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(BIN)/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt Makefile
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/npm install --prefix $(VENV) --no-save --no-audit --no-fund --silent $(TYPESCRIPT)
	touch $@

# The browser tests drive Chromium; Debian's package is installed where that is possible without asking.
chromium:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit; done; \
	[ -x "$$CHROMIUM" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	|| { echo "The browser tests need Chromium: install it, or set CHROMIUM to its path." >&2; exit 1; }

picture: $(VENV)/.dev chromium
	$(BIN)/python -m pytest tests/browser/picture.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
