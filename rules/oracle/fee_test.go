package oracle

import (
	"strings"
	"testing"
)

const admitted = "admission a 2026-03-01T08:00 class=outpatient\n"

func TestExactDuplicate(t *testing.T) {
	const twice = admitted + `
		fee f2 2026-03-01T09:00:00.999 physician_id=dr1
		fee f1 2026-03-01T09:00:00 physician_id=dr1
	`
	const hit = "FEE-001 h1|p1|s1|DRUG|2026-03-01T09:00:00.000|f1 v 03-01T09:00:00.999..03-01T09:00:00.999 10.00 f2:10.00 f1"
	refund := "fee r 2026-03-02T09:00 quantity=-1 amount=-10 reverses=f2 "
	runCases(t, "FEE-001", []ruleCase{
		{name: "in one second", log: twice, want: []string{hit}},
		{name: "refunded", log: twice + refund},
		{name: "refunded by another stay", log: twice + refund + "stay=s2", want: []string{hit}},
		{name: "refunded by another person", log: twice + refund + "person=p2", want: []string{hit}},
		{name: "refunded by another institution", log: twice + refund + "inst=h2", want: []string{hit}},
		{name: "refunded later than as_of", asOf: "2026-03-02T08:59:59.999", log: twice + refund, want: []string{hit}},
		{name: "refunded by the person's own money", log: twice + refund + "self_pay=true", want: []string{hit}},
		{name: "refunded in part: another quantity", log: twice + "fee r 2026-03-02T09:00 quantity=-0.5 amount=-5 reverses=f2"},
		{
			name: "both refunded in part", want: []string{"FEE-001 h1|p1|s1|DRUG|2026-03-01T09:00:00.000|f1 v 03-01T09:00:00.999..03-01T09:00:00.999 5.00 f2:5.00 f1"},
			log: twice + "fee r 2026-03-02T09:00 quantity=-0.5 amount=-5 reverses=f2\nfee r2 2026-03-02T09:00 quantity=-0.5 amount=-5 reverses=f1",
		},
		{name: "a refund of a refund has no effect", log: twice + refund + "\nfee q 2026-03-02T09:00 quantity=-1 amount=-10 reverses=r"},
		{name: "self-pay", log: admitted + "fee f1 2026-03-01T09:00 self_pay=true\nfee f2 2026-03-01T09:00"},
		{name: "the next second", log: admitted + "fee f1 2026-03-01T09:00:00.999\nfee f2 2026-03-01T09:00:01"},
		{name: "another order", log: admitted + "fee f1 2026-03-01T09:00 order_id=o1\nfee f2 2026-03-01T09:00"},
		{name: "another physician", log: admitted + "fee f1 2026-03-01T09:00 physician_id=dr1\nfee f2 2026-03-01T09:00"},
		{name: "another price", log: admitted + "fee f1 2026-03-01T09:00 unit_price=10.000001\nfee f2 2026-03-01T09:00"},
		{
			name: "bytewise smallest stays, three lines",
			log:  admitted + "fee f9 2026-03-01T09:00\nfee f10 2026-03-01T09:00\nfee F1 2026-03-01T09:00:00.5",
			want: []string{"FEE-001 h1|p1|s1|DRUG|2026-03-01T09:00:00.000|F1 v 03-01T09:00..03-01T09:00 20.00 f10:10.00 f9:10.00 F1"},
		},
	})
}

