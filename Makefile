# `make run` opens Fall Line, `make serve` serves it to a class, `make test` passes every check that does not take long,
# `make test LONG=yes` those too. All set everything up.

PYTHON ?= $(firstword $(foreach name,python3.11 python3 python,$(shell command -v $(name))))
VENV := .venv
BIN := $(VENV)/bin
JAVASCRIPT_TOOLS := typescript@7.0.2 prettier@3.10.1
PRETTIER := $(BIN)/node $(VENV)/node_modules/prettier/bin/prettier.cjs

# Compiled once, and kept: the tests start dozens of processes that import the same libraries.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run serve test check style types javascript behaviour chromium fonts nginx redis format messages picture clean

run: $(VENV)/.run
	$(BIN)/python -m streamlit run app.py

serve: $(VENV)/.run nginx redis
	$(BIN)/python deploy/serve.py $(OPTIONS)

test: $(VENV)/.dev chromium fonts nginx redis
	@$(MAKE) --no-print-directory check

# All at once, each to its end whatever becomes of the others. What the quick ones say stays together where make can do
# that; the tests are marked with a +, so that their dots are seen as they come.
check:
	@$(MAKE) --no-print-directory --jobs --keep-going $(and $(filter output-sync,$(.FEATURES)),--output-sync) \
		style types javascript behaviour

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

javascript:
	$(PRETTIER) --check --log-level warn "figures/**/*.{js,css}"
	$(BIN)/node $(VENV)/node_modules/typescript/bin/tsc --project figures/stage/js/jsconfig.json

# The tests of a file stay together and in order: they share what they have opened, and go on from where it is. Before
# they are run they are only collected, so that one process compiles what several would compile at the same time. One
# test in twenty is marked `long`, and these take longer than all others.
behaviour:
	@$(BIN)/python -m pytest --collect-only -qqq >/dev/null || echo "Not all tests can be collected, see below." >&2
	+$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
		$(if $(LONG),,-m "not long")

$(BIN)/python:
	@[ "$(PYTHON)" ] || { echo "Fall Line needs Python 3.11 or newer, and there is no Python here." >&2; exit 1; }
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Fall Line needs Python 3.11 or newer')"
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(BIN)/python requirements.txt requirements-library.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

# Compiled is what is imported, when it is: much less than what is installed.
$(VENV)/.dev: $(BIN)/python requirements.txt requirements-library.txt requirements-dev.txt Makefile
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements-dev.txt
	$(BIN)/npm install --prefix $(VENV) --no-save --no-audit --no-fund --silent $(JAVASCRIPT_TOOLS)
	touch $(VENV)/.run $@

# The browser tests drive Chromium; Debian's package is installed where that is possible without asking.
chromium:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit; done; \
	[ -x "$$CHROMIUM" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	|| { echo "The browser tests need Chromium: install it, or set CHROMIUM to its path." >&2; exit 1; }

# Pages and pictures in Chinese are drawn with a font of the machine; without one the test of its letters is skipped.
fonts:
	@[ -n "$$(fc-list :lang=zh 2>/dev/null)" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-noto-cjk >/dev/null; } \
	|| echo "There is no font of Chinese, such as Debian's fonts-noto-cjk: the test of its letters is skipped." >&2

# Several processes stand behind nginx, which Debian has; without it their tests are skipped.
nginx:
	@[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light >/dev/null; } \
	|| echo "Several processes need nginx before them, such as Debian's nginx-light." >&2

# Several processes share their rooms by a Redis of their own; without one their tests are skipped.
redis:
	@command -v redis-server >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server >/dev/null; } \
	|| echo "Several processes share their rooms by a redis-server, such as Debian's." >&2

format:
	$(BIN)/ruff format .
	$(PRETTIER) --write --log-level warn "figures/**/*.{js,css}"

# The template that translations are made from, written anew from the sources.
messages: $(VENV)/.dev
	$(BIN)/python docs/write_messages.py

picture: $(VENV)/.dev chromium
	$(BIN)/python -m pytest tests/browser/picture.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
