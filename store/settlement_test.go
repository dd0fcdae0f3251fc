package store_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// ward is a small awkward world of one institution among two: revisions in any
// order, cancelled and revived lines, refunds of every wrong kind, self-pay,
// duplicates, fittings without a stay, admissions twice.
type ward struct {
	r       *rand.Rand
	begin   claimwatch.Instant
	records []*claimwatch.Record
	settled []store.SettlementLine
	closed  map[uint64]bool
}

func (w *ward) at() claimwatch.Instant {
	return w.begin + claimwatch.Instant(w.r.IntN(90))*24*3_600_000
}

func (w *ward) pick(words ...string) string { return words[w.r.IntN(len(words))] }

// add makes a record under a few ids, so that revisions of one meet.
func (w *ward) add(kind claimwatch.Kind, values map[string]claimwatch.Value) {
	institution, person := w.pick("H1", "H1", "H1", "H2"), w.pick("p1", "p2", "p3")
	id := fmt.Sprintf("%s-%s-%d", kind, person, w.r.IntN(8))
	r := record(kind, institution, person, id, w.at())
	r.StayID = w.pick("s1", "s2", "s3", "s4")
	if kind == claimwatch.Fee && w.r.IntN(3) > 0 {
		r.StayID = "s1" // so that refunds and lines meet
	}
	if kind == claimwatch.DeviceFitting && w.r.IntN(2) == 0 {
		r.StayID = ""
	}
	r.Revision, r.Cancelled = int32(1+w.r.IntN(3)), w.r.IntN(6) == 0
	for _, other := range w.records { // a record keeps its stay, and a revision its content
		if other.Kind == kind && other.RecordID == id && other.InstitutionID == institution {
			r.StayID = other.StayID
			if other.Revision == r.Revision {
				return
			}
		}
	}
	for name, value := range values {
		set(r, name, value)
	}
	w.records = append(w.records, r)
}

func newWard(seed uint64) *ward {
	w := &ward{r: rand.New(rand.NewPCG(seed, 1)), begin: clock("2026-01-01T09:00"), closed: map[uint64]bool{}}
	num := func(n int) claimwatch.Value { return claimwatch.Value{Num: int64(n), Set: true} }
	for range 80 {
		fee := map[string]claimwatch.Value{"amount": num(w.r.IntN(500)), "reverses": {}, "self_pay": {}}
		if w.r.IntN(3) == 0 {
			fee["amount"] = num(-w.r.IntN(200))
			fee["reverses"] = claimwatch.Value{Text: fmt.Sprintf("fee-%s-%d", w.pick("p1", "p2", "p3"), w.r.IntN(8)), Set: true}
		}
		if w.r.IntN(5) == 0 {
			fee["self_pay"] = num(w.r.IntN(2))
		}
		w.add(claimwatch.Fee, fee)
	}
	for range 16 {
		w.add(claimwatch.DeviceFitting, map[string]claimwatch.Value{"amount": num(w.r.IntN(900) - 100)})
		w.add(claimwatch.Admission, map[string]claimwatch.Value{"class": {Text: w.pick("inpatient", "rehab"), Set: true}})
		w.add(claimwatch.Claim, map[string]claimwatch.Value{
			"month": {Text: w.pick("2026-01", "2026-02"), Set: true}, "declared_amount": num(w.r.IntN(1000)), "line_count": num(w.r.IntN(20)),
		})
	}
	return w
}

