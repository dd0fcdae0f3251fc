package oracle

import "testing"

func TestOverSupply(t *testing.T) {
	limited := adding("items", stand("D30", "category=drug max_days_supply=30 discharge_max_days=14"))
	drug := func(record, days string, more ...string) string {
		out := "fee " + record + " 2026-03-01T09:00 days_supply=" + days
		for _, m := range more {
			out += " " + m
		}
		return out + "\n"
	}
	hit := func(subject, amount, lines string) []string {
		return []string{"RX-001 h1|p1|s1|" + subject + " s 03-01T09:00..03-01T09:00 " + amount + " " + lines}
	}
	runCases(t, "RX-001", []ruleCase{
		{name: "7 days", log: admitted + drug("f1", "7")},
		{name: "8 days", log: admitted + drug("f1", "8"), want: hit("DRUG|f1", "1.25", "f1:1.25")},
		{name: "together in a prescription", log: admitted + drug("f1", "5", "prescription_id=x") + drug("f2", "5", "prescription_id=x"), want: hit("DRUG|x", "6.00", "f2:6.00 f1")},
		{name: "two prescriptions", log: admitted + drug("f1", "5", "prescription_id=x") + drug("f2", "5", "prescription_id=y")},
		{name: "none, each by itself", log: admitted + drug("f1", "5") + drug("f2", "5")},
		{name: "emergency, 3 days", log: admitted + drug("f1", "3", "usage=emergency")},
		{name: "emergency, 4 days", log: admitted + drug("f1", "4", "usage=emergency"), want: hit("DRUG|f1", "2.50", "f1:2.50")},
		{name: "route emergency", log: "admission a 2026-03-01T08:00 class=outpatient route=emergency\n" + drug("f1", "4"), want: hit("DRUG|f1", "2.50", "f1:2.50")},
		{name: "the largest limit of several lines", log: admitted + drug("f1", "3", "usage=emergency prescription_id=x") + drug("f2", "4", "prescription_id=x")},
		{name: "the item's limit before the emergency's", ref: limited, log: admitted + drug("f1", "30", "item_code=D30 usage=emergency")},
		{name: "the item's limit", ref: limited, log: admitted + drug("f1", "31", "item_code=D30"), want: hit("D30|f1", "0.32", "f1:0.32")},
		{name: "no row: the default", log: admitted + drug("f1", "8", "item_code=NONE"), want: hit("NONE|f1", "1.25", "f1:1.25")},
		{
			name: "refunded in part: 16 of 24 days, 9 above, of 20.00", want: hit("DRUG|f1", "11.25", "f1:11.25"),
			log: admitted + drug("f1", "24", "quantity=3 amount=30") + "fee r 2026-03-02T08:00 reverses=f1 quantity=-1 amount=-10",
		},
		{name: "refunded to 7 and two thirds less", log: admitted + drug("f1", "21", "quantity=3 amount=30") + "fee r 2026-03-02T08:00 reverses=f1 quantity=-2 amount=-20"},
		{name: "taken home", log: admitted + drug("f1", "8", "usage=discharge")},
		{name: "in bed", log: bedded + drug("f1", "8")},
	})
	home := func(subject, amount, lines string) []string {
		return []string{"RX-002 h1|p1|s1|" + subject + " s 03-01T09:00..03-01T09:00 " + amount + " " + lines}
	}
	runCases(t, "RX-002", []ruleCase{
		{name: "7 days", log: bedded + drug("f1", "7", "usage=discharge")},
		{name: "8 days", log: bedded + drug("f1", "8", "usage=discharge"), want: home("DRUG|f1", "1.25", "f1:1.25")},
		{name: "of a visit", log: admitted + drug("f1", "8", "usage=discharge"), want: home("DRUG|f1", "1.25", "f1:1.25")},
		{name: "14 days of its own", ref: limited, log: bedded + drug("f1", "14", "item_code=D30 usage=discharge")},
		{name: "15 days", ref: limited, log: bedded + drug("f1", "15", "item_code=D30 usage=discharge"), want: home("D30|f1", "0.67", "f1:0.67")},
		{name: "not taken home", log: bedded + drug("f1", "8")},
		{name: "refunded", log: bedded + drug("f1", "8", "usage=discharge") + "fee r 2026-03-02T08:00 reverses=f1 quantity=-0.125 amount=-1"},
	})
	runUntold(t, "RX-001", []untoldCase{
		{name: "no row is the default", log: admitted + drug("f1", "8", "item_code=NONE")},
		{name: "no table", log: admitted, ref: unloading("items"), want: []string{"s1 table not loaded"}},
		{name: "no table, in bed: not about it", log: bedded, ref: unloading("items")},
	})
}

