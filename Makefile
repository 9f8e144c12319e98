# Every command a person or a machine needs. Nothing but Python 3.11+ and make has to be installed beforehand;
# test-postgres and test-browser say what else they want when it is missing.

PORT ?= 8000
PYTHON ?= python3
# A Python other than python3, or a Django other than the locked one, gets its own environment (.venv-python3.12).
VENV := .venv$(if $(filter python3,$(PYTHON)),,-$(notdir $(PYTHON)))$(if $(DJANGO),-django)
BIN := $(VENV)/bin
DEVELOPMENT := DEBUG=1

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres test-browser test-versions mutants bench bench-load bench-pages bench-argument bench-desk bench-pictures lift bench-hostile screenshots card-fonts check format lock clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 18

demo: $(VENV)/.runtime ## Start the demo with five reviews of "Ballerina" at http://127.0.0.1:$(PORT)
	@DEMO=1 $(BIN)/python manage.py demo --port $(PORT)

# TESTS selects some of them. NIGHTLY=1 also runs the nightly tests, and every row of the sampled tables.
test: $(VENV)/.development ## Run the tests on SQLite (TESTS=tests/public)
	$(DEVELOPMENT) $(BIN)/python -m pytest -n auto --dist worksteal -m "not browser" $(TESTS)

# tests/gate/portable.py selects the tests whose result can differ between databases; NIGHTLY=1 runs all. The text
# package uses no database, nor does what long copy costs depend on one, and their tests are slow.
test-postgres: $(VENV)/.development ## Run what can differ on PostgreSQL (a throw-away cluster, or DATABASE_URL)
	tests/with_postgres.sh env $(DEVELOPMENT) $(BIN)/python -m pytest -n auto --dist worksteal \
		--ignore tests/text --ignore tests/admin/hostile/test_hostile_copy.py \
		-m "$(if $(filter 1,$(NIGHTLY)),not browser,databases and not browser)" $(TESTS)

# One more than there are cores, because a browser is often idle; four at most, because each needs half a gigabyte.
BROWSERS = $(shell $(BIN)/python -c 'import os; print(min(4, os.cpu_count() + 1))')

test-browser: $(VENV)/.development ## Run the tests that drive Chromium
	$(DEVELOPMENT) $(BIN)/python -m pytest -n $(BROWSERS) --dist worksteal -m browser $(or $(TESTS),tests/browser)

test-versions: ## Run the tests on other Pythons that are installed, and on Django's next release: reported, never failing
	@for python in python3.12 python3.13; do \
		$$python -c '' 2>/dev/null || { echo "$$python is not installed here."; continue; }; \
		for django in "" ">=6.0,<6.1"; do \
			$(MAKE) --no-print-directory PYTHON=$$python DJANGO="$$django" test && said=passed || said=FAILED; \
			echo "== $$python, Django $${django:-as locked}: $$said"; \
		done; \
	done

mutants: $(VENV)/.development ## Break chosen lines, and see whether the tests notice (ONLY=word)
	@$(BIN)/python -m tests.gate.mutants $(if $(ONLY),--only "$(ONLY)")

# SIZES="1k 100k 1m"; a million takes 15 minutes to seed. On PostgreSQL: tests/with_postgres.sh make bench. CACHE_URL is passed on.
bench: $(VENV)/.development ## Measure every page and step at the desk for docs/performance.md (SIZES="1k 100k" SHOW=1)
	@$(BIN)/python -m tests.bench.speed $(if $(SIZES),--sizes $(SIZES)) $(if $(SECTION),--section $(SECTION)) $(if $(SHOW),--show)

# On PostgreSQL: tests/with_postgres.sh make bench-load. With a Redis: WITH_REDIS=1 make bench-load.
bench-load: $(VENV)/.development ## Two workers under mixed load while editors save, for docs/performance.md (SHOW=1)
	@$(BIN)/python -m tests.bench.speed.load $(if $(SHOW),--show)

bench-pages: $(VENV)/.development ## Measure what the demo's main pages cost a first visit
	@$(BIN)/python -m tests.bench.pages