// settle writes lines of proposals, most of which were closed: of existing lines
// exactly what they are worth, of some another amount, and of lines that are gone.
func (w *ward) settle(naive map[store.ChargedID]store.ChargedLine) {
	for proposal := uint64(1); proposal <= 3; proposal++ {
		w.closed[proposal] = proposal != 2
		for i := range 24 {
			kind := claimwatch.Fee
			if i%6 == 0 {
				kind = claimwatch.DeviceFitting
			}
			person := w.pick("p1", "p2", "p3")
			id := store.ChargedID{Kind: kind, RecordID: fmt.Sprintf("%s-%s-%d", kind, person, w.r.IntN(8))}
			row := store.SettlementLine{
				InstitutionID: "H1", Proposal: proposal, Kind: kind, RecordID: id.RecordID, Month: "2026-01", PersonID: person, StayID: naive[id].StayID,
			}
			if slices.ContainsFunc(w.settled, func(s store.SettlementLine) bool {
				return s.Kind == kind && s.RecordID == id.RecordID && s.Proposal == proposal
			}) {
				continue
			}
			row.Claimed = int64(naive[id].Net)
			switch w.r.IntN(4) {
			case 0:
				row.Claimed += 7
			case 1:
				row.Rejected = min(row.Claimed, 5)
			case 2:
				row.OnHold = min(row.Claimed, 3)
			}
			row.Approved = row.Claimed - row.Rejected - row.OnHold
			w.settled = append(w.settled, row)
		}
	}
}

// newest gives the records of H1 that count for rules.md 1.1, by id.
func (w *ward) newest(kind claimwatch.Kind, asOf claimwatch.Instant) map[string]*claimwatch.Record {
	live := map[string]*claimwatch.Record{}
	for _, r := range w.records {
		if r.InstitutionID == "H1" && r.Kind == kind && (live[r.RecordID] == nil || live[r.RecordID].Revision < r.Revision) {
			live[r.RecordID] = r
		}
	}
	for id, r := range live {
		if r.Cancelled || r.OccurredAt > asOf {
			delete(live, id)
		}
	}
	return live
}

func valueOf(r *claimwatch.Record, name string) claimwatch.Value {
	return r.Values[slices.IndexFunc(r.Kind.Fields(), func(s claimwatch.Spec) bool { return s.Name == name })]
}

// naive is what each line is worth, by the words of rules.md 1.7 and 1.8.
func (w *ward) naive(asOf claimwatch.Instant) map[store.ChargedID]store.ChargedLine {
	lines := map[store.ChargedID]store.ChargedLine{}
	fees := w.newest(claimwatch.Fee, asOf)
	for _, kind := range []claimwatch.Kind{claimwatch.Fee, claimwatch.DeviceFitting} {
		for id, r := range w.newest(kind, asOf) {
			net := valueOf(r, "amount").Num
			if kind == claimwatch.Fee {
				if valueOf(r, "reverses").Text != "" || valueOf(r, "self_pay").Num != 0 {
					continue
				}
				for _, refund := range fees {
					if valueOf(refund, "reverses").Text == id && refund.PersonID == r.PersonID && refund.StayID == r.StayID &&
						valueOf(refund, "self_pay").Num == 0 {
						net += valueOf(refund, "amount").Num
					}
				}
			}
			if net > 0 {
				key := store.ChargedID{Kind: kind, RecordID: id}
				lines[key] = store.ChargedLine{
					ChargedID: key, PersonID: r.PersonID, StayID: r.StayID, OccurredAt: r.OccurredAt, Net: claimwatch.Fen(net),
				}
			}
		}
	}
	return lines
}

// withSettled adds what closed settlements have posted, also of lines that are gone.
func (w *ward) withSettled(lines map[store.ChargedID]store.ChargedLine) {
	for _, s := range w.settled {
		if !w.closed[s.Proposal] {
			continue
		}
		key := store.ChargedID{Kind: s.Kind, RecordID: s.RecordID}
		line := lines[key]
		line.ChargedID, line.PersonID, line.StayID, line.Booked = key, max(line.PersonID, s.PersonID), max(line.StayID, s.StayID), s.Month
		line.Settled.Claimed += s.Claimed
		line.Settled.Rejected += s.Rejected
		line.Settled.OnHold += s.OnHold
		line.Settled.Approved += s.Approved
		lines[key] = line
	}
}

