package slice_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/store/slice"
)

// clock reads a local time of January 2026: "02T08:00".
func clock(text string) claimwatch.Instant {
	at, err := time.ParseInLocation("2006-01-02T15:04", "2026-01-"+text, claimwatch.Shanghai)
	if err != nil {
		panic(err) // a test that is written wrongly
	}
	return claimwatch.InstantOf(at)
}

// end is after everything that happens in these tests.
var end = clock("31T00:00")

// head is a record of stay S1 of P1 in H1.
func head(id, at string) slice.Head {
	return slice.Head{InstitutionID: "H1", PersonID: "P1", StayID: "S1", RecordID: id, At: clock(at), Revision: 1}
}

func of(h slice.Head, stay string) slice.Head { h.StayID = stay; return h }

// admitted is an inpatient admission of a stay.
func admitted(stay, at string) *slice.Admission {
	return &slice.Admission{
		Head: of(head("A-"+stay, at), stay), Class: "inpatient", Route: "elective", Department: "bones", Diagnoses: []string{"S72.0"},
	}
}

func discharged(stay, at string) *slice.Discharge {
	return &slice.Discharge{Head: of(head("D-"+stay, at), stay), Disposition: "improved"}
}

// charged is a fee line of S1: one for ten yuan.
func charged(id, at, item, category string) *slice.Fee {
	return &slice.Fee{Head: head(id, at), ItemCode: item, Category: category, Quantity: 10_000, UnitPrice: 10_000_000, Amount: 1000}
}

// tables works out what rules see at the end, H1 known as a third-level hospital
// in Taiyuan.
func tables(f slice.Facts, items map[string][]slice.Item) slice.Tables {
	return tablesAt(f, items, end)
}

func tablesAt(f slice.Facts, items map[string][]slice.Item, asOf claimwatch.Instant) slice.Tables {
	w := slice.WorldOf(f, asOf)
	return w.Tables(w.Moved, &slice.Others{}, &slice.Reference{
		Institutions: map[string]slice.Institution{"H1": {City: "Taiyuan", Level: 3, FaceRequired: true}}, Items: items,
	})
}

// same compares.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want, +got):\n%s", what, diff)
	}
}

// each writes one text for each row.
func each[R any](rows []R, text func(R) string) []string {
	list := make([]string, 0, len(rows))
	for _, row := range rows {
		list = append(list, text(row))
	}
	return list
}

func at(i claimwatch.Instant) string { return i.Time().Format("02T15:04") }

func span(s slice.Span) string { return at(s.From) + " " + at(s.Until) }

func day(d claimwatch.Day) string { return d.Midnight().Time().Format("02") }

// lines writes fee lines as record, net quantity and net amount.
func lines(t slice.Tables) []string {
	return each(t.Fees, func(l *slice.Line) string { return fmt.Sprintf("%s %d %d", l.RecordID, l.Quantity, l.Amount) })
}
