package check_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/ingest/check"
)

var now = time.Date(2026, 3, 2, 12, 0, 0, 0, claimwatch.Shanghai)

// fixture is a check over a store of known identities.
type fixture struct {
	*check.Check
	registry *prometheus.Registry
	known    map[claimwatch.Identity][]claimwatch.Known
	asked    []string // the records of each question
	foresee  func(ctx context.Context) error
}

func open(t testing.TB, change func(*check.Config)) *fixture {
	t.Helper()
	f := &fixture{registry: prometheus.NewRegistry(), known: map[claimwatch.Identity][]claimwatch.Known{}}
	cfg := check.Default()
	cfg.Problem, cfg.Now = api.Write, func() time.Time { return now }
	cfg.Known = func(context.Context, []claimwatch.Identity) (map[claimwatch.Identity][]claimwatch.Known, error) {
		return f.known, nil
	}
	cfg.Foresee = func(
		ctx context.Context, institution string, records []*claimwatch.Record, at claimwatch.Instant,
	) ([]claimwatch.Foreseen, claimwatch.Instant, error) {
		if f.foresee != nil {
			if err := f.foresee(ctx); err != nil {
				return nil, 0, err
			}
		}
		question := institution
		for _, r := range records {
			question += fmt.Sprintf(" %s:%d", r.RecordID, r.Revision)
		}
		f.asked = append(f.asked, question)
		return []claimwatch.Foreseen{{Rule: "FEE-001", Lines: []claimwatch.Line{}, Basis: []claimwatch.Basis{}}}, at, nil
	}
	if change != nil {
		change(&cfg)
	}
	var err error
	if f.Check, err = check.New(cfg, zap.NewNop(), f.registry); err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	return f
}

// post sends a body as a hospital.
func (f *fixture) post(t testing.TB, body string, headers ...string) (*httptest.ResponseRecorder, check.Answer) {
	t.Helper()
	r := httptest.NewRequest("POST", "/v1/check", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-ndjson")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	caller := claimwatch.Caller{KeyID: "k", InstitutionID: "H1", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r.WithContext(claimwatch.WithCaller(r.Context(), caller)))
	var answer check.Answer
	if w.Code == http.StatusOK {
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatalf("read answer %s: %v", w.Body, err)
		}
	}
	return w, answer
}

func care(id, person, more string) string {
	return fmt.Sprintf(`{"kind":"care_record","record_id":%q,"person_id":%q,"stay_id":"S1","occurred_at":"2026-03-02T08:00:00+08:00","type":"round"%s}`,
		id, person, more)
}

// TestJudgesLikeTheDoorAndTheSink: every record has the verdict that it would
// have as an upload, and the rules see only what would be new.
func TestJudgesLikeTheDoorAndTheSink(t *testing.T) {
	f := open(t, nil)
	f.known[claimwatch.Identity{InstitutionID: "H1", Kind: claimwatch.CareRecord, RecordID: "C2"}] = []claimwatch.Known{{Revision: 1, PersonID: "P1", StayID: "S1"}}
	f.known[claimwatch.Identity{InstitutionID: "H1", Kind: claimwatch.CareRecord, RecordID: "C3"}] = []claimwatch.Known{{Revision: 1, PersonID: "P9", StayID: "S1"}}
	body := strings.Join([]string{
		care("C1", "P1", ""), care("C1", "P1", ""), care("C2", "P1", ""), `{"kind":"banquet"}`, care("C2", "P1", `,"revision":2`),
		care("C3", "P1", `,"revision":2`), care("C4", "P1", `,"institution_id":"H2"`),
	}, "\n")
	w, answer := f.post(t, body)
	var refused []string
	for _, r := range answer.Refused {
		refused = append(refused, fmt.Sprint(r.Index, " ", r.RecordID, " ", r.Code))
	}
	want := []string{"2 C2 conflict", "3  unknown_kind", "5 C3 identity_changed", "6 C4 institution_mismatch"}
	if diff := cmp.Diff(want, refused); diff != "" || w.Code != http.StatusOK || answer.Accepted != 2 || answer.Duplicate != 1 {
		t.Errorf("answer %d %s (-want, +got):\n%s", w.Code, w.Body, diff)
	}
	if diff := cmp.Diff([]string{"H1 C1:1 C2:2"}, f.asked); diff != "" || len(answer.Findings) != 1 || answer.AsOf == nil {
		t.Errorf("asked (-want, +got):\n%s", diff)
	}
	array, _ := f.post(t, "["+care("C5", "P1", "")+"]", "Content-Type", "application/json")
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write([]byte(care("C6", "P1", "")))
	_ = zip.Close()
	small, _ := f.post(t, packed.String(), "Content-Encoding", "gzip")
	if array.Code != http.StatusOK || small.Code != http.StatusOK || f.asked[2] != "H1 C6:1" {
		t.Errorf("array %d, gzip %d, asked %v", array.Code, small.Code, f.asked)
	}
	if w, answer := f.post(t, care("C1", "P1", `,"colour":"red"`)); w.Code != http.StatusOK || answer.AsOf != nil || len(f.asked) != 3 {
		t.Errorf("nothing acceptable: %d %s", w.Code, w.Body)
	}
	if got := counted(t, f.registry, "claimwatch_check_findings_total"); got != 3 {
		t.Errorf("claimwatch_check_findings_total is %v, want 3", got)
	}
}