// want filters naive lines as the query promises.
func (w *ward) want(lines map[store.ChargedID]store.ChargedLine, q store.ChargedQuery) []store.ChargedLine {
	stays := map[[2]string]*claimwatch.Record{}
	for _, r := range w.newest(claimwatch.Admission, q.AsOf) {
		key := [2]string{r.PersonID, r.StayID}
		if first := stays[key]; first == nil || r.OccurredAt < first.OccurredAt || r.OccurredAt == first.OccurredAt && r.RecordID < first.RecordID {
			stays[key] = r
		}
	}
	numbers := map[string]bool{}
	for key, r := range stays {
		for _, span := range q.Spans {
			numbers[key[1]] = numbers[key[1]] || span.Contains(r.OccurredAt)
		}
	}
	var list []store.ChargedLine
	for id, line := range lines {
		within := line.StayID != "" && numbers[line.StayID]
		for _, span := range q.Spans {
			within = within || span.Contains(line.OccurredAt)
		}
		later := line.OccurredAt >= q.Until && line.Booked == ""
		same := line.OccurredAt < q.Open && int64(line.Net) == line.Settled.Claimed && line.Settled.Approved == line.Settled.Claimed && !within
		if (later || same) && !slices.Contains(q.Lines, id) {
			continue
		}
		if r := stays[[2]string{line.PersonID, line.StayID}]; r != nil && len(q.Spans) > 0 {
			line.AdmittedAt, line.Class = &r.OccurredAt, valueOf(r, "class").Text
		}
		list = append(list, line)
	}
	sortCharged(list)
	return list
}

func sortCharged(list []store.ChargedLine) {
	slices.SortFunc(list, func(a, b store.ChargedLine) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.RecordID, b.RecordID))
	})
}

// The lines of a settlement are exactly those that the plain reading of the rules
// gives, over awkward worlds, written twice and in another order.
func TestCharged(t *testing.T) {
	const worlds = 12
	answers := 0
	for seed := range uint64(worlds) {
		db := open(t)
		w := newWard(seed)
		q := store.ChargedQuery{
			InstitutionID: "H1", AsOf: clock("2026-03-20T09:00"), Open: clock("2026-02-01T00:00"), Until: clock("2026-03-01T00:00"),
		}
		if seed%2 == 0 {
			q.Spans = []claimwatch.Interval{{From: clock("2026-01-10T00:00"), Until: clock("2026-01-14T00:00")}, {From: clock("2026-02-25T00:00"), Until: claimwatch.Latest}}
		}
		for n := range 8 {
			q.Lines = append(q.Lines, store.ChargedID{Kind: claimwatch.Fee, RecordID: fmt.Sprintf("fee-p1-%d", n)})
		}
		lines := w.naive(q.AsOf)
		w.settle(lines)
		w.withSettled(lines)
		batch := stored(0, 1, w.records...)
		must(t, db.InsertRecords(t.Context(), batch))
		must(t, db.InsertRecords(t.Context(), batch))
		for range 2 {
			must(t, db.SaveSettlementLines(t.Context(), w.settled))
			for proposal, closed := range w.closed {
				if closed {
					must(t, db.SaveSettlement(t.Context(), store.SettlementRow{
						InstitutionID: "H1", Month: fmt.Sprintf("2025-0%d", proposal), Seq: proposal + 10, Proposal: proposal, Body: []byte("{}"),
					}))
				}
			}
		}
		list := got(db.Charged(t.Context(), q))(t)
		sortCharged(list)
		want := w.want(lines, q)
		same(t, fmt.Sprintf("Charged() of world %d", seed), list, want)
		answers += len(want)

		var total store.SettledParts
		for _, line := range lines {
			total.Claimed += line.Settled.Claimed
			total.Rejected += line.Settled.Rejected
			total.OnHold += line.Settled.OnHold
			total.Approved += line.Settled.Approved
		}
		same(t, "SettledTotal()", got(db.SettledTotal(t.Context(), "H1"))(t), total)
		same(t, "SettledTotal() of another", got(db.SettledTotal(t.Context(), "H2"))(t), store.SettledParts{})

		declared, lasts := map[[2]string]store.DeclaredClaim{}, map[[2]string]*claimwatch.Record{}
		for _, r := range w.newest(claimwatch.Claim, q.AsOf) {
			if valueOf(r, "month").Text != "2026-01" {
				continue
			}
			key := [2]string{r.StayID, r.PersonID}
			if last := lasts[key]; last != nil && cmp.Or(cmp.Compare(last.OccurredAt, r.OccurredAt), cmp.Compare(last.RecordID, r.RecordID)) > 0 {
				continue
			}
			lasts[key] = r
			declared[key] = store.DeclaredClaim{
				PersonID: r.PersonID, StayID: r.StayID, Amount: claimwatch.Fen(valueOf(r, "declared_amount").Num), Lines: int(valueOf(r, "line_count").Num),
			}
		}
		claims := got(db.Declared(t.Context(), "H1", "2026-01", q.AsOf))(t)
		for _, claim := range claims {
			same(t, "declared claim", claim, declared[[2]string{claim.StayID, claim.PersonID}])
		}
		same(t, "declared claims", len(claims), len(declared))
	}
	if answers < 10*worlds {
		t.Errorf("%d lines in %d worlds: the test shows nothing", answers, worlds)
	}
}

