package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/notary"
	"claimwatch/audit/session"
	"claimwatch/audit/settlement"
)

// problem is what the tests read of an error: package api makes the document.
type problem struct {
	Code   claimwatch.Code    `json:"code"`
	Detail string             `json:"detail"`
	Field  string             `json:"field"`
	Faults []claimwatch.Fault `json:"faults"`
	status int
}

func (p *problem) Error() string  { return p.Detail }
func (p *problem) GetStatus() int { return p.status }

func TestMain(m *testing.M) {
	huma.NewErrorWithContext = func(_ huma.Context, status int, message string, errs ...error) huma.StatusError {
		for _, err := range errs {
			var refused *claimwatch.Error
			if errors.As(err, &refused) {
				return &problem{Code: refused.Code, Detail: refused.Message, Field: refused.Field, Faults: refused.Faults, status: statusOf(refused.Code)}
			}
		}
		return &problem{Code: claimwatch.CodeInternal, Detail: fmt.Sprint(message, ": ", errors.Join(errs...)), status: status}
	}
	os.Exit(m.Run())
}

func statusOf(code claimwatch.Code) int {
	return map[claimwatch.Code]int{
		claimwatch.CodeBadQuery: 400, claimwatch.CodeUnauthenticated: 401, claimwatch.CodeForbidden: 403, claimwatch.CodeNotFound: 404,
		claimwatch.CodeChanged: 409, claimwatch.CodeIllegalTransition: 409, claimwatch.CodeKeyReused: 409, claimwatch.CodeUnsupportedMediaType: 415,
		claimwatch.CodeInvalid: 422, claimwatch.CodeSlowDown: 429, claimwatch.CodeUnavailable: 503,
	}[code]
}

// desk is the stage under test with everything around it.
type desk struct {
	t      *testing.T
	audit  *Audit
	j      *journal.Journal
	facts  *facts
	log    *journaltest.Log
	rows   *journaltest.Rows
	notary *notary.Notary
	live   *Live
	mux    http.Handler
	mu     sync.Mutex
	at     claimwatch.Instant

	till    *till
	book    book
	order   []string          // of the catalogue in use
	treated map[string]string // institution|person to the visit number
	sums    map[string]TreatedAndCharged
	asking  error         // what somebody who asks for entitlements is refused with
	lengths LengthsOfStay // of every interval
	asked   claimwatch.Interval

	ahead    atomic.Int64 // of the machine's clock, nanoseconds
	sessions sessions
	codes    codes
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{
		t: t, log: &journaltest.Log{}, rows: &journaltest.Rows{},
		facts: &facts{held: map[string]claimwatch.Held{}, history: map[string][]FindingEvent{}, lines: map[string]LineFacts{}},
	}
	d.clock("2026-03-02T10:00:00+08:00")
	d.order = []string{"ADM-001", "FEE-001", "FEE-007"}
	d.live = NewLive()
	d.live.Warm()
	d.rows.Folded = d.live.Folded
	d.j = journaltest.Start(t, d.log, d.rows)
	d.till = &till{rows: d.rows, lines: map[string][]settlement.Line{}, declared: map[string][]settlement.Declared{}}
	d.notary = newNotary(t, d.j)
	var err error
	d.audit, err = New(DefaultConfig(), Deps{
		Live: d.live, Now: d.now, Sessions: session.New(session.Default(), &d.sessions, d.now, rand.Reader),
		Heads: d.notary, Factors: Factors{Box: newBox(t), Use: d.codes.use, RequiredFor: []claimwatch.CallerRole{claimwatch.RoleDirector}},
		Topic: func(_ context.Context, handle func([]claimwatch.Message) error) error {
			return handle(d.log.Messages())
		},
		Charges: d.till, Ledger: d.till, Book: &d.book, Journal: d.j, Findings: d.facts, Places: d.facts.places, Lines: d.facts.read, Tables: tables{d.rows}, Entries: d.entries,
		Order: func() []string { return d.order }, Files: d.file, Settled: func(context.Context) (bool, error) { return true, nil },
		TreatedAs: func(_ context.Context, person, institution string) (string, bool, error) {
			stay, ok := d.treated[institution+"|"+person]
			return stay, ok, nil
		},
		Concentration: func(_ context.Context, _ claimwatch.Instant, within claimwatch.Interval) (map[string]TreatedAndCharged, error) {
			d.asked = within
			return d.sums, nil
		},
		MayAsk: func(claimwatch.Caller) error { return d.asking },
		Clock: func(context.Context) (claimwatch.Instant, error) {
			d.mu.Lock()
			defer d.mu.Unlock()
			return d.at, nil
		},
	}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("New() error:\n%+v", err)
	}
	d.audit.deps.StayLengths = func(_ context.Context, _ claimwatch.Instant, discharged claimwatch.Interval) (LengthsOfStay, error) {
		d.asked = discharged
		return d.lengths, nil
	}
	d.remount()
	return d
}

// remount declares the operations, anew when the stage was given more to work with.
func (d *desk) remount() {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("test", "1")
	config.CreateHooks = nil
	config.RejectUnknownQueryParameters = true
	d.audit.Register(humago.New(mux, config))
	d.mux = mux
}

func (d *desk) now() time.Time { return time.Now().Add(time.Duration(d.ahead.Load())) }

