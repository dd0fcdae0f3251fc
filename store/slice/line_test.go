package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

// refund takes quantity (in 1/10,000) and amount (fen) of a line back.
func refund(id, at, line string, quantity, amount int64) *slice.Fee {
	f := charged(id, at, "CT", "exam")
	f.Quantity, f.Amount, f.Reverses = -quantity, -amount, line
	return f
}

func TestNetLines(t *testing.T) {
	line := charged("F1", "02T08:00", "CT", "exam")
	selfPay := func(f *slice.Fee) *slice.Fee { own := *f; own.SelfPay = true; return &own }
	elsewhere := func(f *slice.Fee) *slice.Fee { f.StayID = "S2"; return f }
	for _, c := range []struct {
		name string
		fees []*slice.Fee
		want []string
	}{
		{"a line", []*slice.Fee{line}, []string{"F1 10000 1000"}},
		{"half of it back", []*slice.Fee{line, refund("R1", "03T08:00", "F1", 5000, 500)}, []string{"F1 5000 500"}},
		{"back in two parts", []*slice.Fee{
			refund("R1", "03T08:00", "F1", 5000, 500), line, refund("R2", "03T09:00", "F1", 2500, 250),
		}, []string{"F1 2500 250"}},
		{"all of it back", []*slice.Fee{line, refund("R1", "03T08:00", "F1", 10_000, 1000)}, []string{}},
		{"more than all of it", []*slice.Fee{line, refund("R1", "03T08:00", "F1", 20_000, 2000)}, []string{}},
		{"the amount alone back", []*slice.Fee{line, refund("R1", "03T08:00", "F1", 0, 1000)}, []string{}},
		{"a refund by the person gives the fund nothing", []*slice.Fee{line, selfPay(refund("R1", "03T08:00", "F1", 5000, 500))}, []string{"F1 10000 1000"}},
		{"a refund of a refund has no effect", []*slice.Fee{line, refund("R1", "03T08:00", "F1", 5000, 500), refund("R2", "03T09:00", "R1", 5000, 500)}, []string{"F1 5000 500"}},
		{"a refund in another stay has none", []*slice.Fee{line, elsewhere(refund("R1", "03T08:00", "F1", 5000, 500))}, []string{"F1 10000 1000"}},
		{"a refund without its line has none", []*slice.Fee{refund("R1", "03T08:00", "F9", 5000, 500)}, []string{}},
		{"a line of the person's own", []*slice.Fee{selfPay(line)}, []string{}},
		{"a line for nothing", []*slice.Fee{refund("F1", "02T08:00", "", -10_000, 0)}, []string{}},
		{"lines in the order of records", []*slice.Fee{
			charged("F3", "02T09:00", "X", "other"), charged("F2", "02T08:00", "X", "other"), line,
		}, []string{"F1 10000 1000", "F2 10000 1000", "F3 10000 1000"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "01T09:00")}, Fees: c.fees}
			same(t, "lines", lines(tables(facts, nil)), c.want)
		})
	}
}

// TestWhatWasDoneIsAnEvent: refunds by the person undo what was done, gifts and
// own lines were done.
func TestWhatWasDoneIsAnEvent(t *testing.T) {
	own, gift, undone := charged("F1", "02T08:00", "CT", "exam"), charged("F2", "02T09:00", "CT", "exam"), charged("F3", "02T10:00", "CT", "exam")
	own.SelfPay, gift.Amount = true, 0
	back := refund("R3", "02T11:00", "F3", 10_000, 1000)
	back.SelfPay = true
	facts := slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00")},
		Fees:       []*slice.Fee{own, gift, undone, back, charged("F4", "02T12:00", "BED", "bed")},
	}
	same(t, "events", each(tables(facts, nil).Stays[0].Events, at), []string{"02T08:00", "02T09:00"})
}

func TestEqualLines(t *testing.T) {
	facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "01T08:00")}}
	add := func(id string, change func(*slice.Fee)) {
		f := charged(id, "02T08:00", "CT", "exam")
		change(f)
		facts.Fees = append(facts.Fees, f)
	}
	add("b", func(*slice.Fee) {})
	add("a", func(f *slice.Fee) { f.At += 999 }) // within the second
	add("c", func(*slice.Fee) {})
	add("next second", func(f *slice.Fee) { f.At += 1000 })
	add("other item", func(f *slice.Fee) { f.ItemCode = "MR" })
	add("other quantity", func(f *slice.Fee) { f.Quantity++ })
	add("other price", func(f *slice.Fee) { f.UnitPrice++ })
	add("other physician", func(f *slice.Fee) { f.PhysicianID = "D2" })
	add("other order", func(f *slice.Fee) { f.OrderID = "O2" })
	add("other stay", func(f *slice.Fee) { f.StayID = "S2" })
	add("own", func(f *slice.Fee) { f.SelfPay = true })
	for _, l := range tables(facts, nil).Fees {
		want := "1 " + l.RecordID
		if len(l.RecordID) == 1 {
			want = "3 a"
		}
		same(t, l.RecordID, fmt.Sprint(l.Copies, " ", l.Kept), want)
	}
}

func TestItemOfTheServiceDate(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	on := func(text string) claimwatch.Day { return clock(text + "T00:00").Day() }
	items := map[string][]slice.Item{"X": {
		{Region: "", Validity: slice.Validity{Since: on("10"), Until: on("20")}, Category: "bed", Unit: "日", Cap2: number(2), Cap3: number(3), MaxPerDay: number(7)},
		{Region: "", Validity: slice.Validity{Since: on("01"), Until: on("09")}, Category: "nursing", Unit: "次"},
		{Region: "Taiyuan", Validity: slice.Validity{Since: on("12"), Until: on("13")}, Category: "consultation", Unit: ""},
		{Region: "Datong", Validity: slice.Validity{Since: on("01"), Until: on("30")}, Category: "exam"},
	}}
	for when, want := range map[string]string{
		"08T23:59": "nursing found day_unit=false cap=none",
		"09T00:00": "bed missing day_unit=true cap=none", // its own category, and no unit known
		"10T00:00": "bed found day_unit=true cap=3",
		"12T12:00": "consultation found day_unit=true cap=none",
		"13T00:00": "bed found day_unit=true cap=3",
		"19T23:59": "bed found day_unit=true cap=3",
		"20T00:00": "bed missing day_unit=true cap=none",
	} {
		facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: []*slice.Fee{charged("F1", when, "X", "bed")}}
		l := tables(facts, items).Fees[0]
		found, limit := "missing", "none"
		if l.Item != nil {
			found = "found"
		}
		if l.Cap != nil {
			limit = fmt.Sprint(*l.Cap)
		}
		same(t, when, fmt.Sprintf("%s %s day_unit=%v cap=%s", l.Category, found, l.DayUnit, limit), want)
	}
}
