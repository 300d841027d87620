# `make corpus` builds the sample corpus and shows it; `make test` runs every check. Both set themselves up.
SHELL := bash
export PYTHON ?= python3
export HF_HUB_OFFLINE := 1
BIN := .venv/bin

.PHONY: help corpus test lint format types bench generated lock clean distclean
help: ## print these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

corpus: ## build the sample corpus, load it back and show what is in it
	@bash tools/setup corpus
	@$(BIN)/ukrcorpus build --show

test: lint types ## run every check: ruff, mypy, import-linter, schema, pytest with doctests
	@bash tools/setup label-studio cffconvert s3 olah chromium
	@echo "== schema" && $(BIN)/ukrcorpus schema check
	@echo "== pytest" && $(BIN)/python -m pytest

lint: ## check style, format and the layers of the imports
	@bash tools/setup test
	@echo "== ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== import-linter" && $(BIN)/lint-imports

types: ## check the types with mypy --strict
	@bash tools/setup test
	@echo "== mypy" && $(BIN)/mypy

format: ## put the code into the form that lint asks for
	@bash tools/setup test
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: ## measure speed against what a user would pick instead
	@bash tools/setup test
	@$(BIN)/ukrcorpus normalise
	@for one in normalise structure tables ingest duplicates language signals exports; do echo "== $$one" && $(BIN)/python benchmarks/$$one.py; done

generated: ## write the files that are made from the code and the schema and kept in git
	@bash tools/setup corpus
	@$(BIN)/ukrcorpus schema write
	@$(BIN)/ukrcorpus normalise --passes > docs/passes.md
	@$(BIN)/ukrcorpus signals --list > docs/signals.md
	@$(BIN)/ukrcorpus validate --rules > docs/rules.md
	@$(BIN)/ukrcorpus build > /dev/null
	@cp dist/ukrcorpus-sample-$$(sed -n 's/^version = "\(.*\)"/\1/p' corpus.toml)/assets/*.svg docs/plots/

lock: ## renew requirements/*.txt (the newest versions: make lock UPGRADE=--upgrade)
	@bash tools/setup test
	@bash tools/lock $(UPGRADE)

clean: ## remove what the pipeline and the tools made, but for the environments
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

distclean: clean ## remove the environments too
	@rm -rf .venv .tools
