package boards

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// live is a province in the real binary, watched by a real Prometheus.
type live struct {
	t          *testing.T
	product    string // address
	prometheus string
	key        string
}

// TestEveryPanelShowsData starts the product with its simulated province, lets people
// decide about some findings, and asks a Prometheus that scrapes it each query of each
// panel: every one must answer series that are not all NaN.
func TestEveryPanelShowsData(t *testing.T) {
	if os.Getenv("CLAIMWATCH_TEST_PROMETHEUS") == "" {
		t.Skip("make test-prometheus runs it: it needs bin/claimwatch and a Prometheus")
	}
	l := &live{t: t, product: free(t), prometheus: free(t)}
	data := t.TempDir()
	l.start(root+"bin/claimwatch", "demo", "--data", data, "--listen", l.product, "--days", "60", "--speed", "24")
	l.start(root+"bin/prometheus", "--config.file="+l.config(), "--storage.tsdb.path="+filepath.Join(data, "tsdb"), "--web.listen-address="+l.prometheus)
	l.until("the province answers", 2*time.Minute, func() bool {
		raw, err := os.ReadFile(filepath.Join(data, "admin.key"))
		l.key = strings.TrimSpace(string(raw))
		return err == nil && l.status() == http.StatusOK
	})
	l.until("there are findings", 3*time.Minute, func() bool { return len(l.findings("state=open")) >= 40 })
	l.decide()
	queries := ofBoards(t)
	// Each must have shown data once: a rate is nothing again when the province rests.
	missing := map[string]string{}
	for _, e := range queries {
		missing[e.String()] = "not asked"
	}
	l.until("every panel shows data", 3*time.Minute, func() bool {
		for _, e := range queries {
			if missing[e.String()] == "" {
				continue
			}
			missing[e.String()] = l.answer(e.text)
			if missing[e.String()] == "" {
				delete(missing, e.String())
			}
		}
		return len(missing) == 0
	})
	panels := map[string]bool{}
	shown := map[string]bool{}
	for _, e := range queries {
		panels[e.board+": "+e.panel] = true
	}
	for p := range panels {
		shown[p] = true
	}
	for _, e := range queries {
		if why := missing[e.String()]; why != "" {
			delete(shown, e.board+": "+e.panel)
			t.Errorf("%s: %s\n%s", e, why, e.text)
		}
	}
	t.Logf("%d of %d panels showed data, by %d queries", len(shown), len(panels), len(queries))
	l.report(queries)
	l.rulesWork()
}

// report prints what a supervisor sees first.
func (l *live) report(queries []expression) {
	for _, e := range queries {
		for _, s := range l.query(e.text) {
			if len(s.Metric) == 0 {
				l.t.Logf("%-60s %v", e, s.Value[1])
			}
		}
	}
}

// rulesWork wants recording rules without an error, and no alert but those that the
// province deserves.
func (l *live) rulesWork() {
	var answer struct {
		Data struct {
			Groups []struct {
				Rules []struct{ Name, Health, LastError, State, Type string }
			}
		}
	}
	l.get("/api/v1/rules", &answer)
	n := 0
	for _, group := range answer.Data.Groups {
		for _, rule := range group.Rules {
			n++
			if rule.Health != "ok" {
				l.t.Errorf("rule %s: %s %s", rule.Name, rule.Health, rule.LastError)
			}
			if rule.State == "firing" && rule.Name != "ClaimwatchRuleFails" {
				l.t.Logf("fires: %s", rule.Name)
			}
		}
	}
	if n < 35 {
		l.t.Errorf("only %d rules are loaded", n)
	}
}

// config is the example configuration with the addresses and the pace of a test.
func (l *live) config() string {
	l.t.Helper()
	text, err := os.ReadFile(root + "deploy/prometheus/prometheus.yml")
	if err != nil {
		l.t.Fatal(err)
	}
	rules, err := filepath.Abs(root + "deploy/prometheus")
	if err != nil {
		l.t.Fatal(err)
	}
	config := strings.NewReplacer(
		"127.0.0.1:8080", l.product, "scrape_interval: 15s", "scrape_interval: 2s", "evaluation_interval: 30s", "evaluation_interval: 2s",
		"- recording.yml", "- "+rules+"/recording.yml", "- operations.yml", "- "+rules+"/operations.yml", "- supervision.yml", "- "+rules+"/supervision.yml",
	).Replace(string(text))
	path := filepath.Join(l.t.TempDir(), "prometheus.yml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// start runs a program until the test ends.
func (l *live) start(program string, args ...string) {
	l.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		l.t.Fatalf("start %s: %v", program, err)
	}
	l.t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was told to end
		if l.t.Failed() {
			text := said.String()
			l.t.Logf("%s said:\n%s", program, text[max(0, len(text)-3000):])
		}
	})
}

