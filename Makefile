# claimwatch: make help lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
GO_TEST := go test -timeout 40m
ENGINE := node_modules/.package-lock.json
TOOL := go tool -modfile=tools/go.mod
FUZZTIME ?= 60s

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(ENGINE): package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: engine
engine: $(ENGINE) ## fetch the ClickHouse engine library (566 MB unpacked)

CONSOLE := audit/console
CONSOLE_SOURCES := $(shell find $(CONSOLE)/src $(CONSOLE)/scripts -type f) $(addprefix $(CONSOLE)/,index.html vite.config.ts)

$(CONSOLE)/node_modules/.package-lock.json: $(CONSOLE)/package.json $(CONSOLE)/package-lock.json
	cd $(CONSOLE) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(CONSOLE)/dist/index.html: $(CONSOLE)/node_modules/.package-lock.json $(CONSOLE_SOURCES)
	cd $(CONSOLE) && npm run --silent build

.PHONY: console
console: $(CONSOLE)/dist/index.html ## build the web console into audit/console/dist

.PHONY: test-console
test-console: $(CONSOLE)/node_modules/.package-lock.json ## types, lint and unit tests of the web console
	cd $(CONSOLE) && npm run --silent check

.PHONY: test-browser
test-browser: build ## the console in Debian's Chromium, against bin/claimwatch and a simulated province
	cd $(CONSOLE) && npm run --silent browser

.PHONY: screenshots
screenshots: build ## a picture of every page of the console into docs/img, and their gallery (needs pngquant)
	@command -v pngquant >/dev/null || { echo "pngquant makes the pictures small: apt-get install pngquant" >&2; exit 1; }
	rm -rf docs/img && cd $(CONSOLE) && SHOTS=../../docs/img node --test browser/looks.test.mjs && npm run --silent screens
	pngquant --ext .png --force --strip docs/img/*.png

.PHONY: build
build: $(ENGINE) console ## build bin/claimwatch
	go build -trimpath -ldflags '$(LDFLAGS)' -o bin/claimwatch ./cmd/claimwatch

.PHONY: run
run: build ## build, start a simulated province and show live findings
	bin/claimwatch demo

.PHONY: format
format: ## format every Go file
	$(TOOL) gofumpt -l -w $$(git ls-files '*.go')

.PHONY: vet
vet: ## formatting and go vet
	@unformatted=$$($(TOOL) gofumpt -l $$(git ls-files '*.go')); \
	if [ -n "$$unformatted" ]; then echo "not formatted (make format):"; echo "$$unformatted"; exit 1; fi
	go vet ./...

.PHONY: test
test: $(ENGINE) vet ## format check, vet and every test on the embedded log and engine
	$(GO_TEST) ./...

.PHONY: test-kafka
test-kafka: build ## the suites that touch the log, against a real Apache Kafka (Java 17, Maven)
	CLAIMWATCH_TEST_KAFKA=1 $(GO_TEST) -count=1 ./stream/... ./e2e/...

.PHONY: test-crash
test-crash: build ## 200,000 records, 30 kills -9, on both logs
	CLAIMWATCH_TEST_CRASH=full $(GO_TEST) -count=1 -run 'TestCrash' -v ./e2e/
	CLAIMWATCH_TEST_CRASH=full CLAIMWATCH_TEST_KAFKA=1 $(GO_TEST) -count=1 -run 'TestCrash' -v ./e2e/

.PHONY: test-alerts
test-alerts: build ## 10,000 findings are told once each, over 12 kills -9
	CLAIMWATCH_TEST_ALERTS=full $(GO_TEST) -count=1 -run 'TestAlertsAgainstKills' -v ./e2e/

.PHONY: test-year
test-year: build ## a year of the simulated province through the API, from the first upload to the year end
	CLAIMWATCH_TEST_YEAR=full $(GO_TEST) -count=1 -run 'TestYear$$' -v ./e2e/

.PHONY: test-model
test-model: ## the procedure against a plain book, 10,000 random runs; lists against a clerk
	$(GO_TEST) -count=1 -run 'TestProcedureAgainstABook|TestAgainstANotebook' ./audit/journal -rapid.checks=10000
	$(GO_TEST) -count=1 -run 'TestAgainstAClerk|TestOpenListsAreTheAttribution' ./audit/rejection -rapid.checks=10000

BOARDS := deploy/grafana

$(BOARDS)/node_modules/.package-lock.json: $(BOARDS)/package.json $(BOARDS)/package-lock.json
	cd $(BOARDS) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

bin/prometheus: tools/prometheus/go.mod ## a Prometheus and its promtool, of the version that tools/prometheus pins
	cd tools/prometheus && go build -tags remove_all_sd -o ../../bin/ github.com/prometheus/prometheus/cmd/prometheus github.com/prometheus/prometheus/cmd/promtool
	@touch $@

.PHONY: test-prometheus
test-prometheus: build bin/prometheus $(BOARDS)/node_modules/.package-lock.json ## boards, rules and alerts: Grafana's schema, promtool, and a real Prometheus on a simulated province
	cd $(BOARDS) && npm run --silent check
	cd deploy/prometheus && ../../bin/promtool check config prometheus.yml && ../../bin/promtool test rules *_test.yml
	cd tools/prometheus && CLAIMWATCH_TEST_PROMETHEUS=1 go test -tags remove_all_sd -count=1 -timeout 20m -v .

.PHONY: boards
boards: $(BOARDS)/node_modules/.package-lock.json ## write deploy/grafana/*.json from deploy/grafana/src
	cd $(BOARDS) && npm run --silent write

.PHONY: test-openapi
test-openapi: build ## schemathesis against the served OpenAPI (Python 3)
	deploy/ci/schemathesis.sh

.PHONY: lint
lint: ## golangci-lint (pinned in tools/)
	$(TOOL) golangci-lint run ./...

.PHONY: bench
bench: build ## every benchmark beside its peer; results go to docs/benchmarks.md
	go run ./bench -all

.PHONY: fuzz
fuzz: ## each fuzzer for FUZZTIME (60s), two at a time on a processor each
	@git grep -hoE '^func Fuzz[A-Za-z]+' -- '*_test.go' | awk '{print $$2}' | sort -u | xargs -P 2 -I TARGET sh -c \
	  'dir=$$(dirname $$(git grep -lE "^func TARGET\(" -- "*_test.go")); \
	  go test -parallel 1 -run "^$$" -fuzz "^TARGET$$" -fuzztime $(FUZZTIME) ./$$dir >TARGET.fuzz.log 2>&1; code=$$?; \
	  echo "== TARGET in $$dir"; cat TARGET.fuzz.log; rm TARGET.fuzz.log; exit $$code'

.PHONY: generate
generate: $(CONSOLE)/node_modules/.package-lock.json ## write what is generated (docs/schema.md, docs/metrics.md, docs/rules/, golden files, the console's types, docs/screens.md)
	UPDATE_GOLDEN=1 go test ./store/ -run TestSchemaPage
	UPDATE_GOLDEN=1 go test ./rules/handbook/ -run TestPagesAreCurrent
	UPDATE_GOLDEN=1 go test ./cmd/claimwatch/ -run 'TestTheConsoleKnowsTheDocument|TestMetricsPage'
	cd $(CONSOLE) && npm run --silent schema && npm run --silent screens

.PHONY: dist
dist: build ## a tarball that runs on a machine without Go or Node
	deploy/dist.sh '$(VERSION)'
