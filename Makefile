# make serve   install what is missing, build, and serve on 127.0.0.1:8080 (PORT=8081 changes it)
# make test    install what is missing and run every test
# make build   the release into dist/, and the size of the first load
# make bench   the speed of the import, measured against its peers, of other layouts, of changes among 65,000 students,
#              of a workspace of 1,000 plans, and of sharing
SHELL := /bin/bash
WITH_TOOLS := source scripts/tools.sh &&

.PHONY: serve test build bench setup fmt lint
.DEFAULT_GOAL := build

serve: build
	@$(WITH_TOOLS) exec node scripts/serve.mjs

build:
	@scripts/setup.sh build
	@$(WITH_TOOLS) node scripts/build.mjs

test:
	@scripts/setup.sh test
	@$(WITH_TOOLS) node scripts/test.mjs

bench:
	@scripts/setup.sh bench
	@$(WITH_TOOLS) node scripts/build.mjs
	@$(WITH_TOOLS) node scripts/bench.mjs
	@$(WITH_TOOLS) node scripts/bench-layouts.mjs
	@$(WITH_TOOLS) node scripts/bench-changes.mjs
	@$(WITH_TOOLS) node scripts/bench-plans.mjs
	@$(WITH_TOOLS) node scripts/bench-share.mjs

setup:
	@scripts/setup.sh bench

fmt:
	@$(WITH_TOOLS) cargo fmt

lint:
	@scripts/setup.sh test
	@$(WITH_TOOLS) node scripts/test.mjs lint
