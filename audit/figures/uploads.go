package figures

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// UploadQuery asks for uploads, the newest first.
type UploadQuery struct {
	InstitutionIDs []string // nil: of any
	From, Until    *claimwatch.Instant
	Cursor         string
	Limit          int
}

// UploadSum is what became of one upload, as far as it is known.
type UploadSum struct {
	ReceiptID, InstitutionID     string
	ReceivedAt                   claimwatch.Instant
	Accepted, Duplicate, Refused int
	Settled                      bool
}

// Delays are how long records took to their first reception, in milliseconds.
type Delays struct {
	Kind        string         // empty: of admissions and fees together
	Day         claimwatch.Day // 0: of every day
	Records     int
	Median, P95 int64
	Late        int
}

// UploadDay is what came of an institution's uploads on a day.
type UploadDay struct {
	Day       claimwatch.Day `json:"day"`
	Uploads   int            `json:"uploads"`
	Accepted  int            `json:"accepted"`
	Duplicate int            `json:"duplicate"`
	Refused   int            `json:"refused"`
}

// RefusedCode counts quarantined records of a code.
type RefusedCode struct {
	Code    string `json:"code"`
	Records int    `json:"records"`
}

// Gaps are what is missing, each beside what it is missing of.
type Gaps struct {
	Open, OpenSilent           int
	Discharged, NoFrontPage    int
	Charged, NoAdmission       int
	Fees, NoOrder, NoPhysician int
	StayDays, DaysWithoutFee   int
}

// Health is what the store says of the uploads of an institution.
type Health struct {
	Days   []UploadDay
	Codes  []RefusedCode
	Delays []Delays
	Times  []claimwatch.Instant // of uploads, in order
	Gaps   Gaps
}

// Uploads reads what an institution has sent.
type Uploads interface {
	Uploads(ctx context.Context, q UploadQuery) (list []UploadSum, next string, err error)
	// Health looks at what was received in an interval, counts of it what came later
	// than LateAfter, and at what is missing of what happened in another.
	Health(ctx context.Context, institution string, received, happened claimwatch.Interval) (Health, error)
	// LateAfter is how many hours DAT-001 allows, SilentAfter how many DAT-003 does.
	LateAfter() int
	SilentAfter() int
}

// UploadRow is an upload in a list.
type UploadRow struct {
	ReceiptID     string             `json:"receipt_id"`
	InstitutionID string             `json:"institution_id"`
	ReceivedAt    claimwatch.Instant `json:"received_at"`
	Records       int                `json:"records" doc:"accepted, duplicate and refused together, as far as they are known"`
	Accepted      int                `json:"accepted"`
	Duplicate     int                `json:"duplicate"`
	Refused       int                `json:"refused"`
	Settled       bool               `json:"settled"`
}

type receiptsInput struct {
	InstitutionID string `query:"institution_id" maxLength:"64"`
	From          string `query:"from" doc:"first day"`
	Until         string `query:"until" doc:"first day that does not count"`
	claimwatch.PageQuery
}

type receiptsAnswer struct {
	Body struct {
		Items []UploadRow `json:"items" nullable:"false"`
		Next  string      `json:"next"`
	}
}

func (f *Figures) registerUploads(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-receipts", Method: http.MethodGet, Path: "/v1/receipts", Tags: []string{"figures"},
		Summary:     "Uploads, the newest first, with what became of them",
		Description: "A hospital sees its own. They are kept for 400 days; an upload that is under way is not settled, and not listed before something of it is stored.",
	}, f.receipts)
	huma.Register(api, huma.Operation{
		OperationID: "get-upload-health", Method: http.MethodGet, Path: "/v1/uploads/health", Tags: []string{"figures"},
		Summary:     "How an institution uploads: silence, lateness, completeness, refusals",
		Description: "Of the days named. A hospital may leave institution_id out.",
	}, f.health)
}

func (f *Figures) receipts(ctx context.Context, in *receiptsInput) (*receiptsAnswer, error) {
	caller, err := mayReadOf(ctx, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	q := UploadQuery{Cursor: in.Cursor}
	if q.Limit, err = in.PageSize(); err != nil {
		return nil, err
	}
	for _, day := range []struct {
		name, text string
		into       **claimwatch.Instant
	}{{"from", in.From, &q.From}, {"until", in.Until, &q.Until}} {
		if day.text == "" {
			continue
		}
		d, err := claimwatch.ParseDay(day.text)
		if err != nil {
			return nil, claimwatch.BadQuery(day.name, day.name+" is a day, 2026-01-02")
		}
		at := d.Midnight()
		*day.into = &at
	}
	switch {
	case in.InstitutionID != "":
		q.InstitutionIDs = []string{in.InstitutionID}
	case caller.IsHospital():
		q.InstitutionIDs = []string{caller.InstitutionID}
	case !caller.SeesAll():
		s, err := f.keep.get(ctx)
		if err != nil {
			return nil, err
		}
		q.InstitutionIDs = slices.DeleteFunc(s.known(), func(id string) bool { return !caller.Sees(id) })
	}
	list, next, err := f.deps.Uploads.Uploads(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &receiptsAnswer{}
	out.Body.Next, out.Body.Items = next, make([]UploadRow, len(list))
	for i, u := range list {
		out.Body.Items[i] = UploadRow{
			ReceiptID: u.ReceiptID, InstitutionID: u.InstitutionID, ReceivedAt: u.ReceivedAt, Records: u.Accepted + u.Duplicate + u.Refused,
			Accepted: u.Accepted, Duplicate: u.Duplicate, Refused: u.Refused, Settled: u.Settled,
		}
	}
	return out, nil
}

// windowOf are the days of days=, today the last of them.
func windowOf(days string, today claimwatch.Day) (from, until claimwatch.Day, err error) {
	n := 30
	if days != "" {
		if n, err = strconv.Atoi(days); err != nil || n < 1 || n > 400 {
			return 0, 0, claimwatch.BadQuery("days", "days is an integer from 1 to 400")
		}
	}
	return today + 1 - claimwatch.Day(n), today + 1, nil
}

func (f *Figures) health(ctx context.Context, in *healthInput) (*healthAnswer, error) {
	caller, err := mayReadOf(ctx, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	id := in.InstitutionID
	if id == "" {
		if id = caller.InstitutionID; id == "" {
			return nil, claimwatch.BadQuery("institution_id", "name the institution: institution_id=")
		}
	}
	now, err := f.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	from, until, err := windowOf(in.Days, now.Day())
	if err != nil {
		return nil, err
	}
	last, err := f.deps.LastReceived(ctx)
	if err != nil {
		return nil, err
	}
	happened := claimwatch.Interval{From: from.Midnight(), Until: min(until.Midnight(), now+1)}
	received, at := happened, last[id]
	if at > now { // the clock is that of the events: receptions have days of their own
		received = claimwatch.Interval{From: (at.Day() + 1 + from - until).Midnight(), Until: at + 1}
	}
	read, err := f.deps.Uploads.Health(ctx, id, received, happened)
	if err != nil {
		return nil, err
	}
	h := healthOf(&read, f.deps.Uploads.LateAfter())
	h.AsOf, h.InstitutionID, h.From, h.Until = now, id, from, until
	if at > 0 {
		h.heard(at, now, f.deps.Uploads.SilentAfter())
	}
	return &healthAnswer{Body: h}, nil
}
