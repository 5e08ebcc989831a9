# Bangfu 帮扶. Tools come from go.mod; what else is needed, .ci/ensure finds, installs or names.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export BANGFU_ADDR ?= 127.0.0.1:8080
export BANGFU_DATA ?= ./data

.PHONY: help run dev test bench generate schema build

help: ## print these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## database, schema, sample centre, and the program at BANGFU_ADDR
	@.ci/ensure
	@go build -o bin/bangfu ./cmd/bangfu
	@BANGFU_DEV=$${BANGFU_DEV:-1} exec bin/bangfu serve

dev: ## the same, again after every change, with the browser reloaded (at 127.0.0.1:7331)
	@.ci/ensure
	BANGFU_DEV=$${BANGFU_DEV:-1} go tool templ generate --watch --proxy=http://$(BANGFU_ADDR) --cmd="go run ./cmd/bangfu serve"

test: ## everything the build server checks, with a real database and a real browser
	@.ci/ensure test
	@.ci/test

bench: ## pages against their own SQL, at 10,000 and 1,000,000 files (made up once, kept in bench-data)
	@.ci/ensure
	@go build -o bin/bangfu ./cmd/bangfu
	go run ./cmd/bench -program bin/bangfu

generate: ## Go from templ, and the format of both
	go tool templ fmt templates
	go tool templ generate
	gofmt -w $$(find . -name '*.go' ! -name '*_templ.go')

schema: ## docs/schema.sql, as the migrations make it
	go run ./cmd/testpg -- go test -count=1 ./internal/migrate -run Schema -update

build: ## bin/bangfu, static and small
	CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o bin/bangfu ./cmd/bangfu
