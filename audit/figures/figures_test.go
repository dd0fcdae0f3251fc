package figures

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/term"
)

// problem is what the tests read of an error: package api makes the document.
type problem struct{ status int }

func (p *problem) Error() string  { return http.StatusText(p.status) }
func (p *problem) GetStatus() int { return p.status }

func TestMain(m *testing.M) {
	huma.NewErrorWithContext = func(_ huma.Context, status int, _ string, errs ...error) huma.StatusError {
		codes := map[claimwatch.Code]int{
			claimwatch.CodeBadQuery: 400, claimwatch.CodeUnauthenticated: 401, claimwatch.CodeForbidden: 403, claimwatch.CodeNotFound: 404,
		}
		for _, err := range errs {
			if is := codes[claimwatch.CodeOf(err)]; is != 0 {
				status = is
			}
		}
		return &problem{status}
	}
	os.Exit(m.Run())
}

// world is everything that figures read.
type world struct {
	t     *testing.T
	at    claimwatch.Instant
	now   time.Time
	sums  Sums
	found []Finding
	told  map[string][]string
	reads int
	fails error
	mux   http.Handler

	asked            UploadQuery
	within, received claimwatch.Interval
	health           Health
}

type uploads struct{ w *world }

func (u uploads) Uploads(_ context.Context, q UploadQuery) ([]UploadSum, string, error) {
	u.w.asked = q
	return []UploadSum{{ReceiptID: "r1", InstitutionID: "H1", Accepted: 3, Duplicate: 2, Refused: 1, Settled: true}}, "more", nil
}

func (u uploads) Health(_ context.Context, _ string, received, happened claimwatch.Interval) (Health, error) {
	u.w.within, u.w.received = happened, received
	return u.w.health, nil
}

func (u uploads) LateAfter() int   { return 48 }
func (u uploads) SilentAfter() int { return 6 }