bench-argument: $(VENV)/.development ## Work out the argument of films as they grow
	@$(DEVELOPMENT) DJANGO_SETTINGS_MODULE=reviewsite.settings $(BIN)/python -m tests.bench.argument

bench-desk: $(VENV)/.development ## Fifty editors save at once, and workers are killed while they do: nothing is lost
	@$(BIN)/python -m tests.bench.desk

bench-pictures: $(VENV)/.development ## Measure pictures: time, bytes by format at equal quality, memory of a thousand (COUNT=50)
	@$(BIN)/python -m tests.bench.pictures $(if $(COUNT),--count $(COUNT))

# On PostgreSQL: tests/with_postgres.sh make lift. With nginx in front: WITH_NGINX=1. With a Redis: WITH_REDIS=1, or killed.
lift: $(VENV)/.development ## A review goes up under load, and every answer is looked at: none early, none late (WITH_NGINX=1 WITH_REDIS=killed)
	@$(BIN)/python -m tests.bench.lift

bench-hostile: $(VENV)/.development ## Eight hostile requests at once, and how long public pages take meanwhile
	@$(BIN)/python -m tests.bench.hostile

screenshots: $(VENV)/.development ## Photograph the demo's pages and desk into var/screenshots (ONLY=film OUT=folder)
	@$(BIN)/python -m tests.bench.screenshots $(if $(ONLY),--only $(ONLY)) $(if $(OUT),--out $(OUT))

# PIAZZOLLA names the folder "files" of the npm package @fontsource-variable/piazzolla (5.3); Noto comes from Debian's
# packages fonts-noto-core and fonts-noto-extra.
card-fonts: $(VENV)/.development ## Make the fonts of share cards anew (PIAZZOLLA=folder), as tests/card_fonts.py says
	@$(BIN)/uv run --quiet --no-project --with "fonttools[woff]==4.68.0" python tests/card_fonts.py --piazzolla $(PIAZZOLLA)

check: $(VENV)/.development ## Lint, formatting, types, layers, migrations, deploy check, locks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(DEVELOPMENT) $(BIN)/mypy
	$(BIN)/lint-imports
	$(DEVELOPMENT) $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		ALLOWED_HOSTS=reviews.example SITE_URL=https://reviews.example \
		$(BIN)/python manage.py check --deploy --fail-level INFO
	@mkdir -p var/locks && cp requirements.txt requirements-s3.txt requirements-dev.txt var/locks/
	@$(MAKE) --no-print-directory lock LOCKS=var/locks/
	@for lock in requirements.txt requirements-s3.txt requirements-dev.txt; do cmp $$lock var/locks/$$lock || { \
		echo 'pyproject.toml asks for something else than the locks hold: run make lock and commit.'; exit 1; }; done

format: $(VENV)/.development ## Format the code and the templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

TEMPLATES = $(shell find templates -name '*.html')

lock: $(VENV)/.development ## Pin every dependency, with hashes, as pyproject.toml asks
	$(COMPILE) pyproject.toml --output-file $(LOCKS)requirements.txt
	$(COMPILE) --constraint $(LOCKS)requirements.txt --extra s3 pyproject.toml --output-file $(LOCKS)requirements-s3.txt
	$(COMPILE) --constraint $(LOCKS)requirements-s3.txt --extra s3 --group dev pyproject.toml --output-file $(LOCKS)requirements-dev.txt

LOCKS =
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

clean: ## Remove what was built (the demo's and the site's databases in var/ stay)
	rm -rf .venv .venv-* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis var/static var/demo-static

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'This needs Python 3.11 or newer as "$(PYTHON)". Install it, or name another: make PYTHON=python3.12 $(MAKECMDGOALS)'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'Python came without its venv module. On Debian or Ubuntu: sudo apt install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	$(if $(DJANGO),$(BIN)/python -m pip install --quiet --disable-pip-version-check 'django$(DJANGO)')
	@touch $@ $(VENV)/.runtime
