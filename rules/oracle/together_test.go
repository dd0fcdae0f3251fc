package oracle

import "testing"

func TestIncluded(t *testing.T) {
	pairOf := func(scope string, more ...string) func(Reference) {
		row := "pair_id=P item_code=LAB included_code=LAB2 scope=" + scope + " absolute=true valid_from=2026-03-01"
		for _, m := range more {
			row += " " + m
		}
		return adding("item_pairs", row)
	}
	two := func(main, included string) string {
		return bedded + "fee m 2026-03-" + main + " item_code=LAB\nfee i 2026-03-" + included + " item_code=LAB2\n"
	}
	hit := func(day, next string) []string {
		return []string{"FEE-004 h1|p1|P|2026-03-" + day + " v 03-" + day + "T00:00..03-" + next + "T00:00 10.00 i:10.00 m"}
	}
	runCases(t, "FEE-004", []ruleCase{
		{name: "day", ref: pairOf("day"), log: two("02T00:00", "02T23:59:59.999"), want: hit("02", "03")},
		{name: "day, over midnight", ref: pairOf("day"), log: two("02T23:59:59.999", "03T00:00")},
		{name: "stay", ref: pairOf("stay"), log: two("02T08:00", "20T08:00"), want: hit("20", "21")},
		{name: "6h", ref: pairOf("6h"), log: two("02T20:00", "03T01:59:59.999"), want: hit("03", "04")},
		{name: "6h, the included first", ref: pairOf("6h"), log: two("03T01:59:59.999", "02T20:00"), want: hit("02", "03")},
		{name: "6h apart", ref: pairOf("6h"), log: two("02T08:00", "02T14:00")},
		{name: "hour", ref: pairOf("hour"), log: two("02T08:00", "02T08:59:59.999"), want: hit("02", "03")},
		{name: "an hour apart", ref: pairOf("hour"), log: two("02T08:00", "02T09:00")},
		{name: "valid from the included line's day", ref: pairOf("stay"), log: two("05T08:00", "01T08:00"), want: hit("01", "02")},
		{name: "not yet valid", ref: pairOf("stay"), log: "admission a 2026-02-27T08:00\nfee m 2026-03-02T08:00 item_code=LAB\nfee i 2026-02-28T08:00 item_code=LAB2"},
		{name: "the last day", ref: pairOf("day", "valid_until=2026-03-03"), log: two("02T08:00", "02T09:00"), want: hit("02", "03")},
		{name: "no longer valid", ref: pairOf("day", "valid_until=2026-03-02"), log: two("02T08:00", "02T09:00")},
		{
			name: "two stays of one day", ref: pairOf("day"), want: hit("02", "03"),
			log: bedded + "admission b 2026-03-01T08:00 stay=s2\nfee m 2026-03-02T08:00 item_code=LAB stay=s2\nfee i 2026-03-02T09:00 item_code=LAB2",
		},
		{
			name: "two stays, scope stay", ref: pairOf("stay"),
			log: bedded + "admission b 2026-03-01T08:00 stay=s2\nfee m 2026-03-02T08:00 item_code=LAB stay=s2\nfee i 2026-03-02T09:00 item_code=LAB2",
		},
		{
			name: "two institutions", ref: pairOf("day"),
			log: bedded + "admission b 2026-03-01T08:00 inst=h2\nfee m 2026-03-02T08:00 item_code=LAB inst=h2\nfee i 2026-03-02T09:00 item_code=LAB2",
		},
		{name: "refunded", ref: pairOf("day"), log: two("02T08:00", "02T09:00") + "fee r 2026-03-02T08:00 reverses=m quantity=-1 amount=-10"},
		{
			name: "refunded in part", ref: pairOf("day"), log: two("02T08:00", "02T09:00") + "fee r 2026-03-02T08:00 reverses=i quantity=-0.5 amount=-5",
			want: []string{"FEE-004 h1|p1|P|2026-03-02 v 03-02T00:00..03-03T00:00 5.00 i:5.00 m"},
		},
		{
			name: "not absolute", ref: adding("item_pairs", "pair_id=P item_code=LAB included_code=LAB2 scope=day absolute=false valid_from=2026-03-01"),
			log:  two("02T08:00", "02T09:00"),
			want: []string{"FEE-004 h1|p1|P|2026-03-02 s 03-02T00:00..03-03T00:00 10.00 i:10.00 m"},
		},
		{name: "another scope", ref: pairOf("add_on"), log: two("02T08:00", "02T09:00")},
	})
	runUntold(t, "FEE-004", []untoldCase{{name: "no table", log: bedded, want: []string{"s1 table not loaded"}}})

	exams := adding("items", stand("CT2", "category=exam"),
		"item_pairs", "pair_id=P item_code=CT included_code=CT2 scope=hour absolute=false valid_from=2026-03-01")
	const plain = bedded + "fee m 2026-03-02T08:00 item_code=CT\nfee i 2026-03-02T08:59:59.999 item_code=CT2"
	runCases(t, "EXM-003", []ruleCase{
		{name: "two exams", ref: exams, log: plain, want: []string{"EXM-003 h1|p1|P|2026-03-02 s 03-02T00:00..03-03T00:00 10.00 i:10.00 m"}},
		{name: "an hour apart", ref: exams, log: bedded + "fee m 2026-03-02T08:00 item_code=CT\nfee i 2026-03-02T09:00 item_code=CT2"},
		{name: "other items are FEE-004's", ref: pairOf("hour"), log: two("02T08:00", "02T08:30")},
		{name: "refunded", ref: exams, log: plain + "\nfee r 2026-03-02T08:00 reverses=i quantity=-1 amount=-10"},
	})
	runCases(t, "FEE-004", []ruleCase{{name: "two exams within an hour are EXM-003's", ref: exams, log: plain}})
}

