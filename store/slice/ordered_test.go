package slice_test

import (
	"fmt"
	"testing"

	"claimwatch"
	"claimwatch/store/slice"
)

// ordered is an order of an item in S1.
func ordered(id, from, item string, until ...string) *slice.Order {
	o := &slice.Order{Head: head(id, from), Class: "drug", ItemCode: item}
	for _, text := range until {
		end := clock(text)
		o.Until = &end
	}
	return o
}

func onOrder(f *slice.Fee, order string) *slice.Fee { f.OrderID = order; return f }

func TestLinesWithoutOrders(t *testing.T) {
	items := known(slice.Reference{Items: map[string][]slice.Item{"MED": {{Validity: always(), OrderRequired: true}}, "BED": {{Validity: always()}}}}, "items")
	fees := func() []*slice.Fee {
		return []*slice.Fee{
			charged("F1", "02T12:00", "MED", "drug"), onOrder(charged("F2", "03T12:00", "MED", "drug"), "O1"),
			charged("F3", "03T12:00", "BED", "bed"), charged("F4", "04T12:00", "NOBODY", "drug"),
		}
	}
	for _, c := range []struct {
		name      string
		orders    []*slice.Order
		reference *slice.Reference
		want      []string
	}{
		{"no order", nil, items, []string{"F1", "F2", "F4"}},
		{"the order that is named, of whatever item", []*slice.Order{ordered("O1", "01T08:00", "X", "01T09:00")}, items, []string{"F1", "F4"}},
		{"one of the item that is active", []*slice.Order{ordered("O2", "02T12:00", "MED", "03T12:00")}, items, []string{"F2", "F4"}},
		{"one without end", []*slice.Order{ordered("O2", "02T12:00", "MED"), ordered("O3", "01T12:00", "NOBODY")}, items, []string{}},
		{"nothing is known of items", nil, known(slice.Reference{}), []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tablesOf(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Discharges: []*slice.Discharge{discharged("S1", "09T08:00")},
				Fees: fees(), Orders: c.orders,
			}, c.reference)
			same(t, "without order", names(got.Unordered), c.want)
		})
	}
}

// TestBilledOnOrders: the products go beyond 64 bits, and a line of a ten-thousandth counts.
func TestBilledOnOrders(t *testing.T) {
	limited := func(quantity, times int64, days int32) *slice.Order {
		o := ordered("O1", "01T08:00", "MED")
		o.Quantity, o.TimesPerDay, o.Days = &quantity, &times, &days
		return o
	}
	for _, c := range []struct {
		name  string
		order *slice.Order
		want  []string
	}{
		{"as ordered", limited(10_000, 10_000, 2), []string{}},
		{"every other day", limited(10_000, 5_000, 4), []string{}},
		{"one less", limited(10_000, 10_000, 1), []string{"O1 [F1 F2]"}},
		{"a little less", limited(9_999, 10_000, 2), []string{"O1 [F1 F2]"}},
		{"as much as there is", limited(claimwatch.MaxQuantity, claimwatch.MaxQuantity, 1<<30), []string{}},
		{"without a limit", ordered("O1", "01T08:00", "MED"), []string{}},
		{"of another item", func() *slice.Order { o := limited(1, 1, 1); o.ItemCode = "X"; return o }(), []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := tablesOf(slice.Facts{
				Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Orders: []*slice.Order{c.order},
				Fees: []*slice.Fee{onOrder(charged("F2", "03T12:00", "MED", "drug"), "O1"), onOrder(charged("F1", "02T12:00", "MED", "drug"), "O1")},
			}, known(slice.Reference{}))
			same(t, "above the order", each(got.Overbilled, func(o *slice.Overbilled) string { return fmt.Sprint(o.RecordID, " ", names(o.Lines)) }), c.want)
		})
	}
}

func TestLinesAfterTheStop(t *testing.T) {
	got := tablesOf(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00")},
		Orders:     []*slice.Order{ordered("O1", "01T08:00", "MED", "02T10:00"), ordered("O2", "01T08:00", "MED")},
		Fees: []*slice.Fee{
			onOrder(charged("F1", "02T23:59", "MED", "drug"), "O1"), onOrder(charged("F2", "03T00:00", "X", "drug"), "O1"),
			onOrder(charged("F3", "09T00:00", "MED", "drug"), "O2"), onOrder(charged("F4", "09T00:00", "MED", "drug"), "O9"),
		},
	}, known(slice.Reference{}))
	same(t, "after the stop", each(got.Stopped, func(s *slice.Stopped) string { return s.RecordID + " " + s.Order.RecordID }), []string{"F2 O1"})
}

