# make run   installs into .venv and opens the news desk
# make test  installs what the tests need and runs all of them, with lint, types and import contracts
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test lint unit translations test-crash bench-ingest bench-year bench-extract bench-boilerplate bench-search bench-search-million bench-quality bench-neardup bench-stories bench-queries bench-relevance audit fuzz clean
run: $(VENV)/.run
	@$(BIN)/digest

test: lint unit

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Takes new texts of the interface into the catalogues, and compiles these.
translations: $(VENV)/.test
	$(BIN)/python -m scripts.translations

unit: $(VENV)/.test
	$(BIN)/python -m pytest -n $${TEST_WORKERS:-2}

$(BIN)/python:
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: on Debian, apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing; this takes about a minute the first time …"
	@$(PIP) install -c constraints.txt -e '.[meaning]' || { $(PIP) install -c constraints.txt -e . \
		&& echo "Without finding by meaning, which could not be installed; all else works." >&2; }
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing what the tests need …"
	@$(PIP) install -c constraints.txt -e '.[test,meaning]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.test
	@$(PIP) install -c constraints.txt -e '.[bench]'
	@touch $@

# Over three hundred kills instead of thirty; KILLS_FILE is where their numbers go.
test-crash: $(VENV)/.test
	KILLS=$${KILLS:-55} $(BIN)/python -m pytest -n 2 --timeout 1800 tests/crash

# Bends samples of everything that strangers send until the MINUTES are over; what breaks a reader is
# kept in tests/fuzz/found, where the tests read it. `make fuzz MINUTES=60 ONLY="page feed"`.
fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz $(or $(MINUTES),5) $(ONLY)

# Whether anything is known against a pinned dependency. Needs the network; says so when the database
# does not answer.
audit: .venv-audit/.audit
	@.venv-audit/bin/python -m scripts.audit

.venv-audit/.audit: constraints.txt
	@$(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip --disable-pip-version-check --quiet install 'pip-audit==2.10.1'
	@touch $@

# The tests of the index on the other distributions of Whoosh, each in an environment of its own.
# pip compiles what it installs, so 2.7.4's invalid escapes, of which Python warns from 3.12 on when
# it compiles them, never reach the tests.
test-whooshes: .venv-whoosh/.test .venv-whoosh3/.test
	.venv-whoosh/bin/python -m pytest -n $${TEST_WORKERS:-2} tests/index
	.venv-whoosh3/bin/python -m pytest -n $${TEST_WORKERS:-2} tests/index

.venv-whoosh/.test: WHOOSH := whoosh==2.7.4
.venv-whoosh3/.test: WHOOSH := whoosh3==3.54.0
.venv-%/.test: pyproject.toml constraints.txt
	@$(PYTHON) -m venv .venv-$*
	@.venv-$*/bin/python -m pip --disable-pip-version-check --quiet install -c constraints.txt -e '.[test]'
	@.venv-$*/bin/python -m pip --disable-pip-version-check --quiet uninstall --yes whoosh-reloaded
	@.venv-$*/bin/python -m pip --disable-pip-version-check --quiet install $(WHOOSH)
	@touch $@

# Figures, on this machine and never in the tests; each says at its top what it needs, such as
# DATA, a folder of articles, where the one beside the checkout is not there.
# `make bench-quality ARGS=--whole` asks all queries instead of every fifth.
bench-ingest: $(VENV)/.test
	$(BIN)/python -m bench.ingest

bench-year: $(VENV)/.test
	$(BIN)/python -m bench.year

bench-boilerplate: $(VENV)/.test
	$(BIN)/python -m bench.boilerplate

bench-extract: $(VENV)/.test
	$(BIN)/python -m bench.extract

# `make bench-neardup ARGS=100000` measures a library of so many articles instead.
bench-neardup: $(VENV)/.test
	$(BIN)/python -m $(if $(ARGS),bench.neardup_library $(ARGS),bench.neardup)

bench-relevance: $(VENV)/.test
	$(BIN)/python -m bench.relevance

bench-quality: $(VENV)/.test
	$(BIN)/python -m bench.quality $(ARGS)

# Beside FTS5, tantivy and stock Whoosh, which alone takes half an hour: ENGINES=ours,fts5,tantivy
# leaves it out. The second one builds a million articles, 8 GB in the folder for temporary files;
# COPIES=10 builds a tenth of them and copies it, in a fifth of the time.
bench-search: $(VENV)/.bench
	$(BIN)/python -m bench.search $(if $(DATA),--data $(DATA)) $(if $(ENGINES),--engines $(ENGINES))

bench-search-million: $(VENV)/.test
	$(BIN)/python -m bench.search $(if $(DATA),--data $(DATA)) --engines ours --articles 1000000 $(if $(COPIES),--copies $(COPIES))

# HOME_DIR is a library folder with feeds that can be reached.
bench-tui: $(VENV)/.test
	$(BIN)/python -m bench.first_paint $(HOME_DIR)
	$(BIN)/python -m bench.keys $(HOME_DIR)

bench-stories: $(VENV)/.test
	$(BIN)/python -m bench.stories
	$(BIN)/python -m bench.stories_growth

# LIBRARY is a library folder of about 20,000 articles.
bench-queries: $(VENV)/.test
	$(BIN)/python -m bench.queries $(LIBRARY)

clean:
	rm -rf $(VENV) .venv-audit .venv-whoosh .venv-whoosh3 build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