func day(text string) claimwatch.Day {
	d, err := claimwatch.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func month(text string) term.Month { return term.MonthOf(day(text + "-01")) }

// newWorld has seven medical institutions of level 3 (H1 to H7), of which H7 has sent
// nothing, and one of level 2.
func newWorld(t *testing.T, fresh time.Duration) *world {
	t.Helper()
	w := &world{t: t, at: day("2026-03-10").Midnight(), now: time.Unix(0, 0), told: map[string][]string{}}
	f := New(Config{Fresh: fresh}, Deps{
		Clock: func(context.Context) (claimwatch.Instant, error) { return w.at, nil },
		Now:   func() time.Time { return w.now },
		Sums: func(context.Context, claimwatch.Instant) (Sums, error) {
			w.reads++
			return w.sums, w.fails
		},
		Findings: func(context.Context, claimwatch.Instant) ([]Finding, error) { return slices.Clone(w.found), nil },
		Told:     func(id string) []string { return w.told[id] },
		Institutions: func(context.Context) (list []Institution, err error) {
			for _, id := range []string{"H1", "H2", "H3", "H4", "H5", "H6", "H7"} {
				list = append(list, Institution{ID: id, Name: "医院" + id, Kind: "medical", Level: 3, City: "太原"})
			}
			return append(list, Institution{ID: "L2", Name: "康复", Kind: "medical", Level: 2, City: "大同"}), nil
		},
		Physicians: func(context.Context, claimwatch.Day) (map[string]Person, error) {
			return map[string]Person{"D1": {ID: "D1", NameMasked: "张*", Suspended: true}}, nil
		},
		Agreements: func(id string) []agreement.Row {
			return []agreement.Row{
				{Kind: "medical", AgreementID: "A1", Status: agreement.Active, From: day("2026-01-01")},
				{Kind: "medical", AgreementID: "A1", Status: agreement.Suspended, From: day("2026-02-01")},
			}
		},
		InForce: func(id string, _ claimwatch.Day) string {
			return map[string]string{"H1": "active"}[id]
		},
		Rejected: func() []Rejected {
			return []Rejected{{"H1", month("2026-02"), 50_00}, {"H1", month("2024-02"), 1}}
		},
		LastReceived: func(context.Context) (map[string]claimwatch.Instant, error) {
			at := day("2026-03-10").Midnight()
			return map[string]claimwatch.Instant{"H1": at - 10*hour, "X9": at}, nil
		},
		Uploads: uploads{w},
	})
	mux := http.NewServeMux()
	config := huma.DefaultConfig("test", "1")
	config.CreateHooks = nil
	f.Register(humago.New(mux, config))
	w.mux = mux
	for i, id := range []string{"H1", "H2", "H3", "H4", "H5", "H6"} {
		n := i + 1
		w.sums.Houses = append(w.sums.Houses,
			HouseMonth{InstitutionID: id, Month: month("2026-02"), Records: 10, Timed: 4, Late: 1, Charged: 1000_00, Stays: 2},
			HouseMonth{InstitutionID: id, Month: month("2026-02"), Discharged: 2, StayDays: 6 * n, StayCost: claimwatch.Fen(100_00 * n), StayDrugs: 25_00},
			HouseMonth{InstitutionID: id, Month: month("2024-02"), Records: 99, Charged: 7}, // of another year
		)
	}
	w.sums.Physicians = []PhysicianMonth{
		{"H1", "D1", month("2026-01"), 2, 70_00},
		{"H1", "D1", month("2026-02"), 1, 30_00},
		{"H2", "D1", month("2026-02"), 1, 5_00},
		{"H2", "D2", month("2026-02"), 1, 900_00},
	}
	w.sums.Blamed = []Blamed{{"f1", "H1", "D1"}, {"f2", "H1", "D1"}, {"f3", "H2", "D1"}, {"gone", "H1", "D1"}}
	w.find("f1", "H1", "FEE-001", 12_00, claimwatch.StateOpen)
	w.find("f2", "H1", "FEE-002", 30_00, claimwatch.StateRejected)
	w.find("f3", "H2", "FEE-001", 1_00, claimwatch.StateNotified)
	return w
}

func (w *world) find(id, institution, rule string, amount claimwatch.Fen, state claimwatch.State) {
	from := day("2026-02-20").Midnight()
	w.found = append(w.found, Finding{ID: id, Rule: rule, InstitutionID: institution, Amount: amount, From: &from, OpenedAt: w.at, State: state})
}

var (
	supervisor = claimwatch.Caller{KeyID: "s", Roles: []claimwatch.CallerRole{claimwatch.RoleSupervisor}}
	admin      = claimwatch.Caller{KeyID: "a", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	hospital   = claimwatch.Caller{KeyID: "h", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H1"}
	ofCity     = claimwatch.Caller{
		KeyID: "c", Roles: supervisor.Roles, City: "太原", Jurisdiction: func(id string) bool { return id == "H1" || id == "H3" },
	}
)

// get calls, and reads the answer into out when it is good.
func (w *world) get(caller claimwatch.Caller, path string, out any) int {
	w.t.Helper()
	r := httptest.NewRecorder()
	w.mux.ServeHTTP(r, httptest.NewRequest("GET", path, nil).WithContext(claimwatch.WithCaller(w.t.Context(), caller)))
	if r.Code == http.StatusOK && out != nil {
		if err := json.Unmarshal(r.Body.Bytes(), out); err != nil {
			w.t.Fatalf("Unmarshal(%s) error:\n%+v", r.Body, err)
		}
	}
	return r.Code
}

type page[T any] struct {
	Items []T
	Next  string
}

func TestInstitutions(t *testing.T) {
	w := newWorld(t, 0)
	ids := func(caller claimwatch.Caller, query string) (ids []string, next string) {
		t.Helper()
		var got page[InstitutionRow]
		if code := w.get(caller, "/v1/institutions"+query, &got); code != 200 {
			t.Fatalf("GET %s = %d", query, code)
		}
		for _, row := range got.Items {
			ids = append(ids, row.InstitutionID)
		}
		return ids, got.Next
	}
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   []string
	}{
		{supervisor, "", []string{"H1", "H2", "H3", "H4", "H5", "H6", "H7", "L2", "X9"}},
		{supervisor, "?city=%E5%A4%A7%E5%90%8C", []string{"L2"}},
		{supervisor, "?q=h1", []string{"H1"}},
		{supervisor, "?q=%E5%BA%B7", []string{"L2"}},
		{supervisor, "?kind=rehab", nil},
		{ofCity, "", []string{"H1", "H3"}},
		{hospital, "", []string{"H1"}},
	} {
		if got, _ := ids(c.caller, c.query); !slices.Equal(got, c.want) {
			t.Errorf("institutions%s of %s = %v, want %v", c.query, c.caller.KeyID, got, c.want)
		}
	}
	first, next := ids(ofCity, "?limit=1")
	second, last := ids(ofCity, "?limit=1&cursor="+next)
	if !slices.Equal(append(first, second...), []string{"H1", "H3"}) || last != "" {
		t.Errorf("pages = %v, %v, then %q", first, second, last)
	}
	var got page[InstitutionRow]
	w.get(supervisor, "/v1/institutions?q=H1", &got)
	heard := w.at - 10*hour
	want := InstitutionRow{
		InstitutionID: "H1", Name: "医院H1", Kind: "medical", Level: 3, City: "太原", Agreement: "active",
		OpenFindings: 1, AtIssue: 12_00, Stays: 2, Charged: 1000_00, LastUpload: &heard,
	}
	if diff := cmp.Diff(got.Items[0], want); diff != "" {
		t.Errorf("H1 (-got, +want):\n%s", diff)
	}
	w.get(hospital, "/v1/institutions", &got) // it was told of nothing
	if row := got.Items[0]; row.OpenFindings != 0 || row.AtIssue != 0 {
		t.Errorf("a hospital reads %d open findings that it was not told", row.OpenFindings)
	}
}

func TestProfile(t *testing.T) {
	w := newWorld(t, 0)
	var p Profile
	if code := w.get(supervisor, "/v1/institutions/H6/profile", &p); code != 200 {
		t.Fatalf("profile = %d", code)
	}
	if len(p.Months) != 12 || p.Months[0].Month != month("2025-04") || p.Months[11].Month != month("2026-03") {
		t.Fatalf("months = %+v", p.Months)
	}
	cost := p.Measures[0]
	n := func(v Number) *Number { return &v }
	if diff := cmp.Diff(cost, Measure{
		Name: "mean_stay_cost", Unit: "yuan", Value: n(300_0000), Peers: 5, EnoughPeers: true,
		P25: n(100_0000), Median: n(150_0000), P75: n(200_0000), Percentile: n(1_0000),
	}); diff != "" {
		t.Errorf("mean cost of H6 (-got, +want):\n%s", diff)
	}
	w.get(supervisor, "/v1/institutions/H1/profile", &p)
	feb := p.Months[10]
	if diff := cmp.Diff(feb, InstitutionMonth{
		Month: month("2026-02"), Records: 10, Stays: 2, Charged: 1000_00, Findings: 2, AtIssue: 42_00, Confirmed: 1, Rejected: 50_00, Late: 1,
	}, cmp.AllowUnexported(InstitutionMonth{})); diff != "" {
		t.Errorf("February of H1 (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(p.Rules, []RuleCount{{"FEE-002", 1, 30_00}, {"FEE-001", 1, 12_00}}); diff != "" {
		t.Errorf("rules (-got, +want):\n%s", diff)
	}
	if len(p.Agreements) != 2 || p.Agreements[0].Status != "suspended" {
		t.Errorf("agreements = %+v", p.Agreements)
	}
	w.get(supervisor, "/v1/institutions/L2/profile", &p)
	if m := p.Measures[0]; m.EnoughPeers || m.Median != nil || m.Value != nil {
		t.Errorf("without peers and stays: %+v", m)
	}
	w.get(supervisor, "/v1/institutions/H1/profile?until=2025-01", &p)
	if p.Months[0].Month != month("2024-01") || p.Months[1].Records != 99 || len(p.Rules) != 0 {
		t.Errorf("of another year: %+v", p.Months[:2])
	}
	for path, want := range map[string]int{"NO": 404, "X9": 200, "H1": 200} {
		if code := w.get(supervisor, "/v1/institutions/"+path+"/profile", nil); code != want {
			t.Errorf("profile of %s = %d, want %d", path, code, want)
		}
	}
}

// TestProfileOfHospital: it learns of the findings that it was told, of no other
// institution, and no measure that counts findings.
func TestProfileOfHospital(t *testing.T) {
	w := newWorld(t, 0)
	w.told["H1"] = []string{"f2"}
	var p Profile
	if code := w.get(hospital, "/v1/institutions/H1/profile", &p); code != 200 {
		t.Fatalf("own profile = %d", code)
	}
	if m := p.Months[10]; m.Findings != 1 || m.AtIssue != 30_00 || m.Confirmed != 1 || m.Charged != 1000_00 {
		t.Errorf("February = %+v", m)
	}
	if len(p.Rules) != 1 || p.Rules[0].Name != "FEE-002" {
		t.Errorf("rules = %+v", p.Rules)
	}
	if slices.ContainsFunc(p.Measures, func(m Measure) bool { return m.Name == "findings_per_100_stays" }) || len(p.Measures) != 5 {
		t.Errorf("measures = %+v", p.Measures)
	}
	var of Profile
	w.get(supervisor, "/v1/institutions/H1/profile", &of)
	if of.Months[10].Findings != 2 {
		t.Errorf("what a hospital may know has changed what others see: %+v", of.Months[10])
	}
}

func TestPhysicians(t *testing.T) {
	w := newWorld(t, 0)
	w.told["H1"] = []string{"f2"}
	name := "张*"
	d1 := PhysicianRow{PhysicianID: "D1", NameMasked: &name, InstitutionID: "H1", Stays: 3, Charged: 100_00, Findings: 2, AtIssue: 42_00, Suspended: true}
	atH2 := PhysicianRow{PhysicianID: "D1", NameMasked: &name, InstitutionID: "H2", Stays: 1, Charged: 5_00, Findings: 1, AtIssue: 1_00, Suspended: true}
	d2 := PhysicianRow{PhysicianID: "D2", InstitutionID: "H2", Stays: 1, Charged: 900_00}
	told := d1
	told.Findings, told.AtIssue = 1, 30_00
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   []PhysicianRow
	}{
		{supervisor, "", []PhysicianRow{d1, atH2, d2}},
		{supervisor, "?sort=charged", []PhysicianRow{d2, d1, atH2}},
		{supervisor, "?sort=findings&limit=1", []PhysicianRow{d1}},
		{supervisor, "?institution_id=H2", []PhysicianRow{atH2, d2}},
		{supervisor, "?q=%E5%BC%A0", []PhysicianRow{d1, atH2}},
		{ofCity, "", []PhysicianRow{d1}},
		{hospital, "", []PhysicianRow{told}},
	} {
		var got page[PhysicianRow]
		if code := w.get(c.caller, "/v1/physicians"+c.query, &got); code != 200 {
			t.Fatalf("physicians%s = %d", c.query, code)
		}
		if diff := cmp.Diff(got.Items, c.want); diff != "" {
			t.Errorf("physicians%s of %s (-got, +want):\n%s", c.query, c.caller.KeyID, diff)
		}
	}
	var d PhysicianDetail
	w.get(supervisor, "/v1/physicians/D1", &d)
	if len(d.Institutions) != 2 || len(d.Months) != 12 || !d.Suspended {
		t.Fatalf("D1 = %+v", d)
	}
	if diff := cmp.Diff(d.Months[10], PhysicianMonthView{Month: month("2026-02"), Stays: 2, Charged: 35_00, Findings: 3, AtIssue: 43_00}); diff != "" {
		t.Errorf("February of D1 (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(d.Rules, []RuleCount{{"FEE-002", 1, 30_00}, {"FEE-001", 2, 13_00}}); diff != "" {
		t.Errorf("rules of D1 (-got, +want):\n%s", diff)
	}
	w.get(hospital, "/v1/physicians/D1", &d)
	if len(d.Institutions) != 1 || d.Months[10].Findings != 1 || d.Months[10].Charged != 30_00 {
		t.Errorf("D1 for H1 = %+v", d)
	}
	if code := w.get(hospital, "/v1/physicians/D2", nil); code != 404 {
		t.Errorf("a physician of another hospital = %d", code)
	}
}

func TestUploadPages(t *testing.T) {
	w := newWorld(t, 0)
	var got page[UploadRow]
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   UploadQuery
	}{
		{supervisor, "", UploadQuery{Limit: 100}},
		{supervisor, "?institution_id=H2&limit=7&cursor=x", UploadQuery{InstitutionIDs: []string{"H2"}, Limit: 7, Cursor: "x"}},
		{ofCity, "", UploadQuery{InstitutionIDs: []string{"H1", "H3"}, Limit: 100}},
		{hospital, "", UploadQuery{InstitutionIDs: []string{"H1"}, Limit: 100}},
	} {
		if code := w.get(c.caller, "/v1/receipts"+c.query, &got); code != 200 {
			t.Fatalf("receipts%s = %d", c.query, code)
		}
		if diff := cmp.Diff(w.asked, c.want); diff != "" {
			t.Errorf("receipts%s of %s (-asked, +want):\n%s", c.query, c.caller.KeyID, diff)
		}
	}
	if row := got.Items[0]; row.Records != 6 || !row.Settled || got.Next != "more" {
		t.Errorf("receipts = %+v", got)
	}
	w.health = Health{
		Delays: []Delays{{Records: 8, Median: hour / 2, P95: 3 * hour, Late: 2}, {Kind: "fee", Records: 8}, {Day: day("2026-03-01"), Records: 3}},
		Gaps:   Gaps{Fees: 8, NoOrder: 2},
		Times:  []claimwatch.Instant{0, hour, 2 * hour, 14 * hour},
	}
	var h UploadHealth
	if code := w.get(hospital, "/v1/uploads/health?days=7", &h); code != 200 {
		t.Fatalf("health = %d", code)
	}
	if h.From != day("2026-03-04") || h.Until != day("2026-03-11") || w.within.From != h.From.Midnight() || w.within.Until != w.at+1 {
		t.Errorf("health looks from %v to %v at %v", h.From, h.Until, w.within)
	}
	if l := h.Lateness; l.Records != 8 || l.MedianHours != 5000 || l.P95Hours != 3_0000 || l.LateShare != 2500 || len(l.Kinds) != 1 || len(l.Days) != 1 {
		t.Errorf("lateness = %+v", l)
	}
	if c := h.Completeness[3]; c.Name != "fees_without_order" || c.Missing != 2 || c.Of != 8 || c.Share != 2500 {
		t.Errorf("completeness = %+v", h.Completeness)
	}
	if *h.SilentHours != 10_0000 || *h.UsualGapHours != 12_0000 || h.Silent {
		t.Errorf("silent for %v, usually %v: %v", *h.SilentHours, *h.UsualGapHours, h.Silent)
	}
	w.at -= 20 * 24 * hour // the last upload is in the future of the event clock
	if w.get(hospital, "/v1/uploads/health?days=7", &h); h.Silent || w.received.From != day("2026-03-03").Midnight() || w.received.Until != w.at+20*24*hour-10*hour+1 {
		t.Errorf("receptions are looked at in %v: %+v", w.received, h)
	}
	w.at += 20 * 24 * hour
	w.health.Times = nil
	if w.get(hospital, "/v1/uploads/health", &h); !h.Silent {
		t.Error("ten hours without an upload, and no pause is usual: not silent")
	}
}

func TestWhoMayReadFigures(t *testing.T) {
	w := newWorld(t, 0)
	for _, path := range []string{
		"/v1/institutions", "/v1/institutions/H2/profile", "/v1/physicians", "/v1/physicians?institution_id=H2", "/v1/physicians/D2",
		"/v1/receipts", "/v1/receipts?institution_id=H2", "/v1/uploads/health?institution_id=H2",
	} {
		for want, caller := range map[int]claimwatch.Caller{401: {}, 403: admin} {
			if code := w.get(caller, path, nil); code != want {
				t.Errorf("%s without a role = %d, want %d", path, code, want)
			}
		}
		named := slices.Contains([]string{"/v1/institutions", "/v1/physicians", "/v1/receipts"}, path)
		for who, caller := range map[string]claimwatch.Caller{"another hospital": hospital, "another city": ofCity} {
			code := w.get(caller, path, nil)
			if named && code != 200 || !named && code != 403 && code != 404 {
				t.Errorf("%s reads %s: %d", who, path, code)
			}
		}
		if code := w.get(supervisor, path, nil); code != 200 {
			t.Errorf("a supervisor reads %s: %d", path, code)
		}
	}
	for _, path := range []string{
		"/v1/institutions?limit=0", "/v1/institutions?cursor=%21", "/v1/institutions/H1/profile?until=soon", "/v1/receipts?from=x",
		"/v1/uploads/health", "/v1/uploads/health?institution_id=H1&days=999",
	} {
		if code := w.get(supervisor, path, nil); code != 400 {
			t.Errorf("%s = %d, want 400", path, code)
		}
	}
}

// TestKeeper: figures are read once while they are fresh, and once more behind the
// back of whoever asks afterwards.
func TestKeeper(t *testing.T) {
	w := newWorld(t, time.Minute)
	w.fails = errors.New("down")
	if code := w.get(supervisor, "/v1/institutions", nil); code == 200 {
		t.Fatal("figures that could not be read were answered")
	}
	w.fails = nil
	for range 3 {
		w.get(supervisor, "/v1/institutions", nil)
	}
	if w.reads != 2 {
		t.Fatalf("%d reads, want the one that failed and one", w.reads)
	}
	reads := make(chan bool)
	k := &keeper{fresh: time.Minute, now: func() time.Time { return w.now }, turn: make(chan struct{}, 1), take: func(context.Context) (*snapshot, error) {
		defer func() { reads <- true }()
		return &snapshot{at: claimwatch.Instant(w.now.Unix())}, nil
	}}
	ask := func() claimwatch.Instant {
		s, err := k.get(t.Context())
		if err != nil {
			t.Fatalf("get() error:\n%+v", err)
		}
		return s.at
	}
	go func() { <-reads }()
	first := ask()
	w.now = w.now.Add(time.Minute)
	if stale := ask(); stale != first {
		t.Errorf("the first to ask after a minute waits: %v, want %v", stale, first)
	}
	<-reads
	for k.kept.Load().at == first {
		time.Sleep(time.Millisecond)
	}
	if at := ask(); at != first+60 {
		t.Errorf("the next one reads %v, want %v", at, first+60)
	}
}

// TestQuantiles: those of a model with fractions, in order, and within the values.
func TestQuantiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Number { return Number(rapid.Int64Range(-1e9, 1e9).Draw(t, "v")) }), 1, 30).Draw(t, "values")
		slices.Sort(values)
		before := values[0]
		for q := range int64(5) {
			got := quantile(values, q)
			at := float64(q) * float64(len(values)-1) / 4
			low, high := values[int(at)], values[min(int(at)+1, len(values)-1)]
			want := float64(low) + (at-float64(int(at)))*float64(high-low)
			if d := float64(got) - want; d > 1 || d < -1 || got < before {
				t.Fatalf("quarter %d of %v = %d, want %v, not below %d", q, values, got, want, before)
			}
			before = got
		}
	})
}