func TestUnbundled(t *testing.T) {
	pack := adding("item_packages", "package_code=PK valid_from=2026-03-01 valid_until=2026-03-10 component_codes=LAB;LAB2 price=15.00")
	const two = bedded + "fee f1 2026-03-02T08:00 item_code=LAB\nfee f2 2026-03-02T09:00 item_code=LAB2\n"
	const hit = "FEE-005 h1|p1|s1|PK|2026-03-02 s 03-02T00:00..03-03T00:00 5.00 f2:5.00 f1"
	runCases(t, "FEE-005", []ruleCase{
		{name: "both", ref: pack, log: two, want: []string{hit}},
		{name: "one", ref: pack, log: bedded + "fee f1 2026-03-02T08:00 item_code=LAB quantity=3 amount=30"},
		{name: "two days", ref: pack, log: bedded + "fee f1 2026-03-02T23:59:59.999 item_code=LAB\nfee f2 2026-03-03T00:00 item_code=LAB2"},
		{name: "at the price", ref: pack, log: two + "fee r 2026-03-02T08:00 reverses=f2 quantity=-0.5 amount=-5"},
		{
			name: "a fen above", ref: pack, log: two + "fee r 2026-03-02T08:00 reverses=f2 quantity=-0.5 amount=-4.99",
			want: []string{"FEE-005 h1|p1|s1|PK|2026-03-02 s 03-02T00:00..03-03T00:00 0.01 f2:0.01 f1"},
		},
		{
			name: "two packages: the smallest quantity, rounded down", ref: pack,
			log: two + "fee f3 2026-03-02T10:00 item_code=LAB quantity=2 amount=20\nfee f4 2026-03-02T11:00 item_code=LAB2 quantity=1.9999 amount=22",
			// 62 - 2 x 15 = 32: 22 of f4, 10 of f3
			want: []string{"FEE-005 h1|p1|s1|PK|2026-03-02 s 03-02T00:00..03-03T00:00 32.00 f3:10.00 f4:22.00 f1 f2"},
		},
		{
			name: "not valid that day", ref: pack,
			log: bedded + "fee f1 2026-03-10T08:00 item_code=LAB\nfee f2 2026-03-10T09:00 item_code=LAB2",
		},
	})
}

