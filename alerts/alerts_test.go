package alerts

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"claimwatch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func always(r *Routes) func() (*Routes, error) { return func() (*Routes, error) { return r, nil } }

// wants compares what a message says of which findings.
func wants(t *testing.T, m Message, status string, sequence uint64, said ...string) {
	t.Helper()
	var got []string
	for _, told := range m.Alerts {
		got = append(got, told.Status+" "+told.Labels["finding_id"]+told.Labels["of"])
	}
	if m.Status != status || m.Sequence != sequence || strings.Join(got, ", ") != strings.Join(said, ", ") {
		t.Errorf("message %d is %s of %q, want %d, %s of %q", m.Sequence, m.Status, got, sequence, status, said)
	}
}

// TestToldOnce: a finding is told once, also over a restart; what became of it while
// nobody ran is told after it.
func TestToldOnce(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	routes := hookRoutes(t, h.url, "")
	w.set(finding("f_1", 100_00))
	p := begin(t, quick(), log, w, always(routes))
	first := h.next(t)
	wants(t, first, StatusFiring, 1, "firing f_1")
	if first.Alerts[0].Annotations["link"] != "http://console/findings/f_1" || first.Alerts[0].Annotations["amount_yuan"] != "100.00" {
		t.Errorf("annotations %v", first.Alerts[0].Annotations)
	}
	w.set(finding("f_2", 1))
	p.Changed("f_2")
	wants(t, h.next(t), StatusFiring, 2, "firing f_2")
	eventually(t, "both deliveries are noted", func() bool { return p.metric(t, "claimwatch_alerts_notifications_total", OutcomeDelivered) == 2 })
	if got := p.metric(t, "claimwatch_alerts_told_total", NameFinding, StatusFiring); got != 4 { // the inbox too
		t.Errorf("told %v alerts, want 4", got)
	}
	if got := p.metric(t, "claimwatch_alerts_active", NameFinding); got != 2 {
		t.Errorf("%v are active, want 2", got)
	}
	p.stop()

	gone := finding("f_1", 100_00)
	gone.State = claimwatch.StateRetracted
	w.set(gone)
	w.set(finding("f_3", 1))
	p = begin(t, quick(), log, w, always(routes))
	wants(t, h.next(t), StatusFiring, 3, "resolved f_1", "firing f_3")
	eventually(t, "the sender says so", func() bool { return p.metric(t, "claimwatch_alerts_sender") == 1 })
	h.quietFor(t, 200*time.Millisecond)
	decided := finding("f_2", 1)
	decided.State = claimwatch.StateReleased
	w.set(decided)
	p.Changed("f_2")
	wants(t, h.next(t), StatusResolved, 4, "resolved f_2")
}

// TestRebuiltStore: that nobody knows a finding is no reason to say that it is over.
func TestRebuiltStore(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	routes := hookRoutes(t, h.url, "")
	w.set(finding("f_1", 1))
	p := begin(t, quick(), log, w, always(routes))
	h.next(t)
	eventually(t, "the delivery is noted", func() bool { return len(p.Book().Outcomes()) == 1 })
	p.stop()
	w.mu.Lock()
	w.unknown = true
	w.mu.Unlock()
	p = begin(t, quick(), log, w, always(routes))
	h.quietFor(t, 300*time.Millisecond)
	w.mu.Lock()
	w.unknown = false
	w.mu.Unlock()
	p.Changed("f_1")
	h.quietFor(t, 200*time.Millisecond)
}

// TestBandsAreRevised: an amount that leaves its band ends one alert and begins another.
func TestBandsAreRevised(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	w.set(finding("f_1", 1))
	p := begin(t, quick(), log, w, always(hookRoutes(t, h.url, "")))
	h.next(t)
	w.set(finding("f_1", 2))
	p.Changed("f_1")
	h.quietFor(t, 200*time.Millisecond)
	w.set(finding("f_1", 20_000_00))
	p.Changed("f_1")
	bands := map[string]string{}
	for len(bands) < 2 { // in one message or in two
		for _, told := range h.next(t).Alerts {
			bands[told.Labels["amount"]] = told.Status
		}
	}
	if bands["below_1000"] != StatusResolved || bands["10000_to_50000"] != StatusFiring {
		t.Errorf("told of bands %v", bands)
	}
}