func TestRefill(t *testing.T) {
	const first = "fee f1 2026-03-01T09:00 days_supply=7\n" // until 8 March 09:00
	hit := func(at, amount string) []string {
		return []string{"RX-003 h1|f2 s 03-" + at + "..03-" + at + " " + amount + " f2:" + amount + " f1"}
	}
	runCases(t, "RX-003", []ruleCase{
		{name: "3 days before the end", log: admitted + first + "fee f2 2026-03-05T09:00 days_supply=7"},
		{name: "earlier", log: admitted + first + "fee f2 2026-03-05T08:59:59.999 days_supply=7", want: hit("05T08:59:59.999", "4.29")}, // 3 of 7 days
		{name: "a whole day earlier", log: admitted + first + "fee f2 2026-03-04T09:00 days_supply=7", want: hit("04T09:00", "5.71")},
		{name: "at most its own days", log: admitted + first + "fee f2 2026-03-02T09:00 days_supply=3", want: hit("02T09:00", "10.00")},
		{name: "less than 3 days", log: admitted + first + "fee f2 2026-03-02T09:00 days_supply=2"},
		{name: "the first less than 3 days after a refund", log: admitted + first + "fee r 2026-03-01T10:00 reverses=f1 quantity=-0.6 amount=-6\nfee f2 2026-03-01T09:30 days_supply=7"},
		{
			name: "another institution", want: []string{"RX-003 h2|f2 s 03-02T09:00..03-02T09:00 8.57 f2:8.57 f1"},
			log: admitted + first + "admission b 2026-03-01T08:00 inst=h2 class=outpatient\nfee f2 2026-03-02T09:00 days_supply=7 inst=h2",
		},
		{
			name: "one prescription", log: admitted + "fee f1 2026-03-01T09:00 days_supply=7 prescription_id=x\nfee f2 2026-03-02T09:00 days_supply=7 prescription_id=x",
		},
		{
			name: "one number at two institutions is two prescriptions", want: []string{"RX-003 h2|f2 s 03-02T09:00..03-02T09:00 8.57 f2:8.57 f1"},
			log: admitted + "fee f1 2026-03-01T09:00 days_supply=7 prescription_id=x\nadmission b 2026-03-01T08:00 inst=h2 class=outpatient\nfee f2 2026-03-02T09:00 days_supply=7 inst=h2 prescription_id=x",
		},
		{
			name: "the furthest end, not the last line", want: []string{
				"RX-003 h1|f2 s 03-02T09:00..03-02T09:00 10.00 f2:10.00 f1",
				"RX-003 h1|f3 s 03-08T09:00..03-08T09:00 10.00 f3:10.00 f1",
			},
			log: admitted + "fee f1 2026-03-01T09:00 days_supply=30\nfee f2 2026-03-02T09:00 days_supply=3\nfee f3 2026-03-08T09:00 days_supply=7",
		},
		{
			name: "of two with the furthest end the first is named",
			log:  admitted + first + "fee f0 2026-03-02T09:00 days_supply=6\nfee f2 2026-03-04T09:00 days_supply=7", // f0 too ends on the 8th at 9
			want: []string{
				"RX-003 h1|f0 s 03-02T09:00..03-02T09:00 10.00 f0:10.00 f1",
				"RX-003 h1|f2 s 03-04T09:00..03-04T09:00 5.71 f2:5.71 f1",
			},
		},
		{name: "in bed", log: bedded + first + "fee f2 2026-03-02T09:00 days_supply=7"},
		{name: "in bed, taken home", log: bedded + "fee f1 2026-03-01T09:00 days_supply=7 usage=discharge\nfee f2 2026-03-02T09:00 days_supply=7 usage=discharge", want: hit("02T09:00", "8.57")},
		{name: "no drug", log: admitted + "fee f1 2026-03-01T09:00 days_supply=7 item_code=LAB\nfee f2 2026-03-02T09:00 days_supply=7 item_code=LAB"},
		{name: "refunded", log: admitted + first + "fee f2 2026-03-02T09:00 days_supply=7\nfee r 2026-03-02T10:00 reverses=f1 quantity=-1 amount=-10"},
	})
}