func TestSuspectDuplicate(t *testing.T) {
	lab := func(item string) string {
		return admitted + "fee f1 2026-03-01T09:00 item_code=" + item + " category=lab\nfee f2 2026-03-01T23:59:59.999 item_code=" + item + " category=lab\n"
	}
	const hit = "FEE-002 h1|p1|s1|LAB|2026-03-01 s 03-01T00:00..03-02T00:00 10.00 f2:10.00 f1"
	const withOrder = "FEE-002 h1|p1|s1|LAB|2026-03-01 s 03-01T00:00..03-02T00:00 10.00 f2:10.00 o f1"
	runCases(t, "FEE-002", []ruleCase{
		{name: "twice, no order", log: lab("LAB"), want: []string{hit}},
		{name: "an item with a limit of its own", log: lab("MAX")},
		{name: "a drug", log: lab("DRUG")},
		{name: "no row", log: lab("NONE")},
		{name: "one order", log: lab("LAB") + "order o 2026-03-01T08:00 item_code=LAB", want: []string{withOrder}},
		{name: "two orders", log: lab("LAB") + "order o 2026-03-01T08:00 item_code=LAB\norder o2 2026-03-01T09:00 item_code=LAB days=1"},
		{name: "twice a day", log: lab("LAB") + "order o 2026-03-01T08:00 item_code=LAB times_per_day=2"},
		{
			name: "1.5 a day", log: lab("LAB") + "order o 2026-03-01T08:00 item_code=LAB times_per_day=1.5",
			want: []string{"FEE-002 h1|p1|s1|LAB|2026-03-01 s 03-01T00:00..03-02T00:00 5.00 f2:5.00 o f1"},
		},
		{
			name: "0 a day", log: lab("LAB") + "order o 2026-03-01T08:00 item_code=LAB times_per_day=0",
			want: []string{"FEE-002 h1|p1|s1|LAB|2026-03-01 s 03-01T00:00..03-02T00:00 20.00 f1:10.00 f2:10.00 o"},
		},
		{name: "an order of another day", log: lab("LAB") + "order o 2026-02-28T08:00 item_code=LAB times_per_day=2 until=2026-03-01T00:00", want: []string{hit}},
		{
			name: "an order without end is over with the day of the visit", want: []string{hit},
			log: strings.Replace(lab("LAB"), "03-01T08:00", "02-28T08:00", 1) + "order o 2026-02-28T08:00 item_code=LAB times_per_day=2",
		},
		{
			name: "an order without end lasts as long as the stay",
			log: strings.Replace(lab("LAB"), "03-01T08:00 class=outpatient", "02-28T08:00", 1) +
				"order o 2026-02-28T08:00 item_code=LAB times_per_day=2\ndischarge d 2026-03-01T00:00:00.001",
		},
		{name: "an order that touches the day", log: lab("LAB") + "order o 2026-02-28T08:00 item_code=LAB times_per_day=2 until=2026-03-01T00:00:00.001"},
		{name: "one line of two", log: admitted + "fee f1 2026-03-01T09:00 item_code=LAB quantity=2 amount=20"},
		{name: "exact duplicates are left out", log: admitted + "fee f1 2026-03-01T09:00 item_code=LAB\nfee f2 2026-03-01T09:00 item_code=LAB"},
		{name: "over midnight", log: admitted + "fee f1 2026-03-01T23:59:59.999 item_code=LAB\nfee f2 2026-03-02T00:00 item_code=LAB"},
		{
			name: "institutions are not read", ref: func(r Reference) { delete(r, "institutions") },
			log: lab("LAB"), want: []string{hit},
		},
	})
}

