# The verbs of every day. `make help` lists them.
.PHONY: help build test lint format bench fuzz ci clean
sources := Sources Tests Benchmarks/Sources Benchmarks/Package.swift Fuzz/Sources Fuzz/Package.swift \
	Package.swift
help: ## lists the verbs
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'
build: ## builds everything, debug
	swift build
test: ## runs all tests
	scripts/test
lint: ## checks the format
	swift format lint --strict -r $(sources)
format: ## formats in place
	swift format -i -r $(sources)
bench: ## prints the figures of the arithmetic
	swift run -c release --package-path Benchmarks arithmetic
fuzz: ## fuzzes configuration, model and record for two minutes each
	scripts/fuzz 120
ci: ## runs every gate
	.ci/run
clean: ## removes everything built
	rm -rf .build .build-* Benchmarks/.build Fuzz/.build
