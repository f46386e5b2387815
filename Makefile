# Everything lives in .venv; a fresh machine needs Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CASE := out/examples.case
PYTEST_ARGS ?= -n 2 --dist loadfile

export PYTHONHASHSEED := 0
export OMP_NUM_THREADS ?= 2
export TOKENIZERS_PARALLELISM := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test format lint types docs lock clean web vitest screenshots chromium

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "onrecord needs Python 3.11 or later; run: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(READY): $(VENV)/bin/python requirements/runtime.txt pyproject.toml
	$(BIN)/python -m pip install -q --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install -q --no-deps -e .
	@touch $@

$(VENV)/.ready-dev: $(READY) requirements/dev.txt
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(READY)  ## code the example reports into a case and show the result
	@mkdir -p out && rm -f $(CASE) $(CASE)-wal $(CASE)-shm
	$(BIN)/onrecord code examples/reports --into $(CASE)
	@echo
	$(BIN)/onrecord events $(CASE) --limit 12
	@echo
	$(BIN)/onrecord quotes $(CASE) --limit 8
	@echo
	$(BIN)/onrecord events $(CASE) $$($(BIN)/onrecord events $(CASE) denied --json | head -1 | cut -d'"' -f4)
	@echo
	$(BIN)/onrecord show $(CASE) lw-0908-1
	$(BIN)/onrecord show $(CASE) lw-0908-1 --html out/market-strike.html
	@echo
	@echo "The case is $(CASE); open out/market-strike.html in a browser to see one report with its evidence."
	@echo "Open the workbench on it with: $(BIN)/onrecord serve $(CASE)   (or make demo SERVE=1)"
	@$(if $(SERVE),exec $(BIN)/onrecord serve $(CASE),:)

test: $(VENV)/.ready-dev chromium vitest  ## the whole check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict -q -d out/site
	$(BIN)/python -m pytest $(PYTEST_ARGS)

chromium:  ## the browser that the journeys run in
	@for name in $(CHROMIUM) chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } || \
	{ echo "The tests need Chromium. On Debian and Ubuntu run: apt-get install chromium; elsewhere set CHROMIUM to its path." >&2; exit 1; }

web: $(READY)  ## build the workbench anew into src/onrecord/serve/static; needs Node 20.19 or later
	@command -v npm >/dev/null || { echo "make web needs Node 20.19 or later with npm" >&2; exit 1; }
	$(BIN)/python web/scripts/openapi.py > web/openapi.json
	cd web && npm ci --no-fund --no-audit && npm run types && npm run check && npm test && npm run build

vitest:  ## tests of the workbench's modules; left out, saying so, where there is no Node 20.19 or later with npm
	@if ! { command -v npm && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; } >/dev/null 2>&1; then \
		echo "vitest left out: it needs Node 20.19 or later with npm"; \
	elif cd web && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-fund --no-audit --silent --fetch-timeout=20000 --fetch-retries=1; }; then npm test --silent; \
	else echo "vitest left out: npm could not install what web/package-lock.json names"; fi

screenshots: $(VENV)/.ready-dev chromium  ## every view, light and dark, wide and narrow, into out/screenshots
	@mkdir -p out/screenshots && rm -f out/screenshots/*.png
	[ -f $(CASE) ] || $(BIN)/onrecord code examples/reports --into $(CASE)
	$(BIN)/python web/scripts/screenshots.py $(CASE) out/screenshots

format: $(VENV)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.ready-dev  ## pin every dependency with its hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --all-extras -o requirements/runtime.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/runtime.txt requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) out dist build
