package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"
)

// undocumented are paths that show the document itself.
var undocumented = []string{"GET /docs", "GET /openapi.json", "GET /openapi.yaml", "GET /openapi-3.0.json", "GET /openapi-3.0.yaml"}

// TestOpenAPI holds the served document against the handlers: whatever is
// served is in it, whatever is in it is served, and every operation says what
// it answers, also when it refuses.
func TestOpenAPI(t *testing.T) {
	s := defaultSettings()
	s.Data, s.Clock = t.TempDir(), "event"
	n, err := openNode(t.Context(), s, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer n.close()
	document := n.stages.server.API().OpenAPI()
	var documented []string
	for path, item := range document.Paths {
		for method, op := range map[string]*huma.Operation{
			http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete, http.MethodPatch: item.Patch,
		} {
			if op == nil {
				continue
			}
			documented = append(documented, method+" "+path)
			checkOperation(t, method+" "+path, op)
		}
	}
	served := slices.DeleteFunc(n.stages.server.Patterns(), func(pattern string) bool { return slices.Contains(undocumented, pattern) })
	slices.Sort(served)
	slices.Sort(documented)
	if diff := cmp.Diff(served, documented); diff != "" {
		t.Errorf("served and documented (-served, +documented):\n%s", diff)
	}
	if len(documented) < 20 {
		t.Errorf("only %d operations", len(documented))
	}
}

// TestTheConsoleKnowsTheDocument: the types of the console are made from the document as
// it is served (UPDATE_GOLDEN=1 writes it; then npm run schema in audit/console).
func TestTheConsoleKnowsTheDocument(t *testing.T) {
	s := defaultSettings()
	s.Data, s.Clock = t.TempDir(), "event"
	n, err := openNode(t.Context(), s, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer n.close()
	text, err := json.MarshalIndent(n.stages.server.API().OpenAPI(), "", " ")
	if err != nil {
		t.Fatalf("MarshalIndent() error:\n%+v", err)
	}
	text = append(text, '\n')
	const kept = "../../audit/console/openapi.json"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(kept, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(text, want) {
		t.Error("audit/console/openapi.json is not what is served: make generate")
	}
}

func checkOperation(t *testing.T, name string, op *huma.Operation) {
	t.Helper()
	if op.Summary == "" || op.OperationID == "" {
		t.Errorf("%s has no summary or no id", name)
	}
	refusal := op.Responses["default"]
	if refusal == nil || refusal.Content["application/problem+json"] == nil ||
		!strings.HasSuffix(refusal.Content["application/problem+json"].Schema.Ref, "/Problem") {
		t.Errorf("%s does not say that it refuses with a problem document", name)
	}
	good := 0
	for status := range op.Responses {
		if strings.HasPrefix(status, "2") {
			good++
		}
	}
	if good == 0 {
		t.Errorf("%s does not say what it answers", name)
	}
}