func TestOverPrice(t *testing.T) {
	line := func(fields string) string { return admitted + "fee f1 2026-03-01T09:00 item_code=LAB " + fields + "\n" }
	runCases(t, "FEE-007", []ruleCase{
		{name: "the cap", log: line("unit_price=10 amount=10")},
		{
			name: "a millionth more", log: line("unit_price=10.000001 amount=10"),
			want: []string{"FEE-007 h1|p1|s1|LAB|10.000001 v 03-01T09:00..03-01T09:00 0.00 f1:0.00"},
		},
		{
			name: "half a fen is rounded up", log: line("unit_price=10.01 quantity=0.5 amount=5.01"),
			want: []string{"FEE-007 h1|p1|s1|LAB|10.01 v 03-01T09:00..03-01T09:00 0.01 f1:0.01"},
		},
		{
			name: "at most the net amount", want: []string{"FEE-007 h1|p1|s1|LAB|100 v 03-01T09:00..03-01T09:00 1.00 f1:1.00"},
			log: line("unit_price=100 amount=100") + "fee r 2026-03-01T09:00 item_code=LAB quantity=-0.1 amount=-99 reverses=f1",
		},
		{
			name: "the largest numbers", log: line("unit_price=99999999.99 quantity=1 amount=99999999.99"),
			want: []string{"FEE-007 h1|p1|s1|LAB|99999999.99 v 03-01T09:00..03-01T09:00 99999989.99 f1:99999989.99"},
		},
		{name: "no cap for the level", log: admitted + "fee f1 2026-03-01T09:00 item_code=LAB2 unit_price=999 amount=999"},
		{
			name: "the row of the city before the one of everywhere", log: line("unit_price=9 amount=9"),
			ref: func(r Reference) {
				r["items"] = append(r["items"], rows("item_code=LAB region=TY valid_from=2026-03-01 valid_until=2026-03-02 category=lab unit=x price_cap_2=8")...)
			},
			want: []string{"FEE-007 h1|p1|s1|LAB|9 v 03-01T09:00..03-01T09:00 1.00 f1:1.00"},
		},
		{
			name: "not on the day valid_until names", log: line("unit_price=9 amount=9"),
			ref: func(r Reference) {
				r["items"] = append(r["items"], rows("item_code=LAB region=TY valid_from=2026-02-01 valid_until=2026-03-01 category=lab unit=x price_cap_2=8")...)
			},
		},
		{
			name: "not the row of another city", log: line("unit_price=9 amount=9"),
			ref: func(r Reference) {
				r["items"] = append(r["items"], rows("item_code=LAB region=DT valid_from=2026-02-01 category=lab unit=x price_cap_2=8")...)
			},
		},
	})
}

func TestBedDays(t *testing.T) {
	const stay = `
		admission a 2026-03-01T23:00
		fee b1 2026-03-01T23:00 item_code=BED category=bed
		fee b2 2026-03-02T09:00 item_code=BED category=bed
		fee b3 2026-03-03T00:30 item_code=BED category=bed quantity=0.5 amount=5
	`
	runCases(t, "FEE-013", []ruleCase{
		{name: "half a day too many", log: stay + "discharge d 2026-03-03T01:00", want: []string{"FEE-013 h1|p1|s1 v 03-03T00:30..03-03T00:30 5.00 b3:5.00 b1 b2"}},
		{name: "open", log: stay},
		{name: "as many as days", log: stay + "discharge d 2026-03-04T00:00"},
		{
			name: "discharged on the day", log: stay + "discharge d 2026-03-01T23:30",
			want: []string{"FEE-013 h1|p1|s1 v 03-02T09:00..03-03T00:30 15.00 b2:10.00 b3:5.00 b1"},
		},
		{name: "discharged before admission is a day", log: "admission a 2026-03-05T23:00\nfee b1 2026-03-05T23:00 item_code=BED category=bed\ndischarge d 2026-03-01T01:00"},
		{name: "refunded", log: stay + "fee r 2026-03-09T00:00 item_code=BED quantity=-0.5 amount=-5 reverses=b1\ndischarge d 2026-03-03T01:00"},
		{name: "self-pay", log: stay + "fee b3 2026-03-03T00:30 item_code=BED category=bed rev=2 self_pay=true\ndischarge d 2026-03-03T01:00"},
		{
			name: "the first of two discharges", want: []string{"FEE-013 h1|p1|s1 v 03-03T00:30..03-03T00:30 5.00 b3:5.00 b1 b2"},
			log: stay + "discharge d2 2026-03-09T01:00\ndischarge d 2026-03-03T01:00",
		},
	})
}
