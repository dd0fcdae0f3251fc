package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSynthea uploads the public data set through the mapping of examples/synthea
// and holds the counts and findings that its README explains.
func TestSynthea(t *testing.T) {
	data := filepath.Join("..", "..", "shared", "data", "synthea_full12")
	if _, err := os.Stat(data); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the Synthea data is missing in CI: %v", err)
		}
		t.Skipf("the Synthea data (%s) is not beside this checkout", data)
	}
	example := filepath.Join("..", "examples", "synthea")
	readme, err := os.ReadFile(filepath.Join(example, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, newSetup(t, "event")) // it is history: by the wall clock all of it is late
	flags := []string{"--server", p.url, "--data", p.data}
	if _, code := run(t, append([]string{"reference", "load", "institutions", filepath.Join(example, "institutions.csv")}, flags...)...); code != 0 {
		t.Fatalf("reference load: exit %d", code)
	}
	key := p.newKey(t, "--institution", "SYN")
	report := filepath.Join(t.TempDir(), "refused.csv")
	out, code := run(t, "upload", "--restart", "--server", p.url, "--key", key, "--mapping", filepath.Join(example, "mapping.yaml"), "--report", report, data)
	summary, _, _ := strings.Cut(out, "\n")
	if code != 0 || !strings.Contains(string(readme), summary) {
		t.Errorf("upload (exit %d) printed %q, the README tells otherwise", code, summary)
	}
	if refused, err := os.ReadFile(report); err != nil || strings.Count(string(refused), "\n") != 28 {
		t.Errorf("the report has %d lines, want a header and 27: %v", strings.Count(string(refused), "\n"), err)
	}
	p.waitIdle(t)
	var found []string
	for _, f := range p.findings(t, "") {
		found = append(found, f.Rule+" "+f.FindingID)
	}
	var explained []string
	for _, m := range regexp.MustCompile("([A-Z]{3}-[0-9]{3}) `(f_[0-9a-f]{32})`").FindAllStringSubmatch(string(readme), -1) {
		explained = append(explained, m[1]+" "+m[2])
	}
	slices.Sort(found)
	slices.Sort(explained)
	if diff := cmp.Diff(explained, found); diff != "" {
		t.Errorf("findings (-explained in the README, +found):\n%s", diff)
	}
}