// entries reads the chain as the store does.
func (d *desk) entries(ctx context.Context, q EntryQuery) (found [][]byte, err error) {
	after := q.After
	if q.Back {
		after = 0
	}
	bodies, err := d.rows.Bodies(ctx, after, claimwatch.MaxPage*claimwatch.MaxPage)
	if q.Back {
		slices.Reverse(bodies)
	}
	for _, body := range bodies {
		entry, c, err := journal.ParseEntry(body)
		if err != nil {
			return nil, err
		}
		if q.Back && q.After > 0 && entry.Seq >= q.After {
			continue
		}
		if (q.Actor == "" || q.Actor == c.Actor.Key) && (q.Type == "" || q.Type == string(c.Type)) && (q.From == nil || c.At >= *q.From) &&
			(q.Until == nil || c.At < *q.Until) && len(found) < q.Limit {
			found = append(found, body)
		}
	}
	return found, err
}

func (d *desk) clock(text string) {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.at.UnmarshalText([]byte(text)); err != nil {
		d.t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
}

var (
	nobody   = claimwatch.Caller{}
	officer  = claimwatch.Caller{KeyID: "0123456789abcdef", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	clerk    = claimwatch.Caller{KeyID: "c1e4000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleClerk}}
	watcher  = claimwatch.Caller{KeyID: "50be000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleSupervisor}}
	admin    = claimwatch.Caller{KeyID: "ad31000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	hospital = claimwatch.Caller{KeyID: "4051000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H1"}
	reviewer = claimwatch.Caller{KeyID: "4e71e3e400000000", Roles: []claimwatch.CallerRole{claimwatch.RoleReviewer}}
	director = claimwatch.Caller{KeyID: "d14ec70400000000", Roles: []claimwatch.CallerRole{claimwatch.RoleDirector}}
	another  = claimwatch.Caller{KeyID: "4052000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H2"}
)

// call makes a request. A string body goes as it is, as CSV; anything else as JSON.
func (d *desk) call(caller claimwatch.Caller, method, path string, body any, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	var reader io.Reader
	contentType := "application/json"
	switch body := body.(type) {
	case nil:
	case string:
		reader, contentType = strings.NewReader(body), "text/csv"
	case []byte:
		reader = bytes.NewReader(body)
	default:
		raw, err := json.Marshal(body)
		if err != nil {
			d.t.Fatalf("Marshal() error:\n%+v", err)
		}
		reader = bytes.NewReader(raw)
	}
	ctx := claimwatch.WithCaller(d.t.Context(), caller)
	request := httptest.NewRequest(method, path, reader)
	request.Header.Set("Content-Type", contentType)
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
		if header[i] == "Idempotency-Key" {
			ctx = claimwatch.WithCommandKey(ctx, caller.KeyID+" "+path+" "+header[i+1])
		}
	}
	recorder := httptest.NewRecorder()
	d.mux.ServeHTTP(recorder, request.WithContext(ctx))
	return recorder
}

// good reads the answer of a call that must succeed.
func good[T any](d *desk, r *httptest.ResponseRecorder) (out T) {
	d.t.Helper()
	if r.Code >= 300 {
		d.t.Fatalf("status %d: %s", r.Code, r.Body)
	}
	if err := json.Unmarshal(r.Body.Bytes(), &out); err != nil {
		d.t.Fatalf("Unmarshal(%s) error:\n%+v", r.Body, err)
	}
	return out
}

// refused holds the answer of a call that must be refused against status and code.
func (d *desk) refused(r *httptest.ResponseRecorder, status int, code claimwatch.Code) problem {
	d.t.Helper()
	var p problem
	if err := json.Unmarshal(r.Body.Bytes(), &p); err != nil || r.Code != status || p.Code != code {
		d.t.Errorf("status %d: %s; want %d %s", r.Code, r.Body, status, code)
	}
	return p
}

// page is a list answer.
type page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
}

func (d *desk) decide(caller claimwatch.Caller, held claimwatch.Held, action string, revision int, header ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.call(caller, "POST", "/v1/findings/"+held.ID+"/decisions", map[string]any{
		"action": action, "reason": "because", "expected_revision": revision, "facts_sha256": held.Facts,
	}, header...)
}

func (d *desk) explain(caller claimwatch.Caller, id string) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.call(caller, "POST", "/v1/findings/"+id+"/statements", map[string]string{"text": "the patient needed it"})
}

// sample is a finding of H1 with lines of H1, and of H2 when shared.
func sample(subject string, shared bool) claimwatch.Finding {
	person, stay := "P1", "S1"
	from := claimwatch.Instant(1_772_000_000_000)
	f := claimwatch.Finding{
		ID: claimwatch.FindingID("FEE-001", subject), Rule: "FEE-001", RuleVersion: 2, Severity: claimwatch.Violation,
		InstitutionID: "H1", PersonID: &person, StayID: &stay, Subject: subject, From: &from, Amount: 25600,
		Lines: []claimwatch.Line{
			{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F1", Role: claimwatch.Violating, Amount: 25600},
			{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F0", Role: claimwatch.Involved},
		},
		Evidence: json.RawMessage(`{"seconds":2,"lines":[{"record_id":"F0"}]}`),
		Basis:    []claimwatch.Basis{{Law: "shanxi-2022-measures", Article: "23", InForce: true}},
		Grounds:  []string{"38.1"},
	}
	if shared {
		f.Amount += 1000
		f.Lines = append(f.Lines, claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "F9", Role: claimwatch.Violating, Amount: 1000})
		f.Evidence = json.RawMessage(`{"other":{"institution_id":"H2"}}`)
		claimwatch.SortLines(f.Lines)
	}
	return f
}
