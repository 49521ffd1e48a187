# The verbs of every day. `make help` lists them.
.PHONY: help build test lint format bench ci clean
help: ## lists the verbs
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'
build: ## builds everything, debug
	swift build
test: ## runs all tests
	scripts/test
lint: ## checks the format
	swift format lint --strict -r Sources Tests Benchmarks/Sources Package.swift
format: ## formats in place
	swift format -i -r Sources Tests Benchmarks/Sources Package.swift
bench: ## prints the figures of the arithmetic
	swift run -c release --package-path Benchmarks arithmetic
ci: ## runs every gate
	.ci/run
clean: ## removes everything built
	rm -rf .build .build-* Benchmarks/.build
