package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"claimwatch/alerts"
)

// endpoint is a receiver that keeps what it is told by id, sometimes fails, and
// sometimes takes a message and is not heard saying so.
type endpoint struct {
	t    *testing.T
	mu   sync.Mutex
	body map[string]string // by id
	// Of messages in the order in which each came first.
	order []alerts.Message
	// standing is what is firing by the messages; fired counts how often each was told.
	standing map[string]map[string]string // by receiver and fingerprint: finding
	fired    map[string]int
	repeats  int // messages that came again
	failures int
}

const alertSecret = "a secret of the test"

func newEndpoint(t *testing.T) (*endpoint, string) {
	t.Helper()
	e := &endpoint{t: t, body: map[string]string{}, standing: map[string]map[string]string{"all": {}, "each": {}}, fired: map[string]int{}}
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return e, server.URL
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the process was killed while it wrote
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	id := r.Header.Get(alerts.HeaderAlertID)
	if got, want := r.Header.Get(alerts.HeaderSignature), alerts.Signature([]byte(alertSecret), id, r.Header.Get(alerts.HeaderTimestamp), body); got != want {
		e.t.Errorf("signature of %s: %q, want %q", id, got, want)
	}
	luck := rand.IntN(20)
	if luck == 0 {
		e.failures++
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	e.take(id, string(body))
	if luck == 1 { // taken, and the answer is lost
		e.failures++
		w.WriteHeader(http.StatusBadGateway)
	}
}

func (e *endpoint) take(id, body string) {
	if known, again := e.body[id]; again {
		e.repeats++
		if known != body {
			e.t.Errorf("message %s came with another body:\n%s\n%s", id, known, body)
		}
		return
	}
	e.body[id] = body
	var m alerts.Message
	if err := json.Unmarshal([]byte(body), &m); err != nil || m.ID != id {
		e.t.Errorf("message %s: id %q, %v", id, m.ID, err)
	}
	e.order = append(e.order, m)
	for _, told := range m.Alerts {
		at := e.standing[m.Receiver]
		_, standing := at[told.Fingerprint]
		switch {
		case told.Status == alerts.StatusFiring && standing, told.Status == alerts.StatusResolved && !standing:
			e.t.Errorf("message %s tells again that %v is %s", id, told.Labels, told.Status)
		case told.Status == alerts.StatusFiring:
			at[told.Fingerprint] = told.Labels["finding_id"]
			e.fired[told.Fingerprint]++
		case told.Status == alerts.StatusResolved:
			delete(at, told.Fingerprint)
		}
	}
}

// findings are those that are firing by what a receiver was told.
func (e *endpoint) findings(receiver string) map[string]bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	ids := map[string]bool{}
	for _, id := range e.standing[receiver] {
		if id != "" {
			ids[id] = true
		}
	}
	return ids
}

// inOrder wants the messages of each group numbered 1, 2, 3, … as they came.
func (e *endpoint) inOrder() {
	next := map[string]uint64{}
	for _, m := range e.order {
		group := m.Receiver + m.GroupKey
		if next[group]++; m.Sequence != next[group] {
			e.t.Errorf("group %s: message %d came where %d should have", group, m.Sequence, next[group])
		}
	}
}

// perPerson is how many findings a person causes.
const perPerson = 10

// alertsSize is a little in every run of the tests, everything with make test-alerts.
func alertsSize() (persons, kills int) {
	if os.Getenv("CLAIMWATCH_TEST_ALERTS") == "full" {
		return 1_000, 12
	}
	return 16, 3
}

