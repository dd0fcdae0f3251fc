package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
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
	"claimwatch/audit/reference"
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
		claimwatch.CodeInvalid: 422, claimwatch.CodeUnavailable: 503,
	}[code]
}

// facts is a store of findings and lines in memory.
type facts struct {
	mu      sync.Mutex
	held    map[string]claimwatch.Held
	history map[string][]FindingEvent
	lines   map[string]LineFacts // by institution|record
}

func (f *facts) put(finding claimwatch.Finding) claimwatch.Held {
	f.mu.Lock()
	defer f.mu.Unlock()
	held := claimwatch.Held{Finding: finding, Facts: finding.FactsSHA256(), OpenedAt: 1_772_000_000_000, RevisedAt: 1_772_000_000_000}
	f.held[finding.ID] = held
	f.history[finding.ID] = append(f.history[finding.ID], FindingEvent{Change: claimwatch.Opened, At: held.OpenedAt, Facts: held.Facts})
	for _, line := range finding.Lines {
		key := line.InstitutionID + "|" + line.RecordID
		if _, known := f.lines[key]; !known && line.Role == claimwatch.Violating {
			f.lines[key] = LineFacts{
				Revision: 1, PersonID: "P1", StayID: "S1", OccurredAt: 1_772_000_000_000, ItemCode: "A1", ItemName: "CT 扫描", Net: line.Amount, Found: true,
			}
		}
	}
	return held
}

func (f *facts) retract(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	held, at := f.held[id], claimwatch.Instant(1_772_000_000_001)
	held.Retracted = &at
	f.held[id] = held
}

func (f *facts) Findings(_ context.Context, q FindingQuery) (items []claimwatch.Held, next string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(f.held)) {
		h := f.held[id]
		switch {
		case id <= q.Cursor, q.IDs != nil && !slices.Contains(q.IDs, id), q.Rule != "" && h.Rule != q.Rule,
			q.InstitutionID != "" && h.InstitutionID != q.InstitutionID, q.PersonID != "" && (h.PersonID == nil || *h.PersonID != q.PersonID),
			q.Suppressed != nil && *q.Suppressed != (h.SuppressedBy != nil),
			q.MinAmount != nil && h.Amount < *q.MinAmount, q.Severity != "" && h.Severity != q.Severity,
			q.Retracted == WithoutRetracted && h.Retracted != nil, q.Retracted == OnlyRetracted && h.Retracted == nil:
			continue
		}
		if len(items) == q.Limit {
			return items, items[len(items)-1].ID, nil
		}
		items = append(items, h)
	}
	return items, "", nil
}

func (f *facts) Finding(_ context.Context, id string) (claimwatch.Held, []FindingEvent, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h, ok := f.held[id]
	return h, f.history[id], ok, nil
}

func (f *facts) Claiming(_ context.Context, persons, _ []string) (list []claimwatch.Finding, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(f.held)) {
		h := f.held[id]
		if h.Retracted == nil && h.SuppressedBy == nil && h.Amount > 0 && h.PersonID != nil && slices.Contains(persons, *h.PersonID) {
			list = append(list, h.Finding)
		}
	}
	return list, nil
}

func (f *facts) AllFacts(_ context.Context, yield func(id, facts, suppressedBy string) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(f.held)) {
		if h := f.held[id]; h.Retracted == nil {
			row := ""
			if h.SuppressedBy != nil {
				row = *h.SuppressedBy
			}
			if err := yield(id, h.Facts, row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *facts) read(_ context.Context, _ claimwatch.Instant, lines []claimwatch.Line) ([]LineFacts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]LineFacts, len(lines))
	for i, line := range lines {
		out[i] = f.lines[line.InstitutionID+"|"+line.RecordID]
	}
	return out, nil
}

// tables reads the rows back from the views of the journal.
type tables struct{ rows *journaltest.Rows }

func (r tables) Rows(_ context.Context, q RowQuery) (rows []StoredRow, next string, err error) {
	t, _ := claimwatch.TableNamed(q.Table)
	current := map[string]StoredRow{}
	for _, row := range r.versions(q.Table) {
		current[(&reference.Row{Values: row.Values}).Key(t)] = row
	}
	for _, key := range slices.Sorted(maps.Keys(current)) {
		if row := current[key]; q.WithVoid || !row.Void {
			rows = append(rows, row)
		}
	}
	return rows, "", nil
}

// versions are the rows of every load of a table, the oldest first.
func (r tables) versions(name string) (rows []StoredRow) {
	for _, a := range r.rows.Views {
		if a.Load != nil && a.Load.Table == name {
			for _, row := range a.Load.Changed {
				rows = append(rows, StoredRow{Void: row.Void, Values: row.Values, Seq: a.Seq, KnownFrom: a.Command.At, Actor: a.Command.Actor.Key})
			}
		}
	}
	return rows
}

func (r tables) RowHistory(_ context.Context, name string, key []claimwatch.Value) ([]StoredRow, error) {
	return slices.DeleteFunc(r.versions(name), func(row StoredRow) bool { return !slices.Equal(row.Values[:len(key)], key) }), nil
}

// book is a library of one rule with one parameter of its own.
type book struct{ trial bool }

func (b *book) List() []RuleView {
	return []RuleView{{
		Code: "FEE-001", Version: 3, State: "stable", Severity: claimwatch.Violation, Scope: "person", Stays: "any",
		Requires: []string{}, Basis: []RuleArticle{{Law: "shanxi-2022-measures", Article: "23"}}, Grounds: []string{},
		Parameters: []ParameterView{{Name: "days", Unit: "days", Default: "7", Min: "0", Max: "90"}}, Cases: 2,
	}}
}

func (b *book) Rule(code string) (RuleView, bool) {
	v := b.List()[0]
	v.Query, v.CaseNames = "SELECT 1", []string{"a hit", "a miss"}
	until, _ := claimwatch.ParseDay("2024-08-08")
	v.Articles = []ArticleView{{
		RuleArticle: v.Basis[0], Text: []string{"协议医疗、康复机构应当严格执行"}, Valid: []LawInterval{{From: until - 731, Until: &until}},
	}}
	return v, code == v.Code
}

func (b *book) CheckValue(_, name, value string) error {
	if name != "days" && name != "hours" || value == "91" {
		return fmt.Errorf("%s=%s is out of range", name, value)
	}
	return nil
}

func (b *book) OnTrial(string) bool { return b.trial }

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
	order   []string      // of the catalogue in use
	lengths LengthsOfStay // of every interval
	asked   claimwatch.Interval
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
		Live: d.live, Now: time.Now,
		Heads: d.notary,
		Topic: func(_ context.Context, handle func([]claimwatch.Message) error) error {
			return handle(d.log.Messages())
		},
		Charges: d.till, Ledger: d.till, Book: &d.book, Journal: d.j, Findings: d.facts, Places: d.facts.places, Lines: d.facts.read, Tables: tables{d.rows}, Entries: d.rows.Bodies,
		Order: func() []string { return d.order }, Files: d.file, Settled: func(context.Context) (bool, error) { return true, nil },
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
	mux := http.NewServeMux()
	config := huma.DefaultConfig("test", "1")
	config.CreateHooks = nil
	config.RejectUnknownQueryParameters = true
	d.audit.Register(humago.New(mux, config))
	d.mux = mux
	return d
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