// Closed settlements, their lines and postings come back page by page, once,
// however often they were written.
func TestSettlementPages(t *testing.T) {
	db := open(t)
	var lines []store.SettlementLine
	var postings []store.Posting
	for i := range 7 {
		lines = append(lines, store.SettlementLine{
			InstitutionID: "H1", Proposal: 4, Kind: claimwatch.Fee, RecordID: fmt.Sprint("F", i), Month: fmt.Sprint("2026-0", 1+i%2), PersonID: "P", StayID: fmt.Sprint("S", i%3),
			SettledParts: store.SettledParts{Claimed: 5, Approved: 5}, Because: "suspended",
		})
		postings = append(postings, store.Posting{
			InstitutionID: "H1", Seq: uint64(1 + i/2), Account: fmt.Sprint("a", i%2), Amount: claimwatch.Fen(i), For: fmt.Sprint("2026-0", 1+i/4), Event: "settlement_close",
			At: clock("2026-02-03T04:05"), By: []string{"k1", "k2"},
		})
	}
	for range 2 {
		must(t, db.SaveSettlementLines(t.Context(), lines))
		must(t, db.SavePostings(t.Context(), postings))
		must(t, db.SaveSettlement(t.Context(), store.SettlementRow{InstitutionID: "H1", Month: "2026-01", Seq: 9, Proposal: 4, Body: []byte(`{"a":1}`)}))
	}
	row, ok, err := db.Settlement(t.Context(), "H1", "2026-01")
	must(t, err)
	same(t, "settlement", row, store.SettlementRow{InstitutionID: "H1", Month: "2026-01", Seq: 9, Proposal: 4, Body: []byte(`{"a":1}`)})
	_, other, err := db.Settlement(t.Context(), "H1", "2026-02")
	must(t, err)
	same(t, "known", []bool{ok, other}, []bool{true, false})

	var read []store.SettlementLine
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		page, next, err := db.SettlementLines(t.Context(), "H1", 4, cursor, 2)
		must(t, err)
		read, cursor = append(read, page...), next
	}
	slices.SortFunc(lines, func(a, b store.SettlementLine) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.StayID, b.StayID), cmp.Compare(a.RecordID, b.RecordID))
	})
	same(t, "lines", read, lines)

	var moved []store.Posting
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		page, next, err := db.Postings(t.Context(), store.PostingQuery{InstitutionID: "H1", Cursor: cursor, Limit: 3})
		must(t, err)
		moved, cursor = append(moved, page...), next
	}
	same(t, "postings", moved, postings)
	of, _, err := db.Postings(t.Context(), store.PostingQuery{InstitutionID: "H1", For: "2026-02"})
	must(t, err)
	same(t, "postings of a month", of, postings[4:])
}
