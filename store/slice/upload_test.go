package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

// revised is a revision of a record, received at a time.
func revised(f *slice.Fee, revision uint32, received string) *slice.Fee {
	own := *f
	own.Revision, own.ReceivedAt, own.Offset = revision, clock(received), int64(clock(received))
	return &own
}

func claim(id, at, month string, fen int64, lines int32) *slice.Claim {
	c := &slice.Claim{Head: head(id, at), Month: month, DeclaredAmount: fen, LineCount: lines}
	c.ReceivedAt = c.At
	return c
}

// wall works out what rules see with the wall clock.
func wall(f slice.Facts, contradicted ...claimwatch.Identity) slice.Tables {
	w := slice.WorldOf(f, end)
	w.Wall, w.Contradicted = true, contradicted
	return w.Tables(w.Moved, &slice.Others{}, known(slice.Reference{}))
}

func records(named []slice.NamedRecord) []string {
	return each(named, func(n slice.NamedRecord) string { return n.Kind.String() + " " + n.RecordID })
}

func TestLateUploads(t *testing.T) {
	a := admitted("S1", "01T08:00")
	a.ReceivedAt = clock("01T09:00") // an hour is never late
	beside := charged("F3", "02T12:00", "X", "drug")
	beside.StayID, beside.Reverses = "S9", "F0"
	facts := func() slice.Facts {
		line := charged("F1", "02T12:00", "X", "drug")
		return slice.Facts{Admissions: []*slice.Admission{a}, Fees: []*slice.Fee{
			revised(line, 2, "02T12:10"), revised(line, 1, "09T12:00"), revised(charged("F2", "02T12:00", "X", "drug"), 1, "02T13:01"),
			revised(charged("F2", "02T12:00", "X", "drug"), 2, "09T13:00"), revised(beside, 1, "05T12:00"),
		}}
	}
	got := wall(facts())
	same(t, "late", each(got.LateUploads, func(l *slice.LateUploads) string {
		return fmt.Sprint(l.Stay.Number, " ", l.Stay.StayID, each(l.Records, func(u slice.Upload) string { return " " + u.RecordID + " " + at(u.ReceivedAt) }))
	}), []string{"1 S1[ F1 09T12:00  F2 02T13:01]", "2 S9[ F3 05T12:00]"})
	same(t, "with the event clock", len(tablesOf(facts(), known(slice.Reference{})).LateUploads), 0)
	same(t, "the number without an admission", got.Numbered()[2].AdmissionID+got.Numbered()[2].StayID, "S9")
}

func TestIncompleteUploads(t *testing.T) {
	paid := charged("F9", "05T12:00", "X", "drug")
	paid.SelfPay = true
	fees := []*slice.Fee{charged("F2", "04T12:00", "X", "drug"), charged("F1", "03T12:00", "X", "drug"), refund("R1", "05T12:00", "F1", 5_000, 500), paid}
	stay := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "09T08:00")}}
	page := []*slice.FrontPage{{Head: head("P", "09T08:00")}}
	for _, c := range []struct {
		name  string
		facts slice.Facts
		want  []string
	}{
		{"no front page", slice.Facts{Admissions: stay.Admissions, Discharges: stay.Discharges}, []string{"front_page 09T08:00 [discharge D-S1]"}},
		{"all there", slice.Facts{Admissions: stay.Admissions, Discharges: stay.Discharges, FrontPages: page, Claims: []*slice.Claim{claim("C1", "10T08:00", "2026-01", 1500, 3)}, Fees: fees}, []string{}},
		{"no admission", slice.Facts{Fees: fees}, []string{"admission 03T12:00 [fee F1 fee F2 fee R1]"}},
		{"no admission of a line of the person's own", slice.Facts{Fees: []*slice.Fee{paid}}, []string{}},
		{"a fen too much", slice.Facts{Admissions: stay.Admissions, Fees: fees, Claims: []*slice.Claim{claim("C1", "10T08:00", "2026-01", 1501, 3)}}, []string{"claimed 2026-01 1501/3 1500/3 [claim C1 fee F1 fee F2 fee R1]"}},
		{"of another month", slice.Facts{Admissions: stay.Admissions, Fees: fees, Claims: []*slice.Claim{claim("C1", "10T08:00", "2025-12", 1, 1)}}, []string{"claimed 2025-12 1/1 0/0 [claim C1]"}},
		{"the last one counts", slice.Facts{Admissions: stay.Admissions, Fees: fees, Claims: []*slice.Claim{
			claim("C3", "10T09:00", "2026-01", 1500, 3), claim("C1", "10T08:00", "2026-01", 1, 1), claim("C2", "10T09:00", "2026-01", 2, 2),
		}}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			same(t, "incomplete", each(tablesOf(c.facts, known(slice.Reference{})).Incomplete, func(i *slice.Incomplete) string {
				if i.Lacks == "claimed" {
					return fmt.Sprintf("claimed %s %d/%d %d/%d %v", i.Month, i.Declared, i.Lines, i.Charged, i.Found, records(i.Records))
				}
				return fmt.Sprint(i.Lacks, " ", at(i.Since), " ", records(i.Records))
			}), c.want)
		})
	}
}

