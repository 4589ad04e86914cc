# Each target installs what it misses first; a second run installs nothing.
# What runs here starts hundreds of programs: where an image forbids Python to keep what it compiled, that is two thirds of their work.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv/bin
TESTS ?= tests
# What is held to a tenth of a second has the machine for itself. Then there are two lanes that take as long: those that record for real
# and come first, and the others, which take what is left, and show what they said when they end. The last of the first one need no quiet machine either.
TIMED := $(addprefix tests/end_to_end/,test_sleep.py test_sound_faults.py)
ALONE := $(addprefix tests/,benchmarks capture/audio end_to_end rig torture $(addprefix uploader/,interop s3 security viewer))
BESIDE_LOG := .venv/tests-beside.log
VERSION = $(shell sed -n "s/^version = \"\(.*\)\"/\1/p" pyproject.toml)
BUNDLED := build/venv/bin
AS_ROOT := $(if $(filter-out 0,$(shell id -u)),sudo)
READY := @$(PYTHON) packaging/bootstrap.py
LOCK := $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header $(if $(UPGRADE),--upgrade)

.PHONY: help demo test tests-alone tests-beside check bench torture fuzz package package-lint package-proof release bundle translations lock format lint types-linux types-darwin types-win32

help:
	@echo 'make demo    record 10 seconds, deliver them to a backend on this machine, print the download URLs'
	@echo 'make test    all tests; TESTS=tests/capture for some of them'
	@echo 'make check   format, lint, and types on three platforms'
	@echo 'make bench   records by turns with this program and its peers, two hours; BENCH="--seconds 5 --only static" for less'
	@echo '             then sound; BENCH_SOUND="--minutes 1 --rounds 2" for less'
	@echo '             then sending; BENCH_DELIVERY="--mib 512 --rounds 1" for less'
	@echo '             then receiving; BENCH_RECEIVE="--mib 256 --rounds 1" for less'
	@echo '             then lists of a large backend; BENCH_BACKEND="--recordings 10000 --rounds 20" for less'
	@echo 'make torture  crashes, full disks and power cuts by the hundred, half an hour; TORTURE="--share 0.1 --seed 1" for less'
	@echo '             then deliveries; TORTURE_DELIVERY="--bytes 20000000 --rounds 1 --kills 3" for less'
	@echo '             then the backend, killed fifty times; TORTURE_BACKEND="--kills 5" for less'
	@echo '             then the program that transcribes; TORTURE_TRANSCRIPTS="--kills 5" for less'
	@echo 'make fuzz    odd requests to the backend by the thousand, ten minutes; FUZZ="--seed 1 --examples 2 --requests 500" for less'
	@echo 'make package  the installers that this system can make, into dist/'
	@echo 'make package-lint  what desktops, Debian and others have to say about those'
	@echo 'make release  what a release would do, and what it lacks; does none of it'
	@echo 'make package-proof  installs one on a bare Debian, uses, upgrades and removes it; for root'
	@echo 'make translations  brings the texts of the windows into resources/translations, and compiles them'
	@echo 'make lock    pin the dependencies anew; UPGRADE=1 for newer ones'

demo:
	$(READY) demo
	@$(VENV)/python -m tests.rig.demo

test:
	$(READY) test
ifeq ($(TESTS),tests)
	@status=0; $(VENV)/python -m pytest $(TIMED) || status=1; \
	$(MAKE) --no-print-directory --jobs=2 --keep-going tests-beside tests-alone || status=1; exit $$status
else
	@$(VENV)/python -m pytest $(TESTS)
endif

tests-alone:
	@$(VENV)/python -m pytest $(ALONE) $(addprefix --ignore=,$(TIMED))

tests-beside:
	@nice -n 19 $(VENV)/python -m pytest tests $(addprefix --ignore=,$(ALONE)) >$(BESIDE_LOG) 2>&1; status=$$?; cat $(BESIDE_LOG); exit $$status

check:
	$(READY) check
	@$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync format lint types-linux types-darwin types-win32

bench:
	$(READY) bench
	@$(VENV)/python -m tests.benchmarks.capture $(BENCH)
	@$(VENV)/python -m tests.benchmarks.sound $(BENCH_SOUND)
	@$(VENV)/python -m tests.benchmarks.delivery $(BENCH_DELIVERY)
	@$(VENV)/python -m tests.benchmarks.backend_receive $(BENCH_RECEIVE)
	@$(VENV)/python -m tests.benchmarks.backend $(BENCH_BACKEND)
	@$(VENV)/python -m tests.benchmarks.speech
	@$(VENV)/python -m tests.benchmarks.meetings
	@$(VENV)/python -m tests.benchmarks.tray
	@$(VENV)/python -m tests.benchmarks.views
	@$(VENV)/python -m tests.benchmarks.transcription

torture:
	$(READY) test
	@$(VENV)/python -m tests.torture $(TORTURE)
	@$(VENV)/python -m tests.torture.delivery $(TORTURE_DELIVERY)
	@$(VENV)/python -m tests.torture.backend $(TORTURE_BACKEND)
	@$(VENV)/python -m tests.torture.transcripts $(TORTURE_TRANSCRIPTS)

fuzz:
	$(READY) test
	@$(VENV)/python -m tests.uploader.api $(FUZZ)

bundle:
	$(READY) package
	@nice -n 5 $(BUNDLED)/python packaging/bundle/freeze.py

package: bundle
	@nice -n 5 $(BUNDLED)/python packaging/linux/build.py deb rpm portable
	@cp build/bundle/afterword/sbom.cdx.json dist/afterword-$(VERSION).cdx.json
	@$(BUNDLED)/python packaging/release.py checksums

package-lint:
	$(READY) lint
	@sh packaging/lint.sh

release:
	@$(PYTHON) packaging/release.py check

# The bare Debian is made while the package is.
package-proof:
	$(READY) proof
	@({ $(MAKE) --no-print-directory bundle && nice -n 5 $(BUNDLED)/python packaging/linux/build.py --quick deb; } >&2 && \
		echo build/quick/afterword_*.deb) | $(AS_ROOT) $(VENV)/python -m tests.packaging.proof -

format:
	@$(VENV)/ruff format --check .

lint:
	@$(VENV)/ruff check .

types-linux:
	@$(VENV)/mypy --cache-dir .mypy_cache/linux --platform linux app capture uploader tests packaging/*.py packaging/bundle/*.py packaging/linux/*.py

types-darwin types-win32: types-%:
	@$(VENV)/mypy --cache-dir .mypy_cache/$* --platform $*

translations:
	$(READY) check
	@$(VENV)/python packaging/translations.py

lock:
	$(READY) check
	@$(VENV)/python -m pip install --quiet 'uv<1'
	@$(LOCK) --extra pocketsphinx pyproject.toml -o requirements.lock
	@$(LOCK) -c requirements.lock --extra test pyproject.toml -o requirements-test.lock
	@$(LOCK) -c requirements-test.lock --extra postgres --extra s3 pyproject.toml -o packaging/server/requirements.lock
	@$(LOCK) -c requirements-test.lock packaging/build.in -o packaging/build.lock
	@$(LOCK) -c requirements-test.lock --extra echo --extra macos --extra whisper-cpp --extra windows pyproject.toml packaging/bundle/bundle.in -o packaging/bundle/bundle.lock