func TestReportsOfLines(t *testing.T) {
	items := known(slice.Reference{Items: map[string][]slice.Item{"CT": {{Validity: always(), ReportRequired: true}}, "BED": {{Validity: always()}}}}, "items")
	report := func(id, from, item, order string) *slice.ExamReport {
		return &slice.ExamReport{Head: head(id, from), ItemCode: item, OrderID: order}
	}
	got := tablesOf(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00")},
		Fees: []*slice.Fee{
			onOrder(charged("F1", "02T12:00", "CT", "exam"), "O1"), charged("F2", "03T12:00", "CT", "exam"),
			charged("F3", "03T12:00", "BED", "bed"), charged("F4", "04T12:00", "NOBODY", "exam"),
			charged("within the hour", "09T07:00", "CT", "exam"), charged("reported before", "09T08:01", "CT", "exam"),
		},
		ExamReports: []*slice.ExamReport{
			report("E2", "09T08:00", "CT", ""), report("E1", "02T13:01", "", "O1"), report("E3", "02T14:00", "X", "O2"), {Head: of(head("E4", "02T13:00"), "S2"), ItemCode: "CT"},
		},
	}, items)
	same(t, "reports", each(got.Unreported, func(u *slice.Unreported) string { return fmt.Sprint(u.RecordID, " ", each(u.Reports, at)) }),
		[]string{"F1 [02T13:01 09T08:00]", "F2 [09T08:00]", "F4 []", "reported before [09T08:00]"})
}

func TestSwaps(t *testing.T) {
	price := int64(80_000_000)
	reference := known(slice.Reference{
		Items: map[string][]slice.Item{"LOW": {{Validity: always(), Cap3: &price}}},
		Swaps: map[string][]slice.Swap{"HIGH": {{High: "HIGH", Low: "LOW"}, {High: "HIGH", Low: "UNKNOWN"}}},
	}, "items", "swaps")
	for _, c := range []struct {
		name   string
		line   string
		orders []*slice.Order
		open   bool
		want   []string
	}{
		{"the cheap one", "02T12:00", []*slice.Order{ordered("O1", "02T09:00", "LOW", "02T10:00")}, false, []string{"LOW true cap true, row true [O1] due 0"}},
		{"both", "02T12:00", []*slice.Order{ordered("O1", "02T09:00", "LOW"), ordered("O2", "01T09:00", "HIGH")}, false, []string{}},
		{"neither", "02T12:00", nil, false, []string{}},
		{"the day before", "02T12:00", []*slice.Order{ordered("O1", "01T09:00", "LOW", "02T00:00")}, false, []string{}},
		{"without a row", "02T12:00", []*slice.Order{ordered("O1", "02T09:00", "UNKNOWN")}, false, []string{"UNKNOWN true cap false, row false [O1] due 0"}},
		{"at the very end of an open stay", "02T12:00", []*slice.Order{ordered("O1", "02T12:00", "LOW")}, true, []string{"LOW false cap true, row true [] due 1"}},
		{"the dear one too", "02T12:00", []*slice.Order{ordered("O1", "02T09:00", "LOW"), ordered("O2", "02T12:00", "HIGH")}, true, []string{"LOW true cap true, row true [O1] due 1"}},
		{"at midnight, which the open stay has just reached", "02T00:00", []*slice.Order{ordered("O1", "01T09:00", "LOW")}, true, []string{"LOW false cap true, row true [] due 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: []*slice.Fee{charged("F1", c.line, "HIGH", "drug")}, Orders: c.orders}
			if !c.open {
				facts.Discharges = []*slice.Discharge{discharged("S1", "09T08:00")}
			}
			got := tablesOf(facts, reference)
			same(t, "swaps", each(got.Swapped, func(s *slice.Swapped) string {
				due := s.DueAt
				if due != 0 {
					due -= clock(c.line)
				}
				return fmt.Sprintf("%s %v cap %v, row %v %v due %d", s.Low, s.Instead, s.LowCap != nil, s.LowItem != nil,
					each(s.Orders, func(o *slice.ActiveOrder) string { return o.RecordID }), due)
			}), c.want)
		})
	}
}
