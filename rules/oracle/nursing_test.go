package oracle

import (
	"strings"
	"testing"
)

func TestCareDays(t *testing.T) {
	care := adding("items", stand("N1", "category=nursing unit=日 nursing_level=1")+
		stand("N0", "category=nursing unit=日 nursing_level=0")+
		stand("C", "category=consultation unit=日")+stand("V", "category=consultation unit=次"))
	const two = bedded + "discharge d 2026-03-03T07:00\n" // 2 days
	runCases(t, "FEE-014", []ruleCase{
		{name: "2 in 2 days", ref: care, log: two + "fee f 2026-03-01T09:00 item_code=N1 quantity=2 amount=20"},
		{
			name: "2.0001", ref: care, log: two + "fee f 2026-03-01T09:00 item_code=N1 quantity=2.0001 amount=20 unit_price=100",
			want: []string{"FEE-014 h1|p1|s1|nursing v 03-01T09:00..03-01T09:00 0.01 f:0.01"},
		},
		{
			name: "each by itself, the last first", ref: care,
			log: two + "fee f1 2026-03-01T09:00 item_code=N1 quantity=2 amount=20\nfee f2 2026-03-02T09:00 item_code=N1\n" +
				"fee c1 2026-03-01T09:00 item_code=C quantity=2.5 amount=25\nfee v 2026-03-01T09:00 item_code=V quantity=3 amount=30",
			want: []string{
				"FEE-014 h1|p1|s1|consultation v 03-01T09:00..03-01T09:00 5.00 c1:5.00",
				"FEE-014 h1|p1|s1|nursing v 03-02T09:00..03-02T09:00 10.00 f2:10.00 f1",
			},
		},
		{name: "refunded", ref: care, log: two + "fee f 2026-03-01T09:00 item_code=N1 quantity=3 amount=30\nfee r 2026-03-01T09:00 reverses=f quantity=-1 amount=-10"},
		{name: "level 0", ref: care, log: two + "fee f 2026-03-01T09:00 item_code=N0 quantity=3 amount=30"},
		{name: "open", ref: care, log: bedded + "fee f 2026-03-01T09:00 item_code=N1 quantity=99 amount=990"},
		{
			name: "a stay within a day has one", ref: care,
			log:  bedded + "discharge d 2026-03-01T09:00\nfee f 2026-03-01T09:00 item_code=N1 quantity=2 amount=20",
			want: []string{"FEE-014 h1|p1|s1|nursing v 03-01T09:00..03-01T09:00 10.00 f:10.00"},
		},
	})
	runUntold(t, "FEE-014", []untoldCase{
		{name: "nursing without a row", log: two + "fee f 2026-03-01T09:00 item_code=NONE category=nursing", want: []string{"s1 row missing"}},
		{name: "consultation needs none", log: two + "fee f 2026-03-01T09:00 item_code=NONE category=consultation"},
		{
			name: "a hit beats it", log: two + "fee f 2026-03-01T09:00 item_code=NONE category=nursing\n" +
				"fee f2 2026-03-01T09:00 item_code=NONE category=consultation quantity=3 amount=30",
		},
		{name: "open", log: bedded + "fee f 2026-03-01T09:00 item_code=NONE category=nursing"},
	})
}

