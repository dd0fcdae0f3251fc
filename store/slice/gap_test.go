package slice_test

import (
	"fmt"
	"testing"

	"claimwatch/store/slice"
)

// bedDay is a day-unit line of S1: BED is by the day.
func bedDay(id, at string) *slice.Fee { return charged(id, at, "BED", "bed") }

// inBed is S1 from the 2nd at 08:00 with some records, at a hospital that requires
// face checks; without a discharge its end is the last record.
func inBed(discharge string, more slice.Facts) slice.Tables {
	more.Admissions = []*slice.Admission{admitted("S1", "02T08:00")}
	if discharge != "" {
		more.Discharges = []*slice.Discharge{discharged("S1", discharge)}
	}
	return tables(more, map[string][]slice.Item{"BED": {{Validity: always(), Category: "bed", Unit: "日"}}})
}

func gaps(list []slice.Gap) []string {
	return each(list, func(g slice.Gap) string { return fmt.Sprintf("%s %dh %v", span(g.Span), g.Length/3_600_000, g.Ongoing) })
}

func TestGapsWithoutCare(t *testing.T) {
	for _, c := range []struct {
		name, discharge string
		facts           slice.Facts
		want            string
	}{
		{
			"gaps in which fees lie", "05T08:00",
			slice.Facts{Orders: []*slice.Order{order("O", "03T08:00", "drug")}, Fees: []*slice.Fee{bedDay("F1", "02T09:00"), bedDay("F2", "03T08:00")}},
			"[02T08:00 03T08:00 24h false 03T08:00 05T08:00 48h false] [F1 24h F2 48h]",
		},
		{
			"one without fees does not count", "05T08:00",
			slice.Facts{Orders: []*slice.Order{order("O", "03T08:00", "drug")}, Fees: []*slice.Fee{bedDay("F1", "02T09:00")}},
			"[02T08:00 03T08:00 24h false] [F1 24h]",
		},
		{
			"an hour is no gap", "02T09:00", slice.Facts{Fees: []*slice.Fee{bedDay("F1", "02T08:30")}}, "none",
		},
		{
			"a minute more is", "02T09:01", slice.Facts{Fees: []*slice.Fee{bedDay("F1", "02T08:30")}}, "[02T08:00 02T09:01 1h false] [F1 1h]",
		},
		{
			"leaves are taken out with their fees", "05T08:00",
			slice.Facts{Leaves: []*slice.Leave{leave("L", "03T08:00", "04T08:00")}, Fees: []*slice.Fee{bedDay("F1", "03T09:00"), bedDay("F2", "04T08:00")}},
			"[02T08:00 05T08:00 48h false] [F2 48h]",
		},
		{
			"all fees on leave", "05T08:00",
			slice.Facts{Leaves: []*slice.Leave{leave("L", "03T08:00", "04T08:00")}, Fees: []*slice.Fee{bedDay("F1", "03T09:00")}},
			"none",
		},
		{
			"an open stay: the gap goes on", "",
			slice.Facts{Fees: []*slice.Fee{bedDay("F1", "02T09:00")}, Checks: []*slice.Check{{Head: head("C", "04T08:00")}}},
			"[02T08:00 04T08:00 48h true] [F1 48h] last 48h, again from 04T08:00, restless false",
		},
		{
			"an open stay with a fee at its end, on leave", "",
			slice.Facts{Fees: []*slice.Fee{bedDay("F1", "04T08:00")}, Leaves: []*slice.Leave{leave("L", "04T07:00", "09T08:00")}},
			"[] [] last 47h, again from 09T08:00, restless true",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := "none"
			for _, u := range inBed(c.discharge, c.facts).Uncared {
				got = fmt.Sprint(gaps(u.Gaps), " ", each(u.Fees, func(f slice.GapFee) string { return fmt.Sprintf("%s %dh", f.RecordID, f.Gap/3_600_000) }))
				if u.DischargedAt == nil {
					got += fmt.Sprintf(" last %dh, again from %s, restless %v", u.LastGap/3_600_000, at(u.ResumesAt()), u.Restless())
				}
			}
			same(t, "uncared", got, c.want)
		})
	}
}

