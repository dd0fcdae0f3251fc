package store_test

import (
	"cmp"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

func text(s string) claimwatch.Value { return claimwatch.Value{Text: s, Set: true} }

// TestFigures: newest revisions count once in the month of their service, stays in
// those of admission and discharge, receptions in that of their first revision.
func TestFigures(t *testing.T) {
	db := open(t)
	begun, ended := clock("2026-01-30T10:00"), clock("2026-02-03T09:00")
	stay := func(kind claimwatch.Kind, person, id, class string, at claimwatch.Instant) *claimwatch.Record {
		r := record(kind, "H1", person, id, at)
		if kind == claimwatch.Admission {
			set(r, "class", text(class))
		}
		return r
	}
	charge := func(id, physician, category string, amount int64, at claimwatch.Instant) *claimwatch.Record {
		r := set(set(set(fee(id, amount), "physician_id", text(physician)), "category", text(category)), "self_pay", claimwatch.Value{})
		r.PersonID, r.StayID, r.OccurredAt = "p1", "s-p1", at
		return r
	}
	corrected := charge("f2", "D1", "drug", 900, ended)
	corrected.Revision = 2
	gone := charge("f3", "D2", "exam", 5, begun)
	gone.Revision, gone.Cancelled = 2, true
	paid := set(charge("f4", "D2", "exam", 7, begun), "self_pay", claimwatch.Value{Num: 1, Set: true})
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		stay(claimwatch.Admission, "p1", "a1", "inpatient", begun), stay(claimwatch.Discharge, "p1", "d1", "", ended),
		stay(claimwatch.Admission, "p2", "a2", "outpatient", begun), stay(claimwatch.Discharge, "p2", "d2", "", ended),
		charge("f1", "D1", "exam", 100, begun), charge("f2", "D1", "drug", 800, ended), corrected,
		charge("f3", "D2", "exam", 5, begun), gone, paid, charge("f5", "", "bed", 30, ended), charge("f6", "D1", "drug", 1, ended+1))))
	late := stored(0, 2, charge("f7", "D2", "bed", 20, begun))
	late[0].ReceivedAt = begun + 3*86_400_000
	must(t, db.InsertRecords(t.Context(), late))

	f := got(db.Figures(t.Context(), ended, store.Receptions{Late: 2 * 86_400_000}))(t)
	sums := map[int]store.HouseMonth{}
	for _, h := range f.Houses {
		s := sums[h.Month]
		s.InstitutionID, s.Month = h.InstitutionID, h.Month
		s.Records, s.Timed, s.Late, s.Charged, s.Stays = s.Records+h.Records, s.Timed+h.Timed, s.Late+h.Late, s.Charged+h.Charged, s.Stays+h.Stays
		s.Discharged, s.StayDays, s.StayCost, s.StayDrugs = s.Discharged+h.Discharged, s.StayDays+h.StayDays, s.StayCost+h.StayCost, s.StayDrugs+h.StayDrugs
		sums[h.Month] = s
	}
	same(t, "Figures().Houses", sums, map[int]store.HouseMonth{
		202601: {InstitutionID: "H1", Month: 202601, Records: 5, Timed: 5, Charged: 120, Stays: 1},
		202602: {InstitutionID: "H1", Month: 202602, Records: 6, Timed: 4, Late: 1, Charged: 930, Discharged: 1, StayDays: 4, StayCost: 1050, StayDrugs: 900},
	})
	for _, h := range got(db.Figures(t.Context(), ended, store.Receptions{Ignored: true}))(t).Houses {
		if h.Late > 0 || h.Timed > 0 && h.Month == 202602 && h.Timed != 3 { // the late fee is of January there
			t.Errorf("without receptions: %+v", h)
		}
	}
	slices.SortFunc(f.Physicians, func(a, b store.PhysicianMonth) int {
		return cmp.Or(cmp.Compare(a.PhysicianID, b.PhysicianID), cmp.Compare(a.Month, b.Month))
	})
	same(t, "Figures().Physicians", f.Physicians, []store.PhysicianMonth{
		{InstitutionID: "H1", PhysicianID: "D1", Month: 202601, Stays: 1, Charged: 100},
		{InstitutionID: "H1", PhysicianID: "D1", Month: 202602, Charged: 900},
		{InstitutionID: "H1", PhysicianID: "D2", Month: 202601, Stays: 1, Charged: 20},
	})
}