func TestNursingLevel(t *testing.T) {
	care := adding("items", stand("N1", "category=nursing unit=日 nursing_level=1 price_cap_2=50")+
		stand("H1", "category=nursing unit=小时 hour_unit=true nursing_level=1 price_cap_2=9")+
		stand("N2", "category=nursing unit=日 nursing_level=2 price_cap_2=24")+
		stand("N2B", "category=nursing unit=日 nursing_level=2 price_cap_2=30 price_cap_1=1")+
		stand("H2", "category=nursing unit=小时 hour_unit=true nursing_level=2 price_cap_2=1")+
		stand("N3", "category=nursing unit=日 nursing_level=3"))
	const line = "fee f 2026-03-02T08:00 item_code=N1 unit_price=50 quantity=2 amount=100\n"
	const second = "order o 2026-03-01T09:00 class=nursing item_code=N2 nursing_level=2\ncare_record c 2026-03-05T08:00\n" // an open order ends with the open stay: at the last that is known
	hit := func(amount, rest string) []string {
		return []string{"FEE-015 h1|p1|s1|2026-03-02 v 03-02T00:00..03-03T00:00 " + amount + " f:" + amount + rest}
	}
	runCases(t, "FEE-015", []ruleCase{
		{name: "level 1, 2 ordered", ref: care, log: bedded + second + line, want: hit("52.00", " o")},
		{name: "level 2, 2 ordered", ref: care, log: bedded + second + "fee f 2026-03-02T08:00 item_code=N2 unit_price=50 quantity=2 amount=100"},
		{
			name: "by the hour", ref: care, log: bedded + second + "fee f 2026-03-02T08:00 item_code=H1 unit_price=9 quantity=3 amount=27",
			want: hit("24.00", " o"),
		},
		{
			name: "below the ordered price: raised with nothing", ref: care,
			log: bedded + second + "fee f 2026-03-02T08:00 item_code=N1 unit_price=20 quantity=1 amount=20", want: hit("0.00", " o"),
		},
		{
			name: "the last started counts", ref: care,
			log: bedded + second + "order o2 2026-03-02T07:00 class=nursing item_code=N1 nursing_level=1\n" + line,
		},
		{
			name: "an order starts at its instant", ref: care,
			log: bedded + second + "order o2 2026-03-02T08:00 class=nursing item_code=N1 nursing_level=1\n" + line,
		},
		{
			name: "and later not", ref: care, want: hit("52.00", " o"),
			log: bedded + second + "order o2 2026-03-02T08:00:00.001 class=nursing item_code=N1 nursing_level=1\n" + line,
		},
		{
			name: "an order without a level orders none", ref: care, want: hit("52.00", " o"),
			log: bedded + second + "order o2 2026-03-02T07:00 class=nursing item_code=N1\n" + line,
		},
		{name: "refunded in part", ref: care, log: bedded + second + line + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-50", want: hit("26.00", " o")},
		{name: "at most the net amount", ref: care, log: bedded + second + line + "fee r 2026-03-02T08:00 reverses=f quantity=-0.5 amount=-90", want: hit("10.00", " o")},
		{name: "refunded", ref: care, log: bedded + second + line + "fee r 2026-03-02T08:00 reverses=f quantity=-2 amount=-100"},
		{name: "a visit", ref: care, log: admitted + strings.Replace(second, "nursing_level=2", "nursing_level=2 days=9", 1) + line},
		{
			name: "the end of an open stay is no longer covered", ref: care,
			log: bedded + "order o 2026-03-01T09:00 class=nursing item_code=N2 nursing_level=2\n" + line,
		},
	})
	runUntold(t, "FEE-015", []untoldCase{
		{name: "no order", ref: care, log: bedded + line, want: []string{"s1 no nursing order"}},
		{name: "order over", ref: care, log: bedded + "order o 2026-03-01T09:00 class=nursing item_code=N2 nursing_level=2 until=2026-03-02T08:00\n" + line, want: []string{"s1 no nursing order"}},
		{name: "no cap of the ordered level", ref: care, log: bedded + "order o 2026-03-01T09:00 class=nursing item_code=N3 nursing_level=3 days=9\n" + line, want: []string{"s1 no price cap"}},
		{name: "no row of the line", log: bedded + second + "fee f 2026-03-02T08:00 item_code=NONE category=nursing", want: []string{"s1 row missing"}},
		{name: "nursing without a level", log: bedded + "fee f 2026-03-02T08:00 item_code=NURSE"},
		{name: "no row of the institution", ref: care, log: "admission a 2026-03-01T08:00 inst=h9", want: []string{"s1 row missing"}},
	})
}