func TestIdleStays(t *testing.T) {
	fees := []*slice.Fee{bedDay("F1", "02T09:00"), bedDay("F2", "03T09:00"), bedDay("F3", "04T09:00")}
	idle := func(discharge string, orders ...*slice.Order) []string {
		return each(inBed(discharge, slice.Facts{Fees: fees, Orders: orders}).Idle, func(i *slice.Idle) string {
			return fmt.Sprint(len(i.IdleDays), " of ", len(i.Days), each(i.Fees, func(f slice.DayFee) string { return f.RecordID }))
		})
	}
	same(t, "one day without", idle("04T08:00", order("O", "03T10:00", "drug")), []string{"1 of 2 [F1]"})
	same(t, "none without", idle("04T08:00", order("O1", "02T10:00", "drug"), order("O2", "03T10:00", "drug")), []string{})
	same(t, "an open stay", idle(""), []string{})
}

func TestUnattendedStays(t *testing.T) {
	fees := []*slice.Fee{bedDay("F1", "02T08:30"), bedDay("F2", "02T10:00"), bedDay("F3", "03T09:00")}
	unattended := func(discharge string, orders ...*slice.Order) []string {
		return each(inBed(discharge, slice.Facts{Fees: fees, Orders: orders}).Unattended, func(u *slice.Unattended) string {
			return fmt.Sprint(each(u.Fees, func(f slice.DayFee) string { return f.RecordID }), u.Restless())
		})
	}
	same(t, "never ordered", unattended("03T09:00"), []string{"[F1 F2] false"})
	same(t, "open", unattended(""), []string{"[F1 F2] true"}) // the last fee lies at the end
	same(t, "ordered within the hour", unattended("03T09:00", order("O", "02T08:59", "drug")), []string{})
	same(t, "ordered after the hour", unattended("03T09:00", order("O", "02T09:00", "drug")), []string{"[F1] false"})
	same(t, "ordered before the admission", unattended("03T09:00", order("O", "02T07:00", "drug")), []string{"[F1 F2] false"})
	same(t, "gone within the hour", unattended("02T08:59"), []string{})
}

func TestProofsOfPresence(t *testing.T) {
	check := func(id, at, method, result string, score int64) *slice.Check {
		c := &slice.Check{Head: head(id, at), Method: method, Result: result}
		if score >= 0 {
			c.Score = &score
		}
		return c
	}
	dead := check("C5", "02T13:00", "face", "match", 9500)
	alive := false
	dead.Liveness = &alive
	checks := []*slice.Check{
		check("C1", "02T09:00", "face", "match", 9000), check("C2", "02T10:00", "face", "match", 4000), check("C3", "02T11:00", "card", "match", 1),
		check("C4", "02T12:00", "face", "mismatch", 9500), dead, check("C6", "02T14:00", "face", "match", -1), check("C7", "01T14:00", "face", "match", 9900),
	}
	attested := func(discharge string, leaves ...*slice.Leave) []string {
		facts := slice.Facts{Checks: checks, Leaves: leaves, Fees: []*slice.Fee{bedDay("F1", "02T09:00"), bedDay("F2", "02T15:30")}}
		return each(inBed(discharge, facts).Attested, func(a *slice.Attested) string {
			return fmt.Sprint(each(a.Proofs, func(p slice.Proof) string {
				return fmt.Sprint(at(p.At)[3:], " ", int64(p.Counted/60_000), " ", p.Score)
			}), " ",
				each(a.Fees, func(f slice.DayFee) string { return f.RecordID }))
		})
	}
	same(t, "a stay", attested("02T16:00"),
		[]string{"[08:00 0 10001 09:00 60 9000 10:00 120 4000 11:00 180 10001 14:00 360 10001 16:00 480 10001] [F1 F2]"})
	same(t, "with a leave", attested("02T16:00", leave("L", "02T15:00", "02T15:45")),
		[]string{"[08:00 0 10001 09:00 60 9000 10:00 120 4000 11:00 180 10001 14:00 360 10001 16:00 435 10001] [F1]"})
	same(t, "seen every hour", attested("02T09:30"), []string{}) // 09:00 is sure whatever score is asked for
	checks[0].Score = checks[1].Score
	same(t, "but not surely", len(attested("02T09:30")), 1)
}
