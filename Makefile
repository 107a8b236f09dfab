# Guan: make run, make test, make check. 'make help' lists everything.

DATA ?= data
LISTEN ?= 127.0.0.1:8080
PASSWORD ?= adventureworks
N ?= 20000
CUSTOMERS ?= 1000000
KILLS ?= 200

GUAN := bin/guan
WITH_POSTGRES := scripts/with-postgres.sh
# One set of compiled packages for all; only the race detector needs C.
export CGO_ENABLED := 0
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
export npm_config_fund := false
export npm_config_audit := false
export npm_config_update_notifier := false

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help deps run build ui test beside check bench laws laws-2000 mutants mutants-some kill stale trace tamper theft differencing insiders fmt vet arch go-test go-race generated ui-check ui-test e2e e2e-postgres screens clean FORCE

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 16

deps: ## install what the tests need (Debian as root), or say what is missing
	@scripts/deps.sh

run: ## build, fill ./data with a demo company when empty, serve it
	@scripts/deps.sh run
	@$(MAKE) --no-print-directory build
	@if [ ! -e $(DATA)/guan.db ]; then \
		echo "filling $(DATA) with the demo company AdventureWorks …"; \
		rm -rf $(DATA).new && $(GUAN) demo adventureworks --data $(DATA).new --key-file $(DATA).key --password "$(PASSWORD)" > /dev/null && \
		mkdir -p $(DATA) && mv $(DATA).new/* $(DATA)/ && rm -rf $(DATA).new; \
	fi
	@echo
	@echo "  http://$(LISTEN)    sign in with the password \"$(PASSWORD)\" as"
	@echo "    ken0       the boss: sees everything              老板"
	@echo "    stephen0   heads North America                    北美区负责人"
	@echo "    linda3     sells: 39 shops of her own             销售"
	@echo "    tete0      sells: 140 orders, no shops            销售"
	@echo "    guy1       makes bicycles: sees himself           生产技术员"
	@echo "  and as any of the 290 people by login ($(GUAN) sees LOGIN --data $(DATA) tells what they see)"
	@echo
	@exec $(GUAN) serve --data $(DATA) --listen $(LISTEN)

build: ui $(GUAN) ## build the UI and the binary

# Go knows best what is stale.
$(GUAN): FORCE
	go build -buildvcs=false -o $@ ./cmd/guan

FORCE:

# ---- the UI ----

WEB := $(wildcard web/package.json)
UI_SOURCE := $(shell find web/src web/scripts web/public web/index.html web/package.json web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)

ui: $(if $(WEB),web/dist/index.html) ## build the web UI into web/dist

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-progress
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(UI_SOURCE)
	cd web && npm run --silent build
	@touch $@

ui-check: web/node_modules/.package-lock.json ## types, lint and catalogues of the UI
	cd web && npm run --silent check

ui-test: web/node_modules/.package-lock.json ## tests of the UI's parts
	cd web && npm run --silent test

e2e: build ## browser tests against the real program, on SQLite
	cd web && GUAN_BIN=$(abspath $(GUAN)) npm run --silent e2e -- $(E2E)

e2e-postgres: build ## browser tests on PostgreSQL
	$(WITH_POSTGRES) sh -c 'cd web && GUAN_DB="$$GUAN_TEST_POSTGRES" GUAN_BIN=$(abspath $(GUAN)) npm run --silent e2e -- $(E2E)'

screens: build ## pictures of every screen into docs/screens
	cd web && SMALL=1 GUAN_BIN=$(abspath $(GUAN)) npx playwright test -c screens/playwright.config.ts

# ---- the gate ----

# What is looked at from several sides is looked at from some of them, the others with the commits
# that follow: axe on pages in a theme, pages in their states, stories that write, stories of the store
# and over HTTP on a database, a group of people in two worlds. Elsewhere,
# as in `make check`, from all.
test: export GUAN_TURN := $(shell git rev-list --count HEAD 2>/dev/null || echo 0)
# Properties are drawn from the same seed, so that one commit is either green or red.
test: export RAPID_SEED = 1$(GUAN_TURN)
test: E2E := --grep-invert @large --retries 1
test: deps build go-test beside mutants-some e2e ## everything that must be green for a change to land

# None of these fills two cores alone.
beside:
	@$(MAKE) --no-print-directory -j2 --output-sync=target laws-2000 ui-check ui-test

check: deps fmt build vet arch generated go-race laws mutants kill stale ui-check ui-test e2e e2e-postgres ## the full gate: also races, more laws, the browser on both databases

fmt: ## fail when a Go file is not formatted
	@bad=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); [ -z "$$bad" ] || { echo "gofmt -w these:"; echo "$$bad"; exit 1; }

vet:
	go vet ./...

arch: ## the shape of the program
	go test ./internal/archtest

# The longest first, three at a time: they wait for their databases as long as they compute.
GO_TESTS := ./store ./internal/leak ./httpapi ./cmd/guan ./...

go-test: ## all Go tests, on both databases
	$(WITH_POSTGRES) go test -p 3 -timeout 40m $(GO_TESTS)

go-race: ## the same under the race detector
	CGO_ENABLED=1 $(WITH_POSTGRES) go test -race -timeout 120m ./...

generated: ## fail when a generated file is stale
	go test ./internal/archtest -run 'TestGenerated'
	go test ./store -run 'TestKindTables'
	go test ./httpapi -run 'TestOpenAPIIsFresh'

laws: ## N random worlds (make laws N=100000): Go = SQLite = PostgreSQL = CEL
	$(WITH_POSTGRES) go run ./internal/laws/cmd -n $(N)

laws-2000: ## the laws on 2,000 worlds, as every change must pass them
	$(WITH_POSTGRES) go run ./internal/laws/cmd -n 2000

mutants-some: ## two of the mutants, others with every commit
	$(WITH_POSTGRES) go run ./internal/laws/mutants -only 2 -turn $$(git rev-list --count HEAD 2>/dev/null || echo 0)

mutants: ## break the compiler on purpose: the laws must turn red each time
	$(WITH_POSTGRES) go run ./internal/laws/mutants

kill: ## kill the program KILLS times in the middle of archiving, mail and writes, on each database
	$(WITH_POSTGRES) go run ./internal/trial/kill -n $(KILLS)

differencing: ## look for rows in figures, with the whole of the protection and without each part
	go run ./internal/trial/differencing

stale: ## revoke rights under the eyes of readers on several processes
	$(WITH_POSTGRES) go run ./internal/trial/stale

tamper: ## change the sealed audit log with every right on the database: each change must be named, at its place
	$(WITH_POSTGRES) go run ./internal/trial/tamper -n 25

theft: ## carry the data away without their key, and look for what is kept encrypted
	$(WITH_POSTGRES) go run ./internal/trial/theft

trace: ## trace leaks to their exports among 100,000, and innocent files to none
	$(WITH_POSTGRES) go run ./internal/trial/trace

insiders: ## insiders among 90 days of generated normal work of 500 people: what is detected, and the false alarms a day
	go run ./internal/trial/insiders -people 500 -each 50 -seed 1 -seeds 3
	go run ./internal/trial/insiders -store -people 6 -each 2
	$(WITH_POSTGRES) sh -c 'go run ./internal/trial/insiders -store -people 6 -each 2 -db "$$GUAN_TEST_POSTGRES"'

bench: deps ## measure the gate against the same questions without it: the tables of docs/benchmarks.md
	$(WITH_POSTGRES) sh -c 'GUAN_BENCH_CUSTOMERS=$(CUSTOMERS) go test ./store -run "^$$" -bench Gate -benchtime 1x -timeout 120m && go test ./store -run "^$$" -bench "Decide|Growth|Recycle|Living" && go test ./store -run "^$$" -bench "Seal$$|Behind$$|Guess$$|AuditSearch|AuditWhole|AuditMonth" -benchtime 1x -timeout 120m'

clean: ## remove what was built; data stays
	rm -rf bin web/dist/* web/node_modules web/test-results web/playwright-report
