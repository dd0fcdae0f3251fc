package audit

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"claimwatch"
)

// Every operation of the contract that this stage answers is in the document,
// with the names of section 3.
func TestOpenAPI(t *testing.T) {
	d := newDesk(t)
	api := humago.New(http.NewServeMux(), huma.DefaultConfig("test", "1"))
	d.audit.Register(api)
	raw, err := json.Marshal(api.OpenAPI())
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	var document struct {
		Paths      map[string]map[string]json.RawMessage
		Components struct {
			Schemas map[string]struct {
				Properties map[string]json.RawMessage
				Required   []string
			}
		}
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	for path, methods := range map[string][]string{
		"/v1/findings": {"get"}, "/v1/findings/{id}": {"get"}, "/v1/findings/{id}/decisions": {"post"}, "/v1/decisions": {"post"},
		"/v1/findings/{id}/statements": {"post"}, "/v1/rejections": {"get"}, "/v1/reference/{table}": {"get", "put"},
		"/v1/reference/{table}/history": {"get"}, "/v1/journal": {"get"}, "/v1/keys": {"post"}, "/v1/baselines": {"post"}, "/v1/digest": {"get"},
		"/v1/coverage": {"get"}, "/v1/coverage/sums": {"get"}, "/v1/stays/{institution_id}/{stay_id}": {"get"},
		"/v1/sanctions": {"get", "post"}, "/v1/sanctions/{id}/decisions": {"post"}, "/v1/sanctions/recommendations": {"get"}, "/v1/clues": {"get", "post"},
		"/v1/clues/{id}": {"get"}, "/v1/clues/{id}/steps": {"post"}, "/v1/registers": {"get"}, "/v1/agreements": {"get"}, "/v1/agreements/public": {"get"},
		"/v1/inspections/{id}/draw": {"get"}, "/v1/assessments/{institution_id}/{year}": {"post"},
	} {
		for _, method := range methods {
			if document.Paths[path][method] == nil {
				t.Errorf("%s %s is not in the document", method, path)
			}
		}
	}
	for name, fields := range map[string][]string{
		"FindingDetail": {"finding_id", "revision", "facts_sha256", "state", "suppressed_by", "lines", "evidence", "due_on", "due_provisional", "history"},
		"FindingView":   {"finding_id", "severity", "subject", "from", "until", "amount", "basis", "grounds", "opened_at", "revised_at", "notified_at"},
		"DecisionBody":  {"action", "lines", "reason", "expected_revision", "facts_sha256"},
		"RejectedList":  {"institution_id", "month", "number", "sealed", "total", "items"},
		"RejectedItem":  {"claimed", "rejected", "reason", "basis", "decided_by", "decided_at"},
	} {
		schema, ok := document.Components.Schemas[name]
		for _, field := range fields {
			if schema.Properties[field] == nil {
				t.Errorf("schema %s (there: %t) has no %s", name, ok, field)
			}
		}
	}
	needed := document.Components.Schemas["DecisionBody"].Required
	for _, field := range []string{"action", "expected_revision", "facts_sha256"} {
		if !slices.Contains(needed, field) {
			t.Errorf("a decision does not need %s: %v", field, needed)
		}
	}
	if slices.Contains(needed, "lines") || slices.Contains(needed, "reason") {
		t.Errorf("a decision needs more than it should: %v", needed)
	}
}

// Amounts, days and instants are described as what they are sent as: texts.
func TestSchemasOfWords(t *testing.T) {
	registry := huma.NewMapRegistry("#/", huma.DefaultSchemaNamer)
	type words struct {
		Amount claimwatch.Fen     `json:"amount"`
		Day    claimwatch.Day     `json:"day"`
		At     claimwatch.Instant `json:"at"`
		Kind   claimwatch.Kind    `json:"kind"`
	}
	schema := huma.SchemaFromType(registry, reflect.TypeFor[words]())
	if schema.Ref != "" {
		schema = registry.SchemaFromRef(schema.Ref)
	}
	for name, property := range schema.Properties {
		if property.Type != huma.TypeString {
			t.Errorf("%s is described as %s", name, property.Type)
		}
	}
}
