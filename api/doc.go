// Package api is what every HTTP door of the product has in common: keys and
// callers, problem documents, limits, idempotent writing, the OpenAPI document
// and its page. The stages register their operations on its huma API; only
// cmd/claimwatch imports it.
package api
