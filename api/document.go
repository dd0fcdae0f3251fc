package api

import (
	"net/http"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// routes is a mux that remembers what was registered, so that a test can hold
// the document against it.
type routes struct {
	*http.ServeMux
	patterns []string
}

// HandleFunc registers a handler.
func (r *routes) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	r.patterns = append(r.patterns, pattern)
	r.ServeMux.HandleFunc(pattern, h)
}

// Patterns lists what is served, as net/http writes it, in the order of registration.
func (s *Server) Patterns() []string { return slices.Clone(s.mux.patterns) }

// Complete adds to the document what holds for every operation: the problems
// that any call can be answered with, and Idempotency-Key on writing calls. It
// is called once, when everything is registered.
func (s *Server) Complete() {
	document := s.api.OpenAPI()
	problem := &huma.MediaType{Schema: document.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "")}
	for path, item := range document.Paths {
		for method, op := range operations(item) {
			if op == nil {
				continue
			}
			if _, said := op.Responses["default"]; !said {
				op.Responses["default"] = &huma.Response{
					Description: "what is wrong and what to do", Content: map[string]*huma.MediaType{problemType: problem},
				}
			}
			if writes(method, path) {
				op.Parameters = append(op.Parameters, idempotencyKey())
			}
		}
	}
}

const problemType = "application/problem+json"

func operations(item *huma.PathItem) map[string]*huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete, http.MethodPatch: item.Patch,
	}
}

func idempotencyKey() *huma.Param {
	least, most := 1, 128
	return &huma.Param{
		Name: "Idempotency-Key", In: "header",
		Description: "the same key with the same body gives the first answer again; kept 7 days",
		Schema:      &huma.Schema{Type: huma.TypeString, MinLength: &least, MaxLength: &most, Pattern: "^[ -~]+$"},
	}
}

// DescribeOperations adds the paths without a key to the document.
func (s *Server) DescribeOperations() {
	for path, summary := range map[string]string{
		"/metrics": "Metrics for Prometheus", "/livez": "Whether this process should be left running", "/readyz": "Whether this process can answer",
	} {
		text := map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}}
		op := &huma.Operation{
			OperationID: path[1:], Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{"operations"},
			Security:  []map[string][]string{}, // none
			Responses: map[string]*huma.Response{"200": {Description: "yes", Content: text}},
		}
		if path != "/metrics" {
			op.Responses["503"] = &huma.Response{Description: "no, and why", Content: text}
		}
		s.api.OpenAPI().AddOperation(op)
	}
}
