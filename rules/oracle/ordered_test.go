package oracle

import "testing"

func TestUnordered(t *testing.T) {
	asked := adding("items", stand("O", "category=treatment order_required=true"))
	const line = "fee f 2026-03-02T08:00 item_code=O\n"
	const later = "care_record c 2026-03-04T08:00\n" // 48 h
	const hit = "FEE-018 h1|p1|s1|O s 03-02T08:00..03-02T08:00 10.00 f:10.00"
	runCases(t, "FEE-018", []ruleCase{
		{name: "none", ref: asked, log: bedded + line + later, want: []string{hit}},
		{name: "before 48 h", ref: asked, log: bedded + line + "care_record c 2026-03-04T07:59:59.999"},
		{name: "orders move no clock", ref: asked, log: bedded + line + "order o 2026-03-05T08:00"},
		{name: "the order it names, of another item and time", ref: asked, log: bedded + "fee f 2026-03-02T08:00 item_code=O order_id=o\norder o 2026-03-03T08:00\n" + later},
		{name: "an order of the item, active", ref: asked, log: bedded + line + later + "order o 2026-03-02T08:00 item_code=O until=2026-03-02T08:00:00.001"},
		{name: "active no longer", ref: asked, log: bedded + line + later + "order o 2026-03-01T08:00 item_code=O until=2026-03-02T08:00", want: []string{hit}},
		{name: "not yet", ref: asked, log: bedded + line + later + "order o 2026-03-02T08:00:00.001 item_code=O", want: []string{hit}},
		{name: "an order of another stay", ref: asked, log: bedded + line + later + "admission b 2026-03-01T08:00 stay=s2\norder o 2026-03-01T08:00 item_code=O stay=s2", want: []string{hit}},
		{name: "refunded", ref: asked, log: bedded + line + later + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10"},
		{name: "no order required", log: bedded + "fee f 2026-03-02T08:00\n" + later},
	})
	runUntold(t, "FEE-018", []untoldCase{
		{name: "no row", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE\n" + later, want: []string{"s1 row missing"}},
		{name: "no row needed: an order", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE order_id=o\norder o 2026-03-02T08:00\n" + later},
		{name: "no row needed: too early", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE"},
	})
}

func TestAboveOrdered(t *testing.T) {
	order := "order o 2026-03-01T09:00 item_code=LAB quantity=0.5 times_per_day=1.5 days=2\n" // 1.5
	const hit = "FEE-019 h1|o s 03-03T08:00..03-03T08:00 5.00 f2:5.00 o f1"
	const two = "fee f1 2026-03-02T08:00 item_code=LAB order_id=o\nfee f2 2026-03-03T08:00 item_code=LAB order_id=o\n"
	runCases(t, "FEE-019", []ruleCase{
		{name: "2 of 1.5", log: bedded + order + two, want: []string{hit}},
		{name: "1.5 of 1.5", log: bedded + order + two + "fee r 2026-03-03T08:00 reverses=f1 quantity=-0.5 amount=-5"},
		{
			name: "exact to the last fraction", log: bedded + "order o 2026-03-01T09:00 item_code=LAB quantity=0.3333 times_per_day=0.3333 days=9\n" +
				"fee f 2026-03-02T08:00 item_code=LAB order_id=o quantity=0.9999 unit_price=9999 amount=9998",
			want: []string{"FEE-019 h1|o s 03-02T08:00..03-02T08:00 1.00 f:1.00 o"}, // 0.9999 - 0.99980001 = 0.00009999
		},
		{name: "another item", log: bedded + order + "fee f 2026-03-02T08:00 order_id=o quantity=9 amount=90"},
		{name: "no days", log: bedded + "order o 2026-03-01T09:00 item_code=LAB quantity=0.5 times_per_day=1.5\n" + two},
		{name: "the order of another stay", log: bedded + "admission b 2026-03-01T08:00 stay=s2\norder o 2026-03-01T09:00 stay=s2 item_code=LAB quantity=1 times_per_day=1 days=1\n" + two},
	})
}

func TestAfterStop(t *testing.T) {
	const order = "order o 2026-03-01T09:00 item_code=LAB until=2026-03-03T00:00\n"
	runCases(t, "FEE-020", []ruleCase{
		{name: "the day of the stop", log: bedded + order + "fee f 2026-03-03T23:59:59.999 order_id=o"},
		{name: "the day after", log: bedded + order + "fee f 2026-03-04T00:00 order_id=o", want: []string{"FEE-020 h1|o s 03-04T00:00..03-04T00:00 10.00 f:10.00 o"}},
		{name: "no order named", log: bedded + order + "fee f 2026-03-04T00:00 item_code=LAB"},
		{name: "no stop", log: bedded + "order o 2026-03-01T09:00 days=1\nfee f 2026-03-09T00:00 order_id=o"},
		{name: "refunded", log: bedded + order + "fee f 2026-03-04T00:00 order_id=o\nfee r 2026-03-04T00:00 reverses=f quantity=-1 amount=-10"},
	})
}

func TestUnreported(t *testing.T) {
	asked := adding("items", stand("X", "category=exam report_required=true"))
	const line = "fee f 2026-03-05T08:00 item_code=X order_id=o\n"
	const later = "care_record c 2026-03-08T08:00:00.001\n" // 72 h and an instant
	const hit = "FEE-021 h1|p1|s1|X|2026-03-05 s 03-05T00:00..03-06T00:00 10.00 f:10.00"
	runCases(t, "FEE-021", []ruleCase{
		{name: "none", ref: asked, log: bedded + line + later, want: []string{hit}},
		{name: "at 72 h", ref: asked, log: bedded + line + "care_record c 2026-03-08T08:00"},
		{name: "24 h before, by order", ref: asked, log: bedded + line + later + "exam_report x 2026-03-04T08:00 order_id=o"},
		{name: "earlier", ref: asked, log: bedded + line + later + "exam_report x 2026-03-04T07:59:59.999 order_id=o", want: []string{hit}},
		{name: "72 h after, by item", ref: asked, log: bedded + line + later + "exam_report x 2026-03-08T08:00 item_code=X"},
		{name: "later", ref: asked, log: bedded + line + later + "exam_report x 2026-03-08T08:00:00.001 item_code=X", want: []string{hit}},
		{name: "of nothing", ref: asked, log: bedded + "fee f 2026-03-05T08:00 item_code=X\n" + later + "exam_report x 2026-03-05T08:00", want: []string{hit}},
		{name: "refunded", ref: asked, log: bedded + line + later + "fee r 2026-03-05T08:00 reverses=f quantity=-1 amount=-10"},
		{name: "no report required", log: bedded + "fee f 2026-03-05T08:00\n" + later},
	})
	runUntold(t, "FEE-021", []untoldCase{
		{name: "no row", log: bedded + "fee f 2026-03-05T08:00 item_code=NONE\n" + later, want: []string{"s1 row missing"}},
		{name: "no row needed", log: bedded + "fee f 2026-03-05T08:00 item_code=NONE\nexam_report x 2026-03-05T08:00 item_code=NONE\n" + later},
	})
}

func TestSubstituted(t *testing.T) {
	swap := adding("swaps", "high_code=LAB2 low_code=LAB")
	const line = "fee f 2026-03-02T08:00 item_code=LAB2 unit_price=15 quantity=2 amount=30\n"
	const low = "order o 2026-03-01T09:00 item_code=LAB until=2026-03-02T00:00:00.001\n"
	hit := func(amount string) []string {
		return []string{"SWP-001 h1|p1|s1|LAB2|LAB|2026-03-02 s 03-02T00:00..03-03T00:00 " + amount + " f:" + amount + " o"}
	}
	runCases(t, "SWP-001", []ruleCase{
		{name: "dear for cheap", ref: swap, log: bedded + low + line, want: hit("10.00")},
		{name: "the order ended at midnight", ref: swap, log: bedded + "order o 2026-03-01T09:00 item_code=LAB until=2026-03-02T00:00\n" + line},
		{name: "the dear one is ordered too", ref: swap, log: bedded + low + line + "order h 2026-03-02T23:59:59.999 item_code=LAB2 days=1"},
		{name: "the dear one ordered the next day", ref: swap, log: bedded + low + line + "order h 2026-03-03T00:00 item_code=LAB2 days=1", want: hit("10.00")},
		{name: "at the cheap one's cap: raised with nothing", ref: swap, log: bedded + low + "fee f 2026-03-02T08:00 item_code=LAB2", want: hit("0.00")},
		{name: "refunded in part", ref: swap, log: bedded + low + line + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-28", want: hit("2.00")},
		{name: "refunded", ref: swap, log: bedded + low + line + "fee r 2026-03-02T08:00 reverses=f quantity=-2 amount=-30"},
	})
	runUntold(t, "SWP-001", []untoldCase{
		{name: "no cap", ref: adding("swaps", "high_code=LAB2 low_code=REG"), log: bedded + "order o 2026-03-02T08:00 item_code=REG days=1\n" + line, want: []string{"s1 no price cap"}},
		{name: "no row", ref: adding("swaps", "high_code=LAB2 low_code=NONE"), log: bedded + "order o 2026-03-02T08:00 item_code=NONE days=1\n" + line, want: []string{"s1 row missing"}},
		{name: "not needed", ref: adding("swaps", "high_code=LAB2 low_code=NONE"), log: bedded + line},
	})
}