func TestSecondOperation(t *testing.T) {
	const items = "item_code=OP1 valid_from=2020-01-01 category=surgery price_cap_2=100\nitem_code=OP2 valid_from=2020-01-01 category=surgery price_cap_2=80.01\n"
	one := adding("items", items, "item_pairs", "pair_id=P item_code=OP1 included_code=OP2 scope=secondary absolute=true factor=0.5 valid_from=2026-03-01")
	both := adding("items", items, "item_pairs", `pair_id=P item_code=OP1 included_code=OP2 scope=secondary absolute=true factor=0.5 valid_from=2026-03-01
		pair_id=Q item_code=OP2 included_code=OP1 scope=secondary absolute=true factor=0.5 valid_from=2026-03-01`)
	ops := func(first, second string) string {
		return bedded + "fee f1 2026-03-02T08:00 item_code=OP1 unit_price=" + first + " amount=" + first +
			"\nfee f2 2026-03-02T09:00 item_code=OP2 unit_price=" + second + " amount=" + second + "\n"
	}
	runCases(t, "FEE-023", []ruleCase{
		{
			name: "undiscounted", ref: one, log: ops("100", "80"), // 80.01 x 0.5 = 40.005, 40.01
			want: []string{"FEE-023 h1|p1|s1|P|2026-03-02 v 03-02T00:00..03-03T00:00 39.99 f2:39.99 f1"},
		},
		{name: "at the share", ref: one, log: ops("100", "40.01")},
		{
			name: "above the share", ref: one, log: ops("100", "40.02"),
			want: []string{"FEE-023 h1|p1|s1|P|2026-03-02 v 03-02T00:00..03-03T00:00 0.01 f2:0.01 f1"},
		},
		{name: "one direction: the dearer is second", ref: one, log: ops("10", "80"), want: []string{"FEE-023 h1|p1|s1|P|2026-03-02 v 03-02T00:00..03-03T00:00 39.99 f2:39.99 f1"}},
		{name: "both directions: the cheaper", ref: both, log: ops("79", "80"), want: []string{"FEE-023 h1|p1|s1|Q|2026-03-02 v 03-02T00:00..03-03T00:00 29.00 f1:29.00 f2"}},
		{name: "both directions, one price: the larger code", ref: both, log: ops("80", "80"), want: []string{"FEE-023 h1|p1|s1|P|2026-03-02 v 03-02T00:00..03-03T00:00 39.99 f2:39.99 f1"}},
		{
			name: "the smallest price of a code counts", ref: both, log: ops("90", "80") + "fee f0 2026-03-02T10:00 item_code=OP1 unit_price=1 amount=1",
			want: []string{"FEE-023 h1|p1|s1|Q|2026-03-02 v 03-02T00:00..03-03T00:00 40.00 f1:40.00 f2"},
		},
		{name: "another day", ref: one, log: bedded + "fee f1 2026-03-02T08:00 item_code=OP1\nfee f2 2026-03-03T09:00 item_code=OP2 unit_price=80 amount=80"},
		{name: "no factor", ref: adding("items", items, "item_pairs", "pair_id=P item_code=OP1 included_code=OP2 scope=secondary valid_from=2026-03-01"), log: ops("100", "80")},
		{name: "refunded", ref: one, log: ops("100", "80") + "fee r 2026-03-02T08:00 reverses=f1 quantity=-1 amount=-100"},
	})
	runUntold(t, "FEE-023", []untoldCase{
		{
			name: "no row", ref: adding("item_pairs", "pair_id=P item_code=OP1 included_code=OP2 scope=secondary factor=0.5 valid_from=2026-03-01"),
			log: ops("100", "80"), want: []string{"s1 row missing"},
		},
		{name: "not needed", ref: one, log: bedded + "fee f 2026-03-02T08:00 item_code=NONE"},
		{name: "no table", log: bedded, want: []string{"s1 table not loaded"}},
	})
}

func TestAddedOn(t *testing.T) {
	both := adding("item_pairs", `pair_id=P item_code=LAB included_code=CT scope=add_on valid_from=2026-03-01
		pair_id=P2 item_code=LAB included_code=CT scope=add_on valid_from=2026-03-01
		pair_id=Q item_code=LAB2 included_code=CT scope=add_on valid_from=2026-03-03`)
	runCases(t, "FEE-024", []ruleCase{
		{name: "one each", ref: both, log: bedded + "fee m 2026-03-02T08:00 item_code=LAB\nfee f 2026-03-02T09:00 item_code=CT"},
		{
			name: "a main item counts once", ref: both, log: bedded + "fee m 2026-03-02T08:00 item_code=LAB\nfee f 2026-03-02T09:00 item_code=CT quantity=1.5 amount=15",
			want: []string{"FEE-024 h1|p1|s1|CT|2026-03-02 v 03-02T00:00..03-03T00:00 5.00 f:5.00 m"},
		},
		{
			name: "no main item", ref: both, log: bedded + "fee f 2026-03-02T09:00 item_code=CT",
			want: []string{"FEE-024 h1|p1|s1|CT|2026-03-02 v 03-02T00:00..03-03T00:00 10.00 f:10.00"},
		},
		{
			name: "main items together, rows of the day", ref: both,
			log: bedded + "fee m 2026-03-03T08:00 item_code=LAB\nfee n 2026-03-03T08:00 item_code=LAB2\nfee f 2026-03-03T09:00 item_code=CT quantity=2 amount=20\n" +
				"fee n2 2026-03-02T08:00 item_code=LAB2\nfee f2 2026-03-02T09:00 item_code=CT",
			want: []string{"FEE-024 h1|p1|s1|CT|2026-03-02 v 03-02T00:00..03-03T00:00 10.00 f2:10.00"},
		},
		{name: "before the rows", ref: both, log: "admission a 2026-02-27T08:00\nfee f 2026-02-28T09:00 item_code=CT"},
		{
			name: "main item refunded", ref: both,
			log:  bedded + "fee m 2026-03-02T08:00 item_code=LAB\nfee f 2026-03-02T09:00 item_code=CT\nfee r 2026-03-02T08:00 reverses=m quantity=-0.5 amount=-5",
			want: []string{"FEE-024 h1|p1|s1|CT|2026-03-02 v 03-02T00:00..03-03T00:00 5.00 f:5.00 m"},
		},
	})
}