// TestUploadHealth: what an institution sent in a week, how late, and what is missing.
func TestUploadHealth(t *testing.T) {
	db := open(t)
	at := clock("2026-01-05T10:00")
	const day = 86_400_000
	of := func(kind claimwatch.Kind, person, id string, at claimwatch.Instant) *claimwatch.Record {
		r := record(kind, "H1", person, id, at)
		if kind == claimwatch.Admission {
			set(r, "class", text("inpatient"))
		}
		return r
	}
	charge := func(person, id, order, physician string, at claimwatch.Instant) *claimwatch.Record {
		r := set(set(set(fee(id, 100), "order_id", text(order)), "physician_id", text(physician)), "reverses", claimwatch.Value{})
		r.PersonID, r.StayID, r.OccurredAt = person, "s-"+person, at
		return r
	}
	other := of(claimwatch.Admission, "p9", "a9", at)
	other.InstitutionID = "H2"
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		of(claimwatch.Admission, "p1", "a1", at), charge("p1", "f1", "", "D1", at), charge("p1", "f2", "O1", "", at+day),
		of(claimwatch.Discharge, "p1", "d1", at+3*day), // four days with the last one, of them two with fees; no front page
		of(claimwatch.Admission, "p2", "a2", at), of(claimwatch.Discharge, "p2", "d2", at+day), of(claimwatch.FrontPage, "p2", "fp", at+day),
		of(claimwatch.Admission, "p3", "a3", at), charge("p3", "f3", "O1", "D1", at), // open, and silent since
		charge("p4", "f4", "O1", "D1", at), // without an admission
		other)))
	late := stored(0, 2, charge("p4", "f5", "O1", "D1", at))
	late[0].ReceivedAt = at + 3*day
	must(t, db.InsertRecords(t.Context(), late))
	part := func(id, institution string, chunk, chunks, accepted, duplicate, door int, refused ...claimwatch.Refusal) claimwatch.ReceiptPart {
		return claimwatch.ReceiptPart{Upload: claimwatch.Upload{
			ReceiptID: id, InstitutionID: institution, ReceivedAt: at, Chunk: chunk, Chunks: chunks, Refused: door,
		}, Accepted: accepted, Duplicate: duplicate, Refused: refused}
	}
	must(t, db.InsertReceiptParts(t.Context(), []claimwatch.ReceiptPart{
		part("r1", "H1", 0, 2, 5, 0, 1), part("r1", "H1", 0, 2, 0, 5, 1), part("r1", "H1", 1, 2, 3, 1, 1, claimwatch.Refusal{Code: claimwatch.CodeConflict}),
		part("r2", "H1", 0, 2, 1, 0, 0), part("r3", "H2", 0, 1, 1, 0, 0),
	}))
	must(t, db.InsertQuarantined(t.Context(), []claimwatch.Quarantined{
		{ID: "q_r4_0", InstitutionID: "H1", ReceiptID: "r4", ReceivedAt: at + day, Refusal: claimwatch.Refusal{Code: "missing"}},
		{ID: "q_r4_1", InstitutionID: "H1", ReceiptID: "r4", ReceivedAt: at + day, Refusal: claimwatch.Refusal{Index: 1, Code: "missing"}},
		{ID: "q_r1_1", InstitutionID: "H1", ReceiptID: "r1", ReceivedAt: at, Refusal: claimwatch.Refusal{Index: 1, Code: "range"}},
	}, map[string]claimwatch.Upload{"r4": {Chunks: 0, Refused: 2}, "r1": {Chunks: 2, Refused: 1}}))

	list, next, err := db.Uploads(t.Context(), store.UploadQuery{InstitutionIDs: []string{"H1"}, Limit: 2})
	must(t, err)
	rest, last, err := db.Uploads(t.Context(), store.UploadQuery{InstitutionIDs: []string{"H1"}, Limit: 2, Cursor: next})
	must(t, err)
	same(t, "Uploads()", append(list, rest...), []store.UploadSum{
		{ReceiptID: "r4", InstitutionID: "H1", ReceivedAt: at + day, Refused: 2, Settled: true},
		{ReceiptID: "r2", InstitutionID: "H1", ReceivedAt: at, Accepted: 1},
		{ReceiptID: "r1", InstitutionID: "H1", ReceivedAt: at, Accepted: 8, Duplicate: 1, Refused: 2, Settled: true},
	})
	same(t, "next of the last page", last, "")

	week := claimwatch.Interval{From: at.Day().Midnight(), Until: (at.Day() + 7).Midnight()}
	h := got(db.UploadHealth(t.Context(), "H1", week, week, store.Receptions{Late: 2 * day}))(t)
	same(t, "Gaps", h.Gaps, store.Gaps{
		Open: 1, OpenSilent: 1, Discharged: 2, NoFrontPage: 1, Charged: 3, NoAdmission: 1, Fees: 5, NoOrder: 1, NoPhysician: 1,
		StayDays: 3 + 1 + 7, DaysWithoutFee: 1 + 1 + 6,
	})
	same(t, "Codes", h.Codes, []store.RefusedCode{{Code: "missing", Records: 2}, {Code: "range", Records: 1}})
	same(t, "Days", h.Days, []store.UploadDay{{Day: at.Day(), Uploads: 2, Accepted: 9, Duplicate: 1, Refused: 2}, {Day: at.Day() + 1, Uploads: 1, Refused: 2}})
	var all, fees store.Delays
	for _, d := range h.Delays {
		if d.Kind == "" && d.Day == 0 {
			all = d
		} else if d.Kind == "fee" {
			fees = d
		}
	}
	same(t, "Delays of all", all, store.Delays{Records: 8, Median: 5000, P95: 3 * day, Late: 1})
	same(t, "Delays of fees", fees, store.Delays{Kind: "fee", Records: 5, Median: 5000, P95: 3 * day, Late: 1})
	before := claimwatch.Interval{From: week.From - 7*day, Until: week.From}
	h = got(db.UploadHealth(t.Context(), "H1", week, before, store.Receptions{Ignored: true}))(t)
	same(t, "Gaps of before", h.Gaps, store.Gaps{})
	same(t, "Delays without receptions", len(h.Delays), 0)
	same(t, "Days", len(h.Days), 2)
	same(t, "LastReceived()", got(db.LastReceived(t.Context()))(t)["H1"], at+3*day+5000)
}