// counted gives the value of a counter without labels.
func counted(t testing.TB, from prometheus.Gatherer, name string) float64 {
	t.Helper()
	families, err := from.Gather()
	if err != nil {
		t.Fatalf("Gather() error:\n%+v", err)
	}
	for _, family := range families {
		if family.GetName() == name {
			return family.GetMetric()[0].GetCounter().GetValue()
		}
	}
	return -1
}

// TestRefusesWhole: who may not ask, and what is too much.
func TestRefusesWhole(t *testing.T) {
	f := open(t, func(cfg *check.Config) { cfg.Records, cfg.Persons = 3, 2 })
	lines := func(persons ...string) string {
		var all []string
		for i, person := range persons {
			all = append(all, care(fmt.Sprint("C", i), person, ""))
		}
		return strings.Join(all, "\n")
	}
	for _, c := range []struct {
		name, body string
		headers    []string
		status     int
		code       string
	}{
		{"as many as may be", lines("P1", "P2", "P1"), nil, 200, ""},
		{"one record more", lines("P1", "P1", "P1", "P1"), nil, 413, "too_large"},
		{"one person more", lines("P1", "P2", "P3"), nil, 413, "too_large"},
		{"nothing", "\n", nil, 400, "empty"},
		{"no such form", "x", []string{"Content-Type", "text/csv"}, 415, "unsupported_media_type"},
		{"a body that ends early", "\x1f\x8b\x08", []string{"Content-Encoding", "gzip"}, 400, "syntax"},
	} {
		w, _ := f.post(t, c.body, c.headers...)
		if w.Code != c.status || c.code != "" && !strings.Contains(w.Body.String(), `"code":"`+c.code+`"`) {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
	}
	for _, caller := range []claimwatch.Caller{{}, {KeyID: "o", Roles: claimwatch.StaffRoles()}} {
		r := httptest.NewRequest("POST", "/v1/check", strings.NewReader(lines("P1")))
		w := httptest.NewRecorder()
		f.ServeHTTP(w, r.WithContext(claimwatch.WithCaller(r.Context(), caller)))
		if w.Code != http.StatusForbidden {
			t.Errorf("%v: %d %s", caller, w.Code, w.Body)
		}
	}
	broken := open(t, nil)
	broken.foresee = func(context.Context) error { return errors.New("P1 is in the message") }
	if w, _ := broken.post(t, lines("P1")); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "P1") {
		t.Errorf("an internal error: %d %s", w.Code, w.Body)
	}
}

// TestFull: while every slot is taken and the patience is at its end, the answer
// is 503 with Retry-After; afterwards it goes well again.
func TestFull(t *testing.T) {
	f := open(t, func(cfg *check.Config) { cfg.Slots, cfg.Patience = 1, 20*time.Millisecond })
	entered, leave, left := make(chan struct{}), make(chan struct{}), make(chan int, 1)
	f.foresee = func(context.Context) error {
		close(entered)
		<-leave
		return nil
	}
	go func() {
		w, _ := f.post(t, care("C1", "P1", ""))
		left <- w.Code
	}()
	<-entered
	w, _ := f.post(t, care("C2", "P1", ""))
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("while it is full: %d %s", w.Code, w.Body)
	}
	close(leave)
	if code := <-left; code != http.StatusOK {
		t.Errorf("the first: %d", code)
	}
	f.foresee = nil
	if w, _ := f.post(t, care("C3", "P1", "")); w.Code != http.StatusOK {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}

// TestConfig: nothing of a configuration may be missing.
func TestConfig(t *testing.T) {
	if _, err := check.New(check.Default(), zap.NewNop(), prometheus.NewRegistry()); err == nil {
		t.Error("New() without functions: no error")
	}
}