func TestSplitPrescription(t *testing.T) {
	slip := func(record, prescription, days string, more ...string) string {
		out := "fee " + record + " 2026-03-01T09:00 physician_id=dr1 prescription_id=" + prescription + " days_supply=" + days
		for _, m := range more {
			out += " " + m
		}
		return out + "\n"
	}
	hit := func(amount, lines string) []string {
		return []string{"RX-005 p1|dr1|DRUG|2026-03-01 s 03-01T00:00..03-02T00:00 " + amount + " " + lines}
	}
	runCases(t, "RX-005", []ruleCase{
		{name: "4 and 4", log: admitted + slip("f1", "x", "4") + slip("f2", "y", "4"), want: hit("2.50", "f2:2.50 f1")},
		{name: "3 and 4", log: admitted + slip("f1", "x", "3") + slip("f2", "y", "4")},
		{name: "one prescription", log: admitted + slip("f1", "x", "4") + slip("f2", "x", "4")},
		{name: "7 and 1: each at the limit", log: admitted + slip("f1", "x", "7") + slip("f2", "y", "1"), want: hit("10.00", "f2:10.00 f1")},
		{name: "8 and 1: one is above by itself", log: admitted + slip("f1", "x", "8") + slip("f2", "y", "1")},
		{name: "8, 4 and 4", log: admitted + slip("f0", "w", "8") + slip("f1", "x", "4") + slip("f2", "y", "4"), want: hit("2.50", "f2:2.50 f1")},
		{name: "the largest limit is that of all", log: admitted + slip("f1", "x", "3", "usage=emergency") + slip("f2", "y", "4")},
		{name: "emergency both", log: admitted + slip("f1", "x", "3", "usage=emergency") + slip("f2", "y", "2", "usage=emergency"), want: hit("10.00", "f2:10.00 f1")},
		{name: "another physician", log: admitted + slip("f1", "x", "4") + slip("f2", "y", "4", "physician_id=dr2")},
		{name: "no physician", log: admitted + slip("f1", "x", "4", "physician_id=") + slip("f2", "y", "4", "physician_id=")},
		{name: "no prescription", log: admitted + slip("f1", "", "4") + slip("f2", "y", "4")},
		{name: "the next day", log: admitted + slip("f1", "x", "4") + "fee f2 2026-03-02T00:00 physician_id=dr1 prescription_id=y days_supply=4"},
		{name: "two visits", log: admitted + "admission b 2026-03-01T08:00 class=outpatient stay=s2\n" + slip("f1", "x", "4") + slip("f2", "y", "4", "stay=s2"), want: hit("2.50", "f2:2.50 f1")},
		{name: "taken home", log: admitted + slip("f1", "x", "4", "usage=discharge") + slip("f2", "y", "4")},
		{name: "in bed", log: bedded + slip("f1", "x", "4") + slip("f2", "y", "4")},
		{name: "refunded", log: admitted + slip("f1", "x", "4") + slip("f2", "y", "4") + "fee r 2026-03-02T08:00 reverses=f1 quantity=-0.25 amount=-2"},
	})
}
