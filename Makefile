# Two commands do all: `make run` and `make test`. They need python3 (3.11 or later, with venv) and nothing else.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test test-all check format corpus-check scoreboard speed serve clean

help:
	@echo "make run          install into .venv, code the sample reports, show what was found"
	@echo "make test         run the tests"
	@echo "make check        format, lint, types, import layers, corpus, knowledge"
	@echo "make scoreboard   every published figure (needs the corpora, see docs/scoreboard.md)"

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --editable .
	@touch $@

$(BIN)/.dev: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --editable '.[dev,web,analysis,pandas,polars,feeds]'
	@touch $@

run: $(BIN)/.installed
	@mkdir -p .out
	@DRAGOMAN_TABLE=1 $(BIN)/dragoman code examples/reports --record .out/sample.duckdb; test $$? -le 1
	@echo
	@echo "The record is .out/sample.duckdb. Type next:"
	@echo "  $(BIN)/dragoman explain EVENT --record .out/sample.duckdb      why one event was coded so (EVENT: an id from the first column)"
	@echo "  $(BIN)/dragoman dyad KOR RUS --record .out/sample.duckdb       two countries through time"
	@echo "  $(BIN)/dragoman problems --record .out/sample.duckdb           what was set aside, and why"
	@echo "  $(BIN)/dragoman serve .out/sample.duckdb                       the web app (first: $(BIN)/pip install -e '.[web]')"
	@echo "  $(BIN)/dragoman code YOUR/FOLDER --record yours.duckdb         your own reports"

test: $(BIN)/.dev
	$(BIN)/python -m pytest -n 2 -m "not slow" $(ARGS)

test-all: $(BIN)/.dev
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(BIN)/.dev
	$(BIN)/ruff format --check src tests corpus training benchmarks tools
	$(BIN)/ruff check src tests corpus training benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m corpus.check
	$(BIN)/python tools/compile_knowledge.py --check

format: $(BIN)/.dev
	$(BIN)/ruff format src tests corpus training benchmarks tools
	$(BIN)/ruff check --fix src tests corpus training benchmarks tools

corpus-check: $(BIN)/.dev
	$(BIN)/python -m corpus.check

scoreboard: $(BIN)/.dev
	$(BIN)/python -m benchmarks.scoreboard $(ARGS)

speed: $(BIN)/.dev
	$(BIN)/python -m benchmarks.speed $(ARGS)

clean:
	rm -rf .venv .out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