// TestReceiverComesBack: nothing is lost while a receiver fails, hangs or is cut off,
// and the order of a group holds; what it will never take is shown.
func TestReceiverComesBack(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	h.fails = func(rw http.ResponseWriter, n int) bool {
		switch n {
		case 1:
			rw.WriteHeader(http.StatusInternalServerError)
		case 2:
			rw.WriteHeader(http.StatusTooManyRequests)
		case 3:
			panic(http.ErrAbortHandler) // the connection is closed
		case 4:
			time.Sleep(300 * time.Millisecond) // longer than an attempt may take
		case 6:
			rw.WriteHeader(http.StatusGone)
		default:
			return false
		}
		return true
	}
	cfg := quick()
	cfg.Timeout = 100 * time.Millisecond
	w.set(finding("f_1", 1))
	p := begin(t, cfg, log, w, always(hookRoutes(t, h.url, "")))
	m := h.next(t)
	wants(t, m, StatusFiring, 1, "firing f_1")
	if got := p.metric(t, "claimwatch_alerts_retries_total", "hook/webhook/0"); got != 4 {
		t.Errorf("%v retries, want 4", got)
	}
	w.set(finding("f_2", 1))
	p.Changed("f_2") // call 6: refused for good
	eventually(t, "the failure is noted", func() bool { return len(p.Book().Outcomes()) == 2 })
	if o := p.Book().Outcomes()[0]; o.Outcome != OutcomeFailed || !strings.HasPrefix(o.Answer, "410") || o.Attempts != 1 {
		t.Errorf("outcome %+v", o)
	}
	w.set(finding("f_3", 1))
	p.Changed("f_3")
	wants(t, h.next(t), StatusFiring, 3, "firing f_3")
	eventually(t, "nothing waits", func() bool { return len(p.Book().Undelivered()) == 0 })
	if got := p.metric(t, "claimwatch_alerts_oldest_undelivered_seconds"); got != 0 {
		t.Errorf("the oldest waits %v s", got)
	}
}

// TestRepeatHasItsID: a message whose delivery nobody noted is sent again by the next
// process, with its id and its bytes, although more has happened since.
func TestRepeatHasItsID(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	w.set(finding("f_1", 1))
	h.fails = func(http.ResponseWriter, int) bool {
		log.mu.Lock()
		log.broken = true // what it answers cannot be noted
		log.mu.Unlock()
		return false
	}
	p := begin(t, quick(), log, w, always(hookRoutes(t, h.url, "")))
	first := h.next(t)
	if got := p.metric(t, "claimwatch_alerts_undelivered"); got != 1 {
		t.Errorf("%v messages wait, want 1", got)
	}
	p.stop()
	h.mu.Lock()
	h.fails = nil
	h.mu.Unlock()
	log.broken = false
	w.set(finding("f_2", 1))
	begin(t, quick(), log, w, always(hookRoutes(t, h.url, "")))
	again := h.next(t)
	if again.ID != first.ID {
		t.Errorf("it came again as %s, first as %s", again.ID, first.ID)
	}
	wants(t, h.next(t), StatusFiring, 2, "firing f_2")
}

// TestReload: a new tree of routes tells nobody again; one with faults changes nothing.
func TestReload(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	routes, err := hookRoutes(t, h.url, ""), error(nil)
	w.set(finding("f_1", 1))
	p := begin(t, quick(), log, w, func() (*Routes, error) { return routes, err })
	h.next(t)
	routes, err = ParseRoutes([]byte("route: {receiver: nobody}"))
	if bad := p.Reload(); bad == nil || !strings.Contains(bad.Error(), "the previous routes are kept") || !strings.Contains(bad.Error(), `"nobody"`) {
		t.Errorf("Reload() error:\n%+v", bad)
	}
	w.set(finding("f_2", 1))
	p.Changed("f_2")
	wants(t, h.next(t), StatusFiring, 2, "firing f_2")
	routes, err = ParseRoutes([]byte(`
route: {receiver: hook, group_by: [severity], group_wait: 10ms, group_interval: 50ms, repeat_interval: 1h}
receivers: [{name: hook, webhook_configs: [{url: "` + h.url + `"}]}]`))
	if bad := p.Reload(); bad != nil {
		t.Fatalf("Reload() error:\n%+v", bad)
	}
	h.quietFor(t, 300*time.Millisecond)
	w.set(finding("f_3", 1))
	p.Changed("f_3")
	wants(t, h.next(t), StatusFiring, 1, "firing f_3") // of another group
	if got := p.metric(t, "claimwatch_alerts_reloads_total", "replaced"); got != 1 {
		t.Errorf("%v reloads, want 1", got)
	}
}

// TestReminder: what is the case for too long is said once more.
func TestReminder(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	routes, err := ParseRoutes([]byte(`
route: {receiver: hook, group_wait: 10ms, group_interval: 50ms, repeat_interval: 200ms}
receivers: [{name: hook, webhook_configs: [{url: "` + h.url + `"}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	w.set(finding("f_1", 1))
	begin(t, quick(), log, w, always(routes))
	wants(t, h.next(t), StatusFiring, 1, "firing f_1")
	wants(t, h.next(t), StatusReminder, 2, "reminder f_1")
}

// TestInhibition: Alertmanager's own rules hold.
func TestInhibition(t *testing.T) {
	log, w, h := newMemLog(), &world{}, newHook(t)
	w.quiet = []Quiet{{InstitutionID: "H1", City: "Taiyuan"}}
	w.set(finding("f_1", 1))
	begin(t, quick(), log, w, always(hookRoutes(t, h.url, `
inhibit_rules: [{source_matchers: ['alertname="Silence"'], target_matchers: ['alertname="Finding"'], equal: [institution_id]}]`)))
	if m := h.next(t); m.Alerts[0].Labels["alertname"] != NameSilence || len(m.Alerts) != 1 {
		t.Errorf("message %+v", m)
	}
	h.quietFor(t, 200*time.Millisecond)
}