// free finds a port below those that connections going out may take meanwhile.
func free(t *testing.T) string {
	t.Helper()
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(12_000))
		if listener, err := net.Listen("tcp", address); err == nil {
			_ = listener.Close()
			return address
		}
	}
	t.Fatal("no port is free")
	return ""
}

func (l *live) until(what string, within time.Duration, yes func() bool) {
	l.t.Helper()
	for deadline := time.Now().Add(within); !yes(); time.Sleep(time.Second) {
		if time.Now().After(deadline) {
			l.t.Logf("not within %s: %s", within, what)
			return
		}
	}
}

func (l *live) status() int {
	answer, err := http.Get("http://" + l.product + "/readyz")
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// call asks the product as the administrator and gives the status.
func (l *live) call(method, path string, body, into any) int {
	l.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		l.t.Fatal(err)
	}
	request, err := http.NewRequest(method, "http://"+l.product+path, bytes.NewReader(raw))
	if err != nil {
		l.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+l.key)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	if into != nil && answer.StatusCode < 300 {
		if err := json.Unmarshal(text, into); err != nil {
			l.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return answer.StatusCode
}

type found struct {
	ID       string `json:"finding_id"`
	Revision int    `json:"revision"`
	Facts    string `json:"facts_sha256"`
}

func (l *live) findings(filter string) []found {
	l.t.Helper()
	var page struct{ Items []found }
	l.call(http.MethodGet, "/v1/findings?suppressed=false&limit=1000&"+filter, nil, &page)
	return page.Items
}

// decide tells hospitals of most findings and releases some: what is told can be
// rejected only after the hospital's term, for which the simulated clock runs on.
func (l *live) decide() {
	l.t.Helper()
	act := func(f found, action string) bool {
		return l.call(http.MethodPost, "/v1/findings/"+f.ID+"/decisions", map[string]any{
			"action": action, "reason": "because", "expected_revision": f.Revision, "facts_sha256": f.Facts,
		}, nil) == http.StatusOK
	}
	done := map[string]int{}
	for i, f := range l.findings("state=open&severity=violation") {
		action := "notify"
		if i%4 == 3 {
			action = "release"
		}
		if act(f, action) {
			done[action]++
		}
	}
	l.until("terms lapse and findings are rejected", 3*time.Minute, func() bool {
		for _, f := range l.findings("state=lapsed") {
			if act(f, "reject") {
				done["reject"]++
			}
		}
		return done["reject"] > 0
	})
	l.t.Logf("decided: %v", done)
}

// sample is a series of an instant query.
type sample struct {
	Metric map[string]string
	Value  [2]any
}

func (l *live) get(path string, into any) {
	l.t.Helper()
	answer, err := http.Get("http://" + l.prometheus + path)
	if err != nil {
		return // it is still starting
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		l.t.Fatalf("%s: %v", path, err)
	}
}

func (l *live) query(text string) []sample {
	var answer struct {
		Error string
		Data  struct{ Result []sample }
	}
	l.get("/api/v1/query?query="+url.QueryEscape(text), &answer)
	if answer.Error != "" {
		l.t.Fatalf("%s: %s", text, answer.Error)
	}
	return answer.Data.Result
}

// answer says why a query shows nothing, or "".
func (l *live) answer(text string) string {
	result := l.query(text)
	if len(result) == 0 {
		return "no series"
	}
	for _, s := range result {
		if value, err := strconv.ParseFloat(fmt.Sprint(s.Value[1]), 64); err == nil && !math.IsNaN(value) {
			return ""
		}
	}
	return fmt.Sprintf("%d series, all NaN", len(result))
}
