package oracle

import "testing"

const bedded = "admission a 2026-03-01T08:00\n"

func TestOverDay(t *testing.T) {
	hourly := adding("items", stand("H", "category=nursing unit=小时 hour_unit=true"))
	const q = " item_code=H unit_price=1 "
	runCases(t, "FEE-010", []ruleCase{
		{name: "24 hours", ref: hourly, log: bedded + "fee f 2026-03-02T08:00 quantity=24 amount=24" + q},
		{
			name: "24.0001 hours rounds to nothing and is raised", ref: hourly,
			log:  bedded + "fee f 2026-03-02T08:00 quantity=24.0001 amount=24" + q,
			want: []string{"FEE-010 p1|H|2026-03-02 v 03-02T00:00..03-03T00:00 0.00 f:0.00"},
		},
		{
			name: "the last line gives first", ref: hourly,
			log: bedded + "fee f1 2026-03-02T08:00 quantity=20 amount=20" + q + "\nfee f2 2026-03-02T09:00 quantity=6 amount=6" + q +
				"\nfee f3 2026-03-02T10:00 quantity=1.5 amount=1.5" + q,
			want: []string{"FEE-010 p1|H|2026-03-02 v 03-02T00:00..03-03T00:00 3.50 f2:2.00 f3:1.50 f1"},
		},
		{
			name: "over midnight, exactly by time", ref: hourly,
			log: bedded + "fee f1 2026-03-02T18:00 quantity=30 amount=30 from=2026-03-02T18:00 until=2026-03-03T12:00" + q +
				"\nfee f2 2026-03-03T10:00 quantity=5 amount=5" + q,
			want: []string{"FEE-010 p1|H|2026-03-03 v 03-03T00:00..03-04T00:00 1.00 f2:1.00 f1"}, // 10 on the 2nd, 20 + 5 on the 3rd
		},
		{
			name: "in proportion of the net amount, not of the price", ref: hourly,
			log: bedded + "fee f 2026-03-02T08:00 quantity=48 amount=50" + q +
				"\nfee r 2026-03-03T08:00 quantity=-12 amount=-10 reverses=f" + q,
			want: []string{"FEE-010 p1|H|2026-03-02 v 03-02T00:00..03-03T00:00 13.33 f:13.33"}, // 12 of 36 hours of 40.00
		},
		{
			name: "refunded to 24", ref: hourly,
			log: bedded + "fee f 2026-03-02T08:00 quantity=25 amount=25" + q + "\nfee r 2026-03-03T08:00 quantity=-1 amount=-1 reverses=f" + q,
		},
		{
			name: "two hospitals, one person: belongs to the last violating line", ref: hourly,
			log: bedded + "admission b 2026-03-01T08:00 inst=h2 stay=s2\nfee f1 2026-03-02T08:00 quantity=24 amount=24" + q +
				"\nfee f2 2026-03-02T09:00 quantity=1 amount=1 inst=h2 stay=s2" + q,
			want: []string{"FEE-010 p1|H|2026-03-02 v 03-02T00:00..03-03T00:00 1.00 f2:1.00 f1"},
		},
		{name: "not by the hour", log: bedded + "fee f 2026-03-02T08:00 item_code=NURSE quantity=25 amount=25"},
	})
	runUntold(t, "FEE-010", []untoldCase{
		{name: "no row", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE", want: []string{"s1 row missing"}},
		{name: "a row", log: bedded + "fee f 2026-03-02T08:00"},
		{name: "no table", log: bedded, ref: unloading("items"), want: []string{"s1 table not loaded"}},
	})
}

func TestExclusiveCare(t *testing.T) {
	care := adding("items", stand("H0", "category=nursing unit=小时 hour_unit=true nursing_level=0")+
		stand("D0", "category=nursing unit=日 nursing_level=0")+
		stand("N1", "category=nursing unit=日 nursing_level=1")+
		stand("N3", "category=nursing unit=日 nursing_level=3"))
	const special = "fee f1 2026-03-02T08:00 item_code=H0 unit_price=4 quantity=10 amount=40\n"
	const level = "fee f2 2026-03-02T09:00 item_code=N1 unit_price=24 quantity=1 amount=24\n"
	const hit = "FEE-011 h1|p1|s1|2026-03-02 v 03-02T00:00..03-03T00:00 10.00 f2:10.00 f1"
	runCases(t, "FEE-011", []ruleCase{
		{name: "10 h and a day", ref: care, log: bedded + special + level, want: []string{hit}},
		{name: "special alone", ref: care, log: bedded + "fee f1 2026-03-02T08:00 item_code=H0 unit_price=1 quantity=30 amount=30"},
		{name: "levels alone", ref: care, log: bedded + level + "fee f3 2026-03-02T10:00 item_code=N3 unit_price=1 quantity=1 amount=1"},
		{name: "24 h", ref: care, log: bedded + "fee f1 2026-03-02T08:00 item_code=H0 unit_price=1 quantity=12 amount=12\nfee f2 2026-03-02T09:00 item_code=N1 unit_price=1 quantity=0.5 amount=1"},
		{
			name: "24.0001 h", ref: care, log: bedded + "fee f1 2026-03-02T08:00 item_code=H0 unit_price=1 quantity=12.0001 amount=12\nfee f2 2026-03-02T09:00 item_code=N1 unit_price=1 quantity=0.5 amount=1",
			want: []string{"FEE-011 h1|p1|s1|2026-03-02 v 03-02T00:00..03-03T00:00 0.00 f2:0.00 f1"},
		},
		{
			name: "levels first, though earlier; then special", ref: care,
			log: bedded + "fee f0 2026-03-02T07:00 item_code=N3 unit_price=24 quantity=1 amount=24\n" +
				"fee f1 2026-03-02T08:00 item_code=D0 unit_price=48 quantity=2 amount=96",
			want: []string{"FEE-011 h1|p1|s1|2026-03-02 v 03-02T00:00..03-03T00:00 72.00 f0:24.00 f1:48.00"}, // 72 h: 24 and 24 of 48 at 2.00
		},
		{
			name: "special over midnight", ref: care, // 6 h on the 2nd, 12 h on the 3rd
			log: bedded + "fee f1 2026-03-02T18:00 item_code=H0 unit_price=1 quantity=18 amount=18 from=2026-03-02T18:00 until=2026-03-03T12:00\n" +
				"fee f2 2026-03-03T10:00 item_code=N1 unit_price=24 quantity=1 amount=24",
			want: []string{"FEE-011 h1|p1|s1|2026-03-03 v 03-03T00:00..03-04T00:00 12.00 f2:12.00 f1"},
		},
		{name: "refunded", ref: care, log: bedded + special + level + "fee r 2026-03-03T08:00 reverses=f2 quantity=-1 amount=-24"},
		{name: "another day", ref: care, log: bedded + special + "fee f2 2026-03-03T00:00 item_code=N1 unit_price=24 quantity=1 amount=24"},
		{name: "a visit", ref: care, log: admitted + "fee f1 2026-03-02T08:00 item_code=H0 quantity=10 amount=10\n" + level},
		{name: "nursing without a level", ref: care, log: bedded + special + "fee f2 2026-03-02T09:00 item_code=NURSE"},
	})
	runUntold(t, "FEE-011", []untoldCase{
		{name: "nursing without a row", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE category=nursing", want: []string{"s1 row missing"}},
		{name: "something else without a row", log: bedded + "fee f 2026-03-02T08:00 item_code=NONE"},
	})
}
