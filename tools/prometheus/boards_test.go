// Package boards tests the boards and rules of deploy/ with Prometheus itself: its
// parser, and a server that scrapes the real binary. It is a module of its own, so that
// nothing of Prometheus is in the product's.
package boards

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

const root = "../../"

// expression is PromQL somewhere in deploy/.
type expression struct {
	board, panel, ref string // of a rule: its file, its name, empty
	text              string
}

func (e expression) String() string { return e.board + ": " + e.panel + " " + e.ref }

// panel is what the tests need of a panel of Grafana.
type panel struct {
	Type, Title, Description string
	Targets                  []struct{ RefID, Expr, RawSQL string }
}

type dashboard struct {
	UID, Title string
	Panels     []panel
	Templating struct {
		List []struct {
			Name, Type string
			Query      json.RawMessage
		}
	}
}

func boardNamed(t *testing.T, name string) (d dashboard) {
	t.Helper()
	text, err := os.ReadFile(root + "deploy/grafana/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return d
}

// variables are what Grafana fills in, when everything is chosen.
var variables = strings.NewReplacer("$__rate_interval", "1m", "$__range", "1h", "$city", ".*", "$severity", ".*", "$rule", ".*", "$instance", ".*")

// ofBoards lists the queries of the boards that ask Prometheus.
func ofBoards(t *testing.T) (all []expression) {
	t.Helper()
	for _, name := range []string{"supervision", "quality", "operations"} {
		d := boardNamed(t, name)
		for _, p := range d.Panels {
			if p.Type != "row" && (p.Description == "" || len(p.Targets) == 0) {
				t.Errorf("%s: panel %q has no description or no query", name, p.Title)
			}
			for _, target := range p.Targets {
				all = append(all, expression{name, p.Title, target.RefID, variables.Replace(target.Expr)})
			}
		}
	}
	return all
}

func rulesIn(t *testing.T, name string) *rulefmt.RuleGroups {
	t.Helper()
	file := filepath.Join(root, "deploy/prometheus", name+".yml")
	groups, faults := rulefmt.ParseFile(file, false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
	if len(faults) > 0 {
		t.Fatalf("%s: %v", name, faults)
	}
	return groups
}

// ofRules lists the expressions of recording and alerting rules, and what is recorded.
func ofRules(t *testing.T) (all []expression, recorded []string) {
	t.Helper()
	for _, name := range []string{"recording", "operations", "supervision"} {
		groups := rulesIn(t, name)
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				all = append(all, expression{name + ".yml", rule.Record + rule.Alert, "", rule.Expr})
				if rule.Record != "" {
					recorded = append(recorded, rule.Record)
				}
			}
		}
	}
	return all, recorded
}

// known reads docs/metrics.md, which TestMetricsPage of cmd/claimwatch holds against the
// registry of a node: the labels of each series by its name.
func known(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(root + "docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	series := map[string][]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| ([a-z]+) \\| ([a-z_, ]*) \\|").FindAllStringSubmatch(string(text), -1) {
		own := strings.FieldsFunc(row[3], func(r rune) bool { return r == ',' || r == ' ' })
		series[row[1]] = own
		if row[2] == "histogram" {
			series[row[1]+"_bucket"] = append([]string{"le"}, own...)
			series[row[1]+"_sum"], series[row[1]+"_count"] = own, own
		}
	}
	if len(series) < 90 {
		t.Fatalf("only %d series are known", len(series))
	}
	return series
}

// ofProcess are metrics of the process and of scraping that every target has.
func ofProcess(name string) bool {
	return name == "up" || strings.HasPrefix(name, "process_") || strings.HasPrefix(name, "go_")
}

// Every expression of boards and rules is PromQL, names metrics that a node has, and
// selects by labels that they have.
func TestEveryMetricIsInTheRegistry(t *testing.T) {
	series := known(t)
	rules, recorded := ofRules(t)
	for _, name := range recorded {
		series[name] = []string{"city", "rule", "route", "topic", "group"}
	}
	all := append(ofBoards(t), rules...)
	selectors := 0
	for _, e := range all {
		parsed, err := parser.NewParser(parser.Options{}).ParseExpr(e.text)
		if err != nil {
			t.Errorf("%s: %v\n%s", e, err, e.text)
			continue
		}
		for _, selector := range parser.ExtractSelectors(parsed) {
			selectors++
			if fault := faultOf(selector, series); fault != "" {
				t.Errorf("%s: %s", e, fault)
			}
		}
	}
	t.Logf("%d expressions, %d selectors", len(all), selectors)
}

// faultOf says what a node could never answer to a selector.
func faultOf(selector []*labels.Matcher, series map[string][]string) string {
	name := ""
	for _, m := range selector {
		if m.Name == labels.MetricName {
			name = m.Value
		}
	}
	own, there := series[name]
	if !there && !ofProcess(name) {
		return "there is no metric " + name
	}
	for _, m := range selector {
		if m.Name != labels.MetricName && m.Name != "instance" && m.Name != "job" && !slices.Contains(own, m.Name) {
			return fmt.Sprintf("%s has no label %s", name, m.Name)
		}
	}
	return ""
}

// The check itself can fail.
func TestFaultOf(t *testing.T) {
	series := map[string][]string{"claimwatch_findings": {"city"}}
	for text, want := range map[string]string{
		`claimwatch_findings{city="a"}`: "", `claimwatch_findingz`: "there is no metric claimwatch_findingz",
		`claimwatch_findings{town="a"}`: "claimwatch_findings has no label town", `up{job="a"}`: "",
	} {
		parsed, err := parser.NewParser(parser.Options{}).ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := faultOf(parser.ExtractSelectors(parsed)[0], series); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Each alert has a section in the runbook, and each section an alert.
func TestEveryAlertHasARunbook(t *testing.T) {
	text, err := os.ReadFile(root + "docs/runbook.md")
	if err != nil {
		t.Fatal(err)
	}
	var sections, alerts []string
	for _, heading := range regexp.MustCompile(`(?m)^### (\S+)$`).FindAllStringSubmatch(string(text), -1) {
		sections = append(sections, heading[1])
	}
	for _, name := range []string{"operations", "supervision"} {
		for _, rule := range rulesIn(t, name).Groups[0].Rules {
			alerts = append(alerts, rule.Alert)
			if want := "docs/runbook.md#" + strings.ToLower(rule.Alert); rule.Annotations["runbook_url"] != want {
				t.Errorf("%s: runbook_url %q, want %q", rule.Alert, rule.Annotations["runbook_url"], want)
			}
			if !slices.Contains([]string{"critical", "warning", "info"}, rule.Labels["severity"]) || rule.Annotations["summary"] == "" || rule.Annotations["description"] == "" {
				t.Errorf("%s lacks its severity, summary or description", rule.Alert)
			}
		}
	}
	slices.Sort(sections)
	slices.Sort(alerts)
	if !slices.Equal(sections, alerts) {
		t.Errorf("sections %v\nalerts   %v", sections, alerts)
	}
}
