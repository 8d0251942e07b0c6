# Everything a newcomer needs: `make demo` and `make test`. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test browser clients golden lint format bench bench-all bench-compare bench-search bench-check bench-summarize bench-formats properties fuzz clean

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "minutes needs Python 3.11 or later; this is " + sys.version.split()[0])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(STAMP)  ## parse the records under corpus/ and show the result
	$(BIN)/minutes parse corpus/*/record.*
	$(BIN)/minutes parse corpus/circle-below/record.txt

test: $(STAMP) lint browser clients  ## the whole test suite
	$(BIN)/python -m pytest -n auto

browser:  ## a Chromium and a Japanese font for tests/browser, where they are missing and may be installed
	@sh tests/browser/install.sh

clients: $(STAMP)  ## the programs that open what export writes: pandas, DuckDB, Datasette, ConvoKit, LibreOffice
	@sh tests/clients/install.sh $(BIN)/python

golden: $(STAMP)  ## write the expected JSON under tests/golden/ anew
	MINUTES_REWRITE_GOLDEN=1 $(BIN)/python -m pytest tests/golden

lint: $(STAMP)  ## style, types, layers
	$(BIN)/ruff check src tests bench tools fuzz
	$(BIN)/ruff format --check src tests bench tools fuzz
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)  ## write the style
	$(BIN)/ruff check --fix src tests bench tools fuzz
	$(BIN)/ruff format src tests bench tools fuzz

bench: $(STAMP)  ## the figures of all issues, each beside a baseline (about a quarter of an hour)
	$(BIN)/python -m bench

bench-all: $(STAMP)  ## also what takes long: searching 100 MB, kills, 1 GB
	$(BIN)/python -m bench --all

bench-compare: $(STAMP)  ## make bench-compare OLD=a.json NEW=b.json: what got slower
	$(BIN)/python -m bench.compare $(OLD) $(NEW)

bench-search: $(STAMP)  ## grep and index on 100 MB beside rg and GNU grep, the same hits, 30 kills (about 15 minutes)
	$(BIN)/python -m bench.same_hits corpus
	$(BIN)/python -m bench.kills --kills 30
	$(BIN)/python -m bench.searching

bench-formats: $(STAMP)  ## hostile files: each refused or read within 10 s and 1 GB
	$(BIN)/python -m bench.hostile_files

bench-check: $(STAMP)  ## check 10 MB beside parsing it; 200 planted faults
	$(BIN)/python -m bench.check_speed
	$(BIN)/python -m tests.planting

bench-summarize: $(STAMP)  ## summarize 10 MB beside tokenising it; the report's page in Chromium
	$(BIN)/python -m bench.report
	$(BIN)/python -m bench.summarizing

properties: $(STAMP)  ## the properties with many more, random examples (about ten minutes)
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest tests/properties -n auto

FUZZ_MINUTES ?= 30
FUZZ_TARGETS ?= ingest parse normalize check export query
fuzz: $(STAMP)  ## hostile inputs, FUZZ_MINUTES for each of FUZZ_TARGETS, one after the other
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,fuzz]'
	for target in $(FUZZ_TARGETS); do $(BIN)/python -m fuzz $$target --minutes $(FUZZ_MINUTES) || exit 1; done

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
