# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test test-gpu check lint benchmark proof lock steady faults fuzz attacks clean

demo: $(INSTALLED)  ## Grade the example submissions and say where the report is.
	@$(BIN)/grader grade examples/submissions --out report --fresh; code=$$?; test $$code -le 1
	@echo "Open report/index.html in a browser."

test: $(INSTALLED)  ## The whole test-suite.
	$(BIN)/python -m pytest -n 2

test-gpu:  ## The tests that need a GPU, with the interpreter and the torch that are there.
	$(PYTHON) -m pytest -m gpu

check: lint test  ## What CI runs.

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmark: $(INSTALLED)  ## Every figure that is promised, from one run.
	$(BIN)/python benchmarks/run.py

proof: $(INSTALLED)  ## Prove what changed since it was proved here, and renew proofs.lock; the page is proof/index.html.
	$(BIN)/grader verify --report proof

lock: $(INSTALLED)  ## Prove what is not on record in proofs.lock under the present judge, and put it there; no page.
	$(BIN)/grader verify

steady: $(INSTALLED)  ## Grade every solution of the bank under 20 seeds: no verdict may change.
	$(BIN)/grader verify --quick --repeat 20

fuzz: $(INSTALLED)  ## A million damaged replies for the judge's decoder.
	$(BIN)/python -m tests.fuzz.wire

attacks: $(INSTALLED)  ## Try every attack at every level of isolation; the table is docs/attacks.md.
	$(BIN)/python -m tests.attacks.table

faults: $(INSTALLED)  ## Kill and interrupt batches at random moments, for about half an hour: no result may change.
	$(BIN)/python benchmarks/faults.py

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which with make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(INSTALLED)

clean:
	rm -rf $(VENV) report proof build dist
