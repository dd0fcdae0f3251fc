package figures

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

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