func alertingSetup(t *testing.T, url string) setup {
	t.Helper()
	s := newSetup(t, "event")
	routes := filepath.Join(s.data, "alerts.yaml")
	text := fmt.Sprintf(`
route:
  receiver: each
  group_by: ['...']
  group_wait: 300ms
  group_interval: 1s
  repeat_interval: 30d
  routes:
    - {receiver: all, group_by: [institution_id, rule], matchers: ['alertname="Finding"'], continue: true}
    - {receiver: each, matchers: ['alertname="Finding"']}
receivers:
  - name: all
    webhook_configs: [{url: %q, secret: %q}]
  - name: each
    webhook_configs: [{url: %q, secret: %q}]
    inbox_configs: [{roles: [officer]}]
`, url, alertSecret, url, alertSecret)
	if err := os.WriteFile(routes, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.serve = fmt.Sprintf("alerts: {routes: %q}\n", routes)
	return s
}

// TestAlertsAgainstKills: whatever becomes of the process, an endpoint that knows ids is
// told of each finding once and of its end once, in the order of each group.
func TestAlertsAgainstKills(t *testing.T) {
	persons, kills := alertsSize()
	e, url := newEndpoint(t)
	s := alertingSetup(t, url)
	p := start(t, s)
	loadReference(t, p.client)
	keys := []string{p.newKey(t, "--institution", "H1"), p.newKey(t, "--institution", "H2")}
	c := &survivor{client: p.client}
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for first := 0; first < persons; first += 8 {
			c.sendPersons(first, min(8, persons-first), keys[first/8%2])
		}
	}()
	for n := range kills {
		time.Sleep(time.Duration(500+rand.IntN(2_500)) * time.Millisecond)
		if n == kills-1 {
			<-sent // the last ones come while only messages are on their way
		}
		p.kill()
		p = start(t, s)
	}
	p.waitIdle(t)
	wanted := map[string]bool{}
	for _, f := range p.findings(t, "state=open") {
		if f.Severity != "reminder" {
			wanted[f.FindingID] = true
		}
	}
	if least := persons * perPerson * 9 / 10; len(wanted) < least {
		t.Fatalf("%d findings, want %d and more", len(wanted), least)
	}
	until := time.Now().Add(10 * time.Minute)
	for time.Now().Before(until) && !(sameKeys(e.findings("all"), wanted) && sameKeys(e.findings("each"), wanted)) {
		time.Sleep(200 * time.Millisecond)
	}
	p.stop(t)
	e.inOrder()
	for _, receiver := range []string{"all", "each"} {
		if got := e.findings(receiver); !sameKeys(got, wanted) {
			t.Errorf("%s knows of %d findings, want those %d that stand", receiver, len(got), len(wanted))
		}
	}
	messages := len(e.order)
	t.Logf("%d findings, %d kills -9: %d alerts in %d messages to two receivers; %d came again with their id, none without; the endpoint failed %d times",
		len(wanted), kills, len(e.fired), messages, e.repeats, e.failures)
}

func sameKeys(a, b map[string]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for key := range a {
		if !b[key] {
			return false
		}
	}
	return true
}

// survivor sends again until it has an answer.
type survivor struct{ *client }

// sendPersons sends stays with fees charged twice. Of every tenth the second is taken
// back afterwards, when the finding may have been told.
func (c *survivor) sendPersons(first, n int, key string) {
	var lines, later []string
	for i := first; i < first+n; i++ {
		id := fmt.Sprint("k", i)
		lines = append(lines, admission("P"+id, "S"+id, "2026-03-02T08:00:00+08:00"))
		for n := range perPerson {
			at := fmt.Sprintf("2026-03-02T%02d:00:00+08:00", 9+n)
			once, twice := feeLine(fmt.Sprint("F", id, n), "P"+id, "S"+id, at, "LAB1", ""), feeLine(fmt.Sprint("G", id, n), "P"+id, "S"+id, at, "LAB1", "")
			lines = append(lines, once, twice)
			if n == 0 {
				later = append(later, strings.Replace(twice, `"kind":"fee",`, `"kind":"fee","revision":2,"cancelled":true,`, 1))
			}
		}
	}
	for _, part := range [][]string{lines, later} {
		for len(part) > 0 {
			a, err := c.as(key).try(http.MethodPost, "/v1/records?wait=5", "application/x-ndjson", []byte(strings.Join(part, "\n")))
			if err == nil && a.status == http.StatusAccepted {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
}