// TestFindingsOfLines: findings are found by the physician and the item of one
// violating line, of the institution asked for, and physicians by their findings.
func TestFindingsOfLines(t *testing.T) {
	db := open(t)
	at := clock("2026-01-05T10:00")
	of := func(kind claimwatch.Kind, institution, id, physician, item string) *claimwatch.Record {
		r := set(record(kind, institution, "p1", id, at), "item_code", text(item))
		if kind != claimwatch.DeviceFitting {
			set(r, "physician_id", text(physician))
		}
		return r
	}
	must(t, db.InsertRecords(t.Context(), stored(0, 1,
		of(claimwatch.Fee, "H1", "f1", "D1", "A"), of(claimwatch.Fee, "H1", "f2", "D2", "B"), of(claimwatch.Order, "H1", "o1", "D1", "B"),
		of(claimwatch.Fee, "H2", "f1", "D1", "A"), of(claimwatch.DeviceFitting, "H1", "d1", "", "A"))))
	about := func(subject string, lines ...claimwatch.Line) claimwatch.Finding {
		f := finding("FEE-001", "p1", subject, 100)
		f.Lines = lines
		return f
	}
	line := func(kind claimwatch.Kind, institution, id string, role claimwatch.Role) claimwatch.Line {
		return claimwatch.Line{Kind: kind, InstitutionID: institution, RecordID: id, Role: role}
	}
	findings := []claimwatch.Finding{
		about("fee", line(claimwatch.Fee, "H1", "f1", claimwatch.Violating), line(claimwatch.Fee, "H1", "f2", claimwatch.Involved)),
		about("both", line(claimwatch.Fee, "H1", "f1", claimwatch.Violating), line(claimwatch.Fee, "H1", "f2", claimwatch.Violating)),
		about("order", line(claimwatch.Order, "H1", "o1", claimwatch.Violating)),
		about("other", line(claimwatch.Fee, "H2", "f1", claimwatch.Violating)),
		about("device", line(claimwatch.DeviceFitting, "H1", "d1", claimwatch.Violating)),
	}
	_ = got(db.SaveEvaluations(t.Context(), []claimwatch.Evaluation{evaluation(1, findings...)}, 1000))(t)
	for name, c := range map[string]struct {
		q    store.FindingQuery
		want []string
	}{
		"physician":              {store.FindingQuery{PhysicianID: "D1"}, []string{"both", "fee", "order", "other"}},
		"item":                   {store.FindingQuery{ItemCode: "A"}, []string{"both", "device", "fee", "other"}},
		"on one line":            {store.FindingQuery{PhysicianID: "D2", ItemCode: "A"}, []string{}},
		"both":                   {store.FindingQuery{PhysicianID: "D1", ItemCode: "B"}, []string{"order"}},
		"lines of one house":     {store.FindingQuery{PhysicianID: "D1", LinesOf: "H2"}, []string{"other"}},
		"with retracted as well": {store.FindingQuery{PhysicianID: "D2", Retracted: store.WithRetracted}, []string{"both"}},
	} {
		items, _, err := db.Findings(t.Context(), c.q)
		must(t, err)
		list := subjects(items)
		slices.Sort(list)
		same(t, name, list, c.want)
		places := 0
		must(t, db.FindingPlaces(t.Context(), c.q, func(store.FindingPlace) error { places++; return nil }))
		same(t, "places "+name, places, len(c.want))
	}
	named := map[string]int{}
	for _, b := range got(db.Figures(t.Context(), at, store.Receptions{}))(t).Blamed {
		named[b.InstitutionID+" "+b.PhysicianID]++
	}
	same(t, "Blamed", named, map[string]int{"H1 D1": 3, "H1 D2": 1, "H2 D1": 1})
}
