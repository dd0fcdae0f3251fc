package oracle

import "testing"

func TestOverDailyLimit(t *testing.T) {
	const hit = "FEE-008 h1|p1|MAX|2026-03-02 v 03-02T00:00..03-03T00:00 10.00 f2:10.00 f1"
	const two = bedded + "fee f1 2026-03-02T08:00 item_code=MAX quantity=2 amount=20\nfee f2 2026-03-02T23:59:59.999 item_code=MAX quantity=2 amount=20\n"
	runCases(t, "FEE-008", []ruleCase{
		{name: "4 of 3", log: two, want: []string{hit}},
		{name: "3 of 3", log: two + "fee r 2026-03-03T08:00 reverses=f1 quantity=-1 amount=-10"},
		{
			name: "3.0001 of 3", log: two + "fee r 2026-03-03T08:00 reverses=f1 quantity=-0.9999 amount=-10",
			want: []string{"FEE-008 h1|p1|MAX|2026-03-02 v 03-02T00:00..03-03T00:00 0.00 f2:0.00 f1"},
		},
		{name: "the next day", log: bedded + "fee f1 2026-03-02T08:00 item_code=MAX quantity=2 amount=20\nfee f2 2026-03-03T00:00 item_code=MAX quantity=2 amount=20\n"},
		{
			name: "two stays of an institution", log: bedded + "admission b 2026-03-01T08:00 stay=s2 class=outpatient\nfee f1 2026-03-02T08:00 item_code=MAX quantity=2 amount=20\n" +
				"fee f2 2026-03-02T09:00 item_code=MAX quantity=2 amount=20 stay=s2",
			want: []string{hit},
		},
		{
			name: "two institutions", log: bedded + "admission b 2026-03-01T08:00 inst=h2\nfee f1 2026-03-02T08:00 item_code=MAX quantity=2 amount=20\n" +
				"fee f2 2026-03-02T09:00 item_code=MAX quantity=2 amount=20 inst=h2",
		},
		{name: "no limit", log: bedded + "fee f1 2026-03-02T08:00 item_code=LAB quantity=99 amount=990"},
		{
			name: "rehabilitation is REH-002's", ref: adding("items", stand("RE", "category=rehab max_per_day=1")),
			log: bedded + "fee f1 2026-03-02T08:00 item_code=RE quantity=2 amount=20",
		},
	})
	runUntold(t, "FEE-008", []untoldCase{
		{name: "no row", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE", want: []string{"s1 row missing"}},
		{name: "a hit beats it", log: two + "fee f 2026-03-02T08:00 item_code=NONE"},
		{name: "rehabilitation by its own word", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE category=rehab"},
	})
}

func TestOverStayLimit(t *testing.T) {
	limits := adding("items", `item_code=S valid_from=2020-01-01 valid_until=2026-03-10 category=lab max_per_stay=5
		item_code=S valid_from=2026-03-10 category=lab max_per_stay=2`)
	runCases(t, "FEE-009", []ruleCase{
		{name: "5 of 5", ref: limits, log: bedded + "fee f1 2026-03-02T08:00 item_code=S quantity=4 amount=40\nfee f2 2026-03-09T23:59 item_code=S"},
		{
			name: "the row of the last line's date", ref: limits, log: bedded + "fee f1 2026-03-02T08:00 item_code=S quantity=4 amount=40\nfee f2 2026-03-10T00:00 item_code=S",
			want: []string{"FEE-009 h1|p1|s1|S s 03-02T08:00..03-10T00:00 30.00 f1:20.00 f2:10.00"},
		},
		{
			name: "a bit above", ref: limits, log: bedded + "fee f1 2026-03-02T08:00 item_code=S quantity=4 amount=40\nfee f2 2026-03-09T08:00 item_code=S quantity=1.0001 amount=10",
			want: []string{"FEE-009 h1|p1|s1|S s 03-09T08:00..03-09T08:00 0.00 f2:0.00 f1"},
		},
		{name: "refunded", ref: limits, log: bedded + "fee f1 2026-03-02T08:00 item_code=S quantity=6 amount=60\nfee r 2026-03-03T08:00 reverses=f1 quantity=-1 amount=-10"},
		{name: "two stays", ref: limits, log: bedded + "admission b 2026-03-01T08:00 stay=s2\nfee f1 2026-03-02T08:00 item_code=S quantity=4 amount=40\nfee f2 2026-03-09T08:00 item_code=S quantity=4 amount=40 stay=s2"},
	})
	runUntold(t, "FEE-009", []untoldCase{
		{name: "no row of the last", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE", want: []string{"s1 row missing"}},
		{name: "a row of the last", ref: adding("items", "item_code=S valid_from=2026-03-10 category=lab"), log: bedded + "fee f1 2026-03-02T08:00 item_code=S\nfee f2 2026-03-10T08:00 item_code=S"},
	})
}

func TestOverCourse(t *testing.T) {
	course := func(more string) func(Reference) {
		return adding("item_limits", "limit_id=L item_code=LAB kind=course days=7 max=2 valid_from=2026-01-01 "+more)
	}
	lab := func(record, day string, more ...string) string {
		out := "fee " + record + " 2026-" + day + "T08:00 item_code=LAB"
		for _, m := range more {
			out += " " + m
		}
		return out + "\n"
	}
	const admission = "admission a 2026-01-20T08:00\n"
	three := func(last string) string { return admission + lab("f1", "03-01") + lab("f2", "03-02") + lab("f3", last) }
	runCases(t, "RX-009", []ruleCase{
		{name: "the 7th day", ref: course(""), log: three("03-07"), want: []string{"RX-009 p1|LAB|2026-03 s 03-07T08:00..03-07T08:00 10.00 f3:10.00 f1 f2"}},
		{name: "the 8th day", ref: course(""), log: three("03-08")},
		{
			name: "what is in excess is not counted again", ref: course(""),
			// f3 is in excess of 1-7 March; 3-9 March then holds f4 and f5 only
			log: three("03-03") + lab("f4", "03-08") + lab("f5", "03-09"), want: []string{"RX-009 p1|LAB|2026-03 s 03-03T08:00..03-03T08:00 10.00 f3:10.00 f1 f2"},
		},
		{
			name: "a month of the line", ref: course(""),
			log: admission + lab("f1", "02-27") + lab("f2", "02-28", "quantity=1.5", "amount=15") + lab("f3", "03-01"),
			want: []string{
				"RX-009 p1|LAB|2026-02 s 02-28T08:00..02-28T08:00 5.00 f2:5.00 f1 f3",
				"RX-009 p1|LAB|2026-03 s 03-01T08:00..03-01T08:00 10.00 f3:10.00 f1 f2",
			},
		},
		{
			name: "all institutions", ref: course(""), log: admission + "admission b 2026-01-20T08:00 inst=h2\n" + lab("f1", "03-01") + lab("f2", "03-02") + lab("f3", "03-03", "inst=h2"),
			want: []string{"RX-009 p1|LAB|2026-03 s 03-03T08:00..03-03T08:00 10.00 f3:10.00 f1 f2"},
		},
		{name: "valid until", ref: course("valid_until=2026-03-07"), log: three("03-07")},
		{name: "refunded", ref: course(""), log: three("03-07") + "fee r 2026-03-09T08:00 reverses=f1 quantity=-1 amount=-10"},
		{name: "no max", ref: adding("item_limits", "limit_id=L item_code=LAB kind=course days=7 valid_from=2026-01-01"), log: three("03-07")},
		{
			name: "days of supply, scaled, in proportion", ref: adding("item_limits", "limit_id=L item_code=DRUG kind=course days=7 max=7 valid_from=2026-01-01"),
			log:  admission + "fee f1 2026-03-01T08:00 days_supply=5\nfee f2 2026-03-02T08:00 days_supply=9 quantity=3 amount=30\nfee r 2026-03-02T08:00 reverses=f2 quantity=-1 amount=-11",
			want: []string{"RX-009 p1|DRUG|2026-03 s 03-02T08:00..03-02T08:00 12.67 f2:12.67 f1"}, // 4 of 6 days of 19.00
		},
		{
			name: "rehabilitation is REH-002's", ref: adding("items", stand("RE", "category=rehab"), "item_limits", "limit_id=L item_code=RE kind=course days=7 max=1 valid_from=2026-01-01"),
			log: bedded + "fee f1 2026-03-02T08:00 item_code=RE quantity=2 amount=20",
		},
	})
	spaced := adding("item_limits", "limit_id=L item_code=LAB kind=interval days=3 valid_from=2026-01-01")
	runCases(t, "RX-009", []ruleCase{
		{name: "less than 3 days", ref: spaced, log: admission + lab("f1", "03-01") + lab("f2", "03-03"), want: []string{"RX-009 p1|LAB|2026-03 s 03-03T08:00..03-03T08:00 10.00 f2:10.00 f1"}},
		{name: "3 days", ref: spaced, log: admission + lab("f1", "03-01") + lab("f2", "03-04")},
		{name: "the same day", ref: spaced, log: admission + lab("f1", "03-01") + lab("f2", "03-01")},
		{name: "after one in excess", ref: spaced, log: admission + lab("f1", "03-01") + lab("f2", "03-03") + lab("f3", "03-04"), want: []string{"RX-009 p1|LAB|2026-03 s 03-03T08:00..03-03T08:00 10.00 f2:10.00 f1"}},
		{
			name: "two rows: the largest excess", ref: adding("item_limits", `limit_id=L item_code=LAB kind=interval days=3 valid_from=2026-01-01
				limit_id=M item_code=LAB kind=course days=7 max=2 valid_from=2026-01-01`),
			log:  admission + lab("f1", "03-01") + lab("f2", "03-03", "quantity=2", "amount=20"),
			want: []string{"RX-009 p1|LAB|2026-03 s 03-03T08:00..03-03T08:00 20.00 f2:20.00 f1"},
		},
	})
	runUntold(t, "RX-009", []untoldCase{{name: "no table", log: bedded, want: []string{"s1 table not loaded"}}})
}

func TestOverRehab(t *testing.T) {
	rehab := adding("items", stand("RE", "category=rehab max_per_day=2"), "item_limits", "limit_id=L item_code=RE kind=course days=2 max=3 valid_from=2026-01-01")
	day := func(record, day, quantity string, more string) string {
		return "fee " + record + " 2026-03-" + day + "T08:00 item_code=RE quantity=" + quantity + " unit_price=10 amount=" + quantity + "0 " + more + "\n"
	}
	runCases(t, "REH-002", []ruleCase{
		{name: "2 a day", ref: rehab, log: bedded + day("f1", "02", "2", "") + day("f2", "04", "2", "")},
		{name: "3 on a day", ref: rehab, log: bedded + day("f1", "02", "3", ""), want: []string{"REH-002 p1|RE|2026-03 s 03-02T08:00..03-02T08:00 10.00 f1:10.00"}},
		{name: "refunded", ref: rehab, log: bedded + day("f1", "02", "3", "") + "fee r 2026-03-02T08:00 reverses=f1 quantity=-1 amount=-10"},
		{
			name: "the larger of both, line by line", ref: rehab, // f2: 2 above the day's, 3 above the course
			log: bedded + day("f1", "02", "2", "") + day("f2", "03", "4", ""), want: []string{"REH-002 p1|RE|2026-03 s 03-03T08:00..03-03T08:00 30.00 f2:30.00 f1"},
		},
		{
			name: "an institution's day by itself", ref: adding("items", stand("RE", "category=rehab max_per_day=2"), "item_limits", ""),
			log: bedded + "admission b 2026-03-01T08:00 inst=h2\n" + day("f1", "02", "2", "") + day("f2", "02", "2", "inst=h2"),
		},
		{name: "other items are RX-009's", ref: adding("item_limits", "limit_id=L item_code=LAB kind=course days=2 max=1 valid_from=2026-01-01"), log: bedded + "fee f 2026-03-02T08:00 item_code=LAB quantity=2 amount=20"},
	})
	runUntold(t, "REH-002", []untoldCase{
		{name: "no row", ref: adding("item_limits", ""), log: bedded + "fee f 2026-03-02T08:00 item_code=NONE category=rehab", want: []string{"s1 row missing"}},
		{name: "no row of another", ref: adding("item_limits", ""), log: bedded + "fee f 2026-03-02T08:00 item_code=NONE"},
		{name: "no table", log: bedded, want: []string{"s1 table not loaded"}},
	})
}