func TestChangesAfterTheClaim(t *testing.T) {
	line, double := charged("F1", "02T12:00", "X", "drug"), charged("F1", "02T12:00", "X", "drug")
	double.Amount *= 2
	void := *double
	void.Cancelled = true
	ahead := *double
	ahead.At = end + 1
	for _, c := range []struct {
		name string
		fees []*slice.Fee
		want []string
	}{
		{"never", []*slice.Fee{revised(line, 1, "02T13:00")}, []string{}},
		{"before", []*slice.Fee{revised(line, 1, "02T13:00"), revised(double, 2, "10T08:00")}, []string{}},
		{"after", []*slice.Fee{revised(double, 2, "10T08:01"), revised(line, 1, "02T13:00")}, []string{"1 0 1000 [fee F1 claim C1]"}},
		{"read twice", []*slice.Fee{revised(double, 2, "10T08:01"), revised(line, 1, "02T13:00"), revised(double, 2, "10T08:01")}, []string{"1 0 1000 [fee F1 claim C1]"}},
		{"the same row twice is no change", []*slice.Fee{revised(line, 1, "12T13:00"), revised(line, 1, "12T13:00")}, []string{}},
		{"cancelled", []*slice.Fee{revised(line, 1, "02T13:00"), revised(double, 2, "03T13:00"), revised(&void, 3, "11T13:00")}, []string{"1 0 -2000 [fee F1 claim C1]"}},
		{"the earliest revision came last", []*slice.Fee{revised(double, 2, "02T13:00"), revised(line, 1, "11T13:00")}, []string{}},
		{"a revision ahead of as_of", []*slice.Fee{revised(line, 1, "02T13:00"), revised(&ahead, 2, "11T13:00")}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := wall(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: c.fees,
				Claims: []*slice.Claim{claim("C2", "12T08:00", "2026-01", 1, 1), claim("C1", "10T08:00", "2026-01", 1, 1)},
			})
			same(t, "changes", each(got.Changes, func(c *slice.Changed) string {
				return fmt.Sprint(c.Revised, " ", c.Contradicted, " ", c.Amount, " ", records(c.Named))
			}), c.want)
		})
	}
}

// TestContradictedRecords finds them among those of every kind, cancelled too.
func TestContradictedRecords(t *testing.T) {
	a, o := admitted("S1", "01T08:00"), ordered("O1", "02T08:00", "X")
	o.Cancelled = true
	late := ordered("O2", "02T08:00", "X")
	late.At = end + 1
	id := func(kind claimwatch.Kind, record string) claimwatch.Identity {
		return claimwatch.Identity{InstitutionID: "H1", Kind: kind, RecordID: record}
	}
	facts := slice.Facts{
		Admissions: []*slice.Admission{a}, Orders: []*slice.Order{o, late}, Fittings: []*slice.Fitting{{Head: of(head("V1", "02T08:00"), "")}},
		Checks: []*slice.Check{{Head: head("O1", "03T08:00")}}, Transfers: []*slice.Transfer{{Head: of(head("T1", "03T08:00"), "S9")}},
	}
	got := wall(facts, id(claimwatch.Order, "O1"), id(claimwatch.Order, "O2"), id(claimwatch.Admission, "A-S1"), id(claimwatch.Discharge, "A-S1"),
		id(claimwatch.DeviceFitting, "V1"), id(claimwatch.Transfer, "T1"), id(claimwatch.IdentityCheck, "O1"))
	same(t, "contradicted", each(got.Changes, func(c *slice.Changed) string { return fmt.Sprint(c.Contradicted, " ", records(c.Named)) }),
		[]string{"3 [admission A-S1 order O1 identity_check O1]"})
}

// TestWhatOthersCancelled: records of other persons are looked up, cancelled ones
// among them, and are nothing of this person's.
func TestWhatOthersCancelled(t *testing.T) {
	void := charged("F1", "02T12:00", "X", "drug")
	void.PersonID, void.StayID, void.Cancelled, void.Revision = "P2", "S2", true, 2
	w := slice.WorldOf(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}}, end)
	w.Wall, w.Contradicted = true, []claimwatch.Identity{{InstitutionID: "H1", Kind: claimwatch.Fee, RecordID: "F1"}}
	others := &slice.Others{Fees: []*slice.Fee{void}}
	got := w.Tables(w.Moved, others, known(slice.Reference{}))
	same(t, "changes", len(got.Changes), 0)
	same(t, "fees of others", len(others.Fees), 0)
}
