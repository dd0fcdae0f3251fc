package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch/audit/board"
)

// shownMetric is a row of docs/metrics.md.
type shownMetric struct {
	name, kind, help string
	labels           []string
}

// describedAs takes the text of a description apart: the library keeps the parts to itself.
var describedAs = regexp.MustCompile(`^Desc\{fqName: "([^"]+)", help: "(.*?)", (?:unit: "[^"]*", )?constLabels: \{(.*)\}, variableLabels: \{(.*)\}\}$`)

// kindless are metrics of which nothing is known before something has happened.
func kindless() map[string]string {
	return map[string]string{
		"claimwatch_http_request_seconds": "histogram", "claimwatch_door_step_seconds": "histogram", "claimwatch_sink_step_seconds": "histogram",
		"claimwatch_evaluation_seconds": "histogram", "claimwatch_stream_write_seconds": "histogram", "claimwatch_stream_batch_messages": "histogram",
		"claimwatch_door_clock_ahead_seconds": "gauge", "claimwatch_stream_lag_messages": "gauge", "claimwatch_stream_lag_seconds": "gauge",
		"claimwatch_stream_buffered_bytes": "gauge", "claimwatch_stream_halted": "gauge", "claimwatch_alerts_active": "gauge",
	}
}

// metricsOf lists what the registry of a node holds, by name.
func metricsOf(t *testing.T, registry *prometheus.Registry) map[string]*shownMetric {
	t.Helper()
	kinds := kindless()
	maps.Copy(kinds, board.NewBoard().Types())
	families, err := registry.Gather()
	must(t, err)
	for _, family := range families {
		kinds[family.GetName()] = strings.ToLower(family.GetType().String())
	}
	descs := make(chan *prometheus.Desc)
	go func() { registry.Describe(descs); close(descs) }()
	all := map[string]*shownMetric{}
	for desc := range descs {
		parts := describedAs.FindStringSubmatch(desc.String())
		if parts == nil {
			t.Fatalf("cannot read %s", desc)
		}
		if !strings.HasPrefix(parts[1], "claimwatch_") {
			continue // of the Go runtime and the process
		}
		one := &shownMetric{name: parts[1], help: parts[2], kind: kinds[parts[1]]}
		for _, pair := range strings.FieldsFunc(parts[3]+","+parts[4], func(r rune) bool { return r == ',' }) {
			label, _, _ := strings.Cut(pair, "=")
			one.labels = append(one.labels, label)
		}
		slices.Sort(one.labels)
		if one.kind == "" && strings.HasSuffix(one.name, "_total") {
			one.kind = "counter"
		}
		if one.kind == "" {
			t.Errorf("the kind of %s is not known: add it to kindless", one.name)
		}
		all[one.name] = one
	}
	return all
}

// openedMetrics are those of a node that has done nothing yet.
func openedMetrics(t *testing.T) map[string]*shownMetric {
	t.Helper()
	s := defaultSettings()
	s.Data, s.Clock = t.TempDir(), "event"
	n, err := openNode(t.Context(), s, zap.NewNop())
	must(t, err)
	defer n.close()
	return metricsOf(t, n.registry)
}

// TestMetricsPage holds docs/metrics.md against the registry (UPDATE_GOLDEN=1 writes it),
// and the boards and rules against it: they name nothing that is not there. What the
// expressions mean is tested by make test-prometheus.
func TestMetricsPage(t *testing.T) {
	all := openedMetrics(t)
	var page strings.Builder
	page.WriteString("# Metrics\n\nGenerated from the registry of a node by `UPDATE_GOLDEN=1 go test ./cmd/claimwatch -run TestMetricsPage`; do not edit.\n" +
		"`GET /metrics` also has those of the Go runtime (`go_`) and the process (`process_`). Which process says what: [boards.md](boards.md).\n\n" +
		"| metric | kind | labels | meaning |\n|---|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		m := all[name]
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s |\n", name, m.kind, strings.Join(m.labels, ", "), strings.ReplaceAll(m.help, "|", `\|`))
	}
	const kept = "../../docs/metrics.md"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		must(t, os.WriteFile(kept, []byte(page.String()), 0o644))
	}
	text, err := os.ReadFile(kept)
	must(t, err)
	if diff := cmp.Diff(string(text), page.String()); diff != "" {
		t.Errorf("docs/metrics.md is stale, run UPDATE_GOLDEN=1 go test ./cmd/claimwatch -run TestMetricsPage (-kept, +registry):\n%s", diff)
	}
}

// named finds the metrics that a file of deploy/ asks for; recorded series have a colon
// beside the name.
var named = regexp.MustCompile(`[^:\w](claimwatch_[a-z_]+)(?:[^:\w]|$)`)

// unknownMetrics lists what a text asks for and a node does not have.
func unknownMetrics(text string, all map[string]*shownMetric) (unknown []string, asked int) {
	for _, found := range named.FindAllStringSubmatch(text, -1) {
		name := found[1]
		asked++
		for _, suffix := range []string{"_bucket", "_sum", "_count"} {
			if base, cut := strings.CutSuffix(name, suffix); cut && all[base] != nil && all[base].kind == "histogram" {
				name = base
			}
		}
		if all[name] == nil {
			unknown = append(unknown, found[1])
		}
	}
	return unknown, asked
}

// TestBoardsAskForWhatIsThere is the quick part of make test-prometheus.
func TestBoardsAskForWhatIsThere(t *testing.T) {
	all := openedMetrics(t)
	for _, pattern := range []string{"../../deploy/prometheus/[ors]*.yml", "../../deploy/grafana/[oqs]*y.json", "../../deploy/grafana/operations.json"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		if len(files) == 0 {
			t.Errorf("no file is %s", pattern)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			must(t, err)
			unknown, asked := unknownMetrics(string(text), all)
			if len(unknown) > 0 || asked < 5 {
				t.Errorf("%s asks for %d metrics, of which a node does not have %v", file, asked, unknown)
			}
		}
	}
	if unknown, _ := unknownMetrics("rate(claimwatch_findingz[1m]) + city:claimwatch_nothing:max", all); len(unknown) != 1 {
		t.Errorf("a metric that is not there is not seen: %v", unknown)
	}
}
