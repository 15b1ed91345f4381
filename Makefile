# Everything sets itself up from a bare Python 3.11 or later: make run, make test.

PYTHON ?= python3
BIN := .venv/bin
HOME_FOLDER ?= $(HOME)/.boss-demo
PYTEST_ARGS ?=
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')
MUTANTS_ARGS ?=

# what is started again and again is compiled once
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## these lines
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

pictures: .venv/dev.stamp ## draw the pictures of the README anew
	$(BIN)/python .ci/pictures.py

run: .venv/run.stamp ## set up, and open the desk of a demonstration hall
	@$(BIN)/boss demo --home "$(HOME_FOLDER)"

test: .venv/tests.stamp ## set up, and run the tests: one worker more than processors, as many wait for printers and terminals
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

quick: .venv/tests.stamp ## the tests that stand on rows in memory or on a shared hall: under a minute (tests/tiers.py)
	$(BIN)/python -m pytest -m quick --hypothesis-profile=quick -n auto --dist worksteal $(PYTEST_ARGS)

check: .venv/dev.stamp ## lint, types, floors, words
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/words.py check

bench: .venv/dev.stamp ## measure, side by side with the limits
	$(BIN)/python -m tests.benchmarks

nightly: .venv/dev.stamp ## random businesses for days, of seeds drawn anew; properties over many examples; each byte of a receipt and of the link; keys ahead of a start; days in the other language
	$(BIN)/python -m tests.simulation.nightly
	$(BIN)/python -m tests.simulation.hall_at_once 60
	$(BIN)/python -m tests.simulation.kills 200 $$(date +%j)
	$(BIN)/python -m tests.simulation.stock_kills 200 $$(date +%j)
	$(BIN)/python -m tests.simulation.managers 10 40 $$(date +%j)
	$(BIN)/python -m pytest -m nightly -n $(WORKERS) --dist worksteal
	BOSS_LIVES=100 $(BIN)/python -m pytest -m hypothesis --hypothesis-profile=nightly
	BOSS_EVERY_BYTE=1 $(BIN)/python -m pytest tests/boss_tui/headquarters/test_service.py
	$(BIN)/python -m tests.simulation.month 20 150 $$(date +%j)
	$(BIN)/python -m tests.printers.breaking
	$(BIN)/python -m tests.printers.killed
	$(BIN)/python -m tests.benchmarks.typing

mutants: .venv/dev.stamp ## change rules a little, one at a time, and see whether the tests notice
	$(BIN)/pip install -q -c constraints.txt -e '.[mutants]'
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/benchmarks/test_mutants.py
	$(BIN)/python -m tests.benchmarks.mutants $(MUTANTS_ARGS)

words: .venv/dev.stamp ## gather what the program says into the translations, and compile them
	$(BIN)/python .ci/words.py gather
	$(BIN)/python .ci/words.py compile

lock: ## write constraints.txt anew from the newest versions
	rm -rf .venv && $(PYTHON) -m venv .venv && $(BIN)/pip install -q -e '.[dev]'
	(echo "# The exact versions that the tests ran with. 'make lock' writes this file anew."; \
	 $(BIN)/pip freeze --exclude-editable) > constraints.txt

clean: ## remove what was set up here
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/venv.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "boss needs Python 3.11 or later: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --no-compile --upgrade pip
	touch $@

.venv/run.stamp: .venv/venv.stamp pyproject.toml constraints.txt boss_tui/locale/zh_CN/LC_MESSAGES/boss.po
	$(BIN)/pip install -q -c constraints.txt -e '.[headquarters,fonts]'
	touch $@

# pip compiles what it installs by one processor, this by all; as with pip, a file for another Python is left as it is
.venv/dev.stamp: .venv/venv.stamp pyproject.toml constraints.txt boss_tui/locale/zh_CN/LC_MESSAGES/boss.po
	$(BIN)/pip install -q --no-compile -c constraints.txt -e '.[dev]'
	-@$(BIN)/python -W ignore -m compileall -qq -j 0 .venv/lib
	touch $@ .venv/run.stamp

# compiled by one, before as many workers as there are would each compile all of it
.venv/tests.stamp: .venv/dev.stamp
	@$(BIN)/python -m pytest --collect-only -qqq > $@ || { cat $@; rm $@; exit 1; }

.PHONY: help pictures run test quick check bench nightly mutants words lock clean
