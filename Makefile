# Wat je kunt doen: make help. Alles wordt vanzelf ingericht, in de map .venv.
# Werkt met GNU make 3.81 (macOS) en nieuwer. Meer zien van wat er gebeurt: V=1.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export V
Q := $(if $(filter 1,$(V)),,@)

BRAND ?=
REV ?= HEAD
ARGS ?=
PYTHON ?=

PY := .venv/bin/python
SETUP := scripts/setup_tools.py
FOR_BRAND := $(if $(BRAND),--brand "$(BRAND)")

# The first Python that is new enough, by preference one that can make a .venv.
NEW := import sys; sys.exit(sys.version_info < (3, 11))
FIND := for needs in "import ensurepip" pass; do \
    for name in "$(PYTHON)" python3 python3.13 python3.12 python3.11 python3.14 python; do \
      if "$$name" -c "$$needs; $(NEW)" >/dev/null 2>&1; then found=$$name; break 2; fi; \
    done; done 2>/dev/null; \
    if [ -z "$$found" ]; then \
      echo "microsite vraagt Python 3.11 of nieuwer. Installeer Python, of zeg waar het staat: make PYTHON=/pad/naar/python3.12" >&2; \
      exit 1; \
    fi

# $(call setup,KIND): nothing when it is done already; a .venv that is half made is made anew.
setup = { $(PY) -I -S $(SETUP) --ready $(1); } >/dev/null 2>&1 || \
    { found=; $(FIND); "$$found" -I $(SETUP) $(1); }

.PHONY: help
help:
	@echo "make site          de site maken; daarna staat er waar hij staat"
	@echo "make serve         de site bekijken terwijl je schrijft"
	@echo "make sites         de sites van alle organisaties in brands/ maken"
	@echo "make studio        de studio maken, waarin een lid zelf zijn site maakt, in de browser"
	@echo "make check         nakijken of de code klopt (stijl, typen, vertalingen)"
	@echo "make quick         de tests die binnen een minuut klaar zijn: zonder browser, server of ander proces"
	@echo "make test          de tests (make test-long: ook de lange)"
	@echo "make bench         meten hoe snel het is (make bench-hub: met 300 leden; make bench-visit: wat anderen van de pagina's vinden)"
	@echo "make compare       de sites vergelijken met die van een eerdere versie: make compare REV=main"
	@echo "make messages      de Nederlandse zinnen van het programma bijwerken"
	@echo "make pictures      de schermafdrukken in het handboek voor de redactie opnieuw maken"
	@echo "make lock          de lijst van pakketten vernieuwen (requirements*.txt)"
	@echo "make clean         alles weghalen wat hier is gemaakt: output/, .venv en tijdelijke mappen"
	@echo
	@echo "Voor een andere organisatie:   make site BRAND=wilgendam   (ook make serve)"
	@echo "Met meer keuzes:               make site ARGS=\"--date 2026-03-01 --strict\""
	@echo "Alle keuzes:                   make site ARGS=--help"
	@echo "Meer zien bij het inrichten:   make site V=1"

.PHONY: site sites serve
site: .runtime
	$(Q)$(PY) build.py build $(FOR_BRAND) $(ARGS)

sites: .runtime
	$(Q)$(PY) build.py build --all $(ARGS)

serve: .runtime
	$(Q)$(PY) build.py serve $(FOR_BRAND) $(ARGS)

.PHONY: studio
studio: .runtime
	@$(PY) -I $(SETUP) studio
	$(Q)$(PY) scripts/studio/make.py $(ARGS)

# A file of tests shares what is slow to start (a browser, a built site), so files and not tests go side by side.
SIDE_BY_SIDE := -n auto --dist loadfile

.PHONY: quick test test-long
quick: .dev
	$(Q)$(PY) -m pytest $(SIDE_BY_SIDE) --quick $(ARGS)

test: .dev .tools
	$(Q)$(PY) -m pytest $(SIDE_BY_SIDE) -m "not long" $(ARGS)

test-long: .dev .long-tools
	$(Q)$(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

.PHONY: check
check: .dev
	$(Q)$(PY) -m ruff format --check --quiet . || { echo "Opmaak: draai $(PY) -m ruff format ." >&2; exit 1; }
	$(Q)$(PY) -m ruff check --quiet .
	$(Q)$(PY) -m mypy
	$(Q)$(PY) scripts/messages.py --check
	$(Q)$(PY) -m pytest -q tests/test_architecture.py tests/test_imports.py

.PHONY: compare
compare: .dev
	$(Q)$(PY) scripts/compare_revisions.py $(REV) $(ARGS)

.PHONY: bench bench-hub bench-visit
bench: .dev
	$(Q)$(PY) benchmarks/run.py $(ARGS)
	$(Q)$(PY) benchmarks/watch.py
	$(Q)$(PY) benchmarks/visit.py

bench-hub: .dev
	$(Q)$(PY) benchmarks/hub.py $(ARGS)

bench-visit: .dev
	$(Q)$(PY) benchmarks/visit.py $(ARGS)

.PHONY: messages
messages: .dev
	$(Q)$(PY) scripts/messages.py

.PHONY: pictures
pictures: .dev .tools
	$(Q)$(PY) scripts/handbook_pictures.py

.PHONY: lock
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	@command -v uv >/dev/null || { echo "Hiervoor is uv nodig: python3 -m pip install uv" >&2; exit 1; }
	$(Q)$(LOCK) $(ARGS) pyproject.toml -o requirements.txt
	$(Q)$(LOCK) $(ARGS) -c requirements.txt pyproject.toml requirements-dev.in -o requirements-dev.txt

.PHONY: clean
clean:
	$(Q)rm -rf output .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	$(Q)find . -name .git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

.PHONY: .runtime .dev .tools .long-tools
.runtime:
	@$(call setup,runtime)

.dev:
	@$(call setup,dev)

.tools: .dev
	@$(PY) -I $(SETUP) tools

.long-tools: .dev
	@$(PY) -I $(SETUP) long-tools
