package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"claimwatch/alerts"
	"claimwatch/audit"
)

// TestNoticeReachesTheHospital: what an officer tells a hospital comes to its registered
// address once, is proven in the journal, and stands in its inbox; an officer's inbox
// has the finding until it is decided, and a broken routes file changes nothing.
func TestNoticeReachesTheHospital(t *testing.T) {
	t.Parallel()
	e, url := newEndpoint(t)
	e.standing["H1"] = map[string]string{}
	s := newSetup(t, "event")
	routes := filepath.Join(s.data, "alerts.yaml")
	text := fmt.Sprintf(`
route:
  receiver: officers
  group_by: [institution_id, rule]
  group_wait: 200ms
  group_interval: 500ms
receivers: [{name: officers, inbox_configs: [{roles: [officer]}]}]
notice_contacts: [{institution_id: H1, webhook: {url: %q, secret: %q}}]
`, url, alertSecret)
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(routes, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(text)
	s.serve = fmt.Sprintf("alerts: {routes: %q, console: \"https://console.example\"}\n", routes)
	p := start(t, s)
	loadReference(t, p.client)
	hospital := p.as(p.newKey(t, "--institution", "H1"))
	hospital.upload(t, admission("P1", "S1", "2026-03-02T08:00:00+08:00"),
		feeLine("F1", "P1", "S1", "2026-03-02T09:00:00+08:00", "LAB1", ""), feeLine("G1", "P1", "S1", "2026-03-02T09:00:00+08:00", "LAB1", ""))
	p.waitIdle(t)
	var f finding
	for _, one := range p.findings(t, "state=open") {
		if one.Severity == "violation" {
			f = one
		}
	}
	told := func(c *client, name string) (found []alerts.Told) {
		t.Helper()
		var page struct {
			Items []alerts.InboxItem `json:"items"`
		}
		c.do(t, http.MethodGet, "/v1/inbox", "", nil).into(t, &page)
		for _, item := range page.Items {
			for _, one := range item.Alerts {
				if one.Labels["alertname"] == name {
					found = append(found, one)
				}
			}
		}
		return found
	}
	within(t, "the officer is told", func() bool { return len(told(p.client, alerts.NameFinding)) > 0 })
	if got := told(hospital, alerts.NameFinding); len(got) > 0 {
		t.Errorf("the hospital is told before the notice: %+v", got)
	}
	p.decideAs(t, f, "notify")
	within(t, "the hospital is told", func() bool { return e.findings("H1")[f.FindingID] && len(told(hospital, alerts.NameNotice)) == 1 })
	notices := func() (page struct{ Items []audit.NoticeView }) {
		hospital.do(t, http.MethodGet, "/v1/notices", "", nil).into(t, &page)
		return page
	}
	within(t, "the delivery is proven", func() bool { return len(notices().Items[0].Deliveries) == 1 })
	proof := notices().Items[0].Deliveries[0]
	if proof.Channel != "webhook" || proof.Findings[0] != f.FindingID || e.body[proof.Message] == "" {
		t.Errorf("proof %+v", proof)
	}
	write("route: {receiver: nobody}")
	p.signal(t, syscall.SIGHUP)
	within(t, "the fault is told", func() bool { return strings.Contains(p.output(), "the previous routes are kept") })
	p.kill()
	write(text)
	p = start(t, s)
	time.Sleep(2 * time.Second)
	if out, code := run(t, "alerts", "routes", "show", "--server", p.url, "--data", p.data, "--labels", "alertname=Finding"); code != 0 || !strings.Contains(out, "=>") {
		t.Errorf("alerts routes show: exit %d, %s", code, out)
	}
	if out, code := run(t, "alerts", "list", "--server", p.url, "--data", p.data); code != 0 || !strings.Contains(out, f.FindingID) {
		t.Errorf("alerts list: exit %d, %s", code, out)
	}
	if n := len(notices().Items[0].Deliveries); n != 1 || len(e.order) != 1 {
		t.Errorf("%d proofs and %d messages, want one each", n, len(e.order))
	}
}

func within(t *testing.T, what string, is func() bool) {
	t.Helper()
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if is() {
			return
		}
	}
	t.Fatalf("not within a minute: %s", what)
}
