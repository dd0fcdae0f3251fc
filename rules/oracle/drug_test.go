package oracle

import "testing"

func TestSameClass(t *testing.T) {
	drugs := adding("items", stand("A1", "category=drug atc=J01CA04")+stand("A2", "category=drug atc=J01CA01")+stand("B", "category=drug atc=J01CR02")+stand("E", "category=drug")+stand("E2", "category=drug"))
	const first = "order o1 2026-03-01T09:00 item_code=A1 days=7\n"
	hit := func(from, until string) []string {
		return []string{"RX-004 h1|o1|h1|o2 r 03-" + from + "..03-" + until + " 0.00 o1 o2"}
	}
	runCases(t, "RX-004", []ruleCase{
		{name: "3 days together", ref: drugs, log: bedded + first + "order o2 2026-03-05T09:00 item_code=A2 days=7", want: hit("05T09:00", "08T09:00")},
		{name: "less", ref: drugs, log: bedded + first + "order o2 2026-03-05T09:00:00.001 item_code=A2 days=7"},
		{name: "another class", ref: drugs, log: bedded + first + "order o2 2026-03-02T09:00 item_code=B days=7"},
		{name: "one item", ref: drugs, log: bedded + first + "order o2 2026-03-02T09:00 item_code=A1 days=7"},
		{name: "no class", ref: drugs, log: bedded + "order o1 2026-03-01T09:00 item_code=E days=7\norder o2 2026-03-01T09:00 item_code=E2 days=7"},
		{name: "no drug order", ref: drugs, log: bedded + first + "order o2 2026-03-02T09:00 item_code=A2 days=7 class=other"},
		{name: "a stopped order", ref: drugs, log: bedded + first + "order o2 2026-03-02T09:00 item_code=A2 days=7 until=2026-03-05T08:59:59.999"},
		{
			name: "two institutions", ref: drugs, want: []string{"RX-004 h1|o9|h2|o1 r 03-02T09:00..03-08T09:00 0.00 o9 o1"},
			log: bedded + "admission b 2026-03-01T08:00 inst=h2\norder o9 2026-03-02T09:00 item_code=A2 days=7\norder o1 2026-03-01T09:00 item_code=A1 days=7 inst=h2",
		},
		{name: "another person", ref: drugs, log: bedded + "admission b 2026-03-01T08:00 person=p2\n" + first + "order o2 2026-03-02T09:00 item_code=A2 days=7 person=p2"},
	})
	runUntold(t, "RX-004", []untoldCase{
		{name: "no row", ref: drugs, log: bedded + first + "order o2 2026-03-02T09:00 item_code=NONE days=7", want: []string{"s1 row missing"}},
		{name: "no row needed", ref: drugs, log: bedded + first + "order o2 2026-03-20T09:00 item_code=NONE days=7"},
	})
}

func TestRestricted(t *testing.T) {
	persons := "person_id=p1 sex=F born=1996-02-29"
	only := func(columns string) func(Reference) { return adding("items", stand("X", columns), "persons", persons) }
	const line = "fee f 2026-03-02T08:00 item_code=X\n"
	const early = "fee f 2026-02-28T08:00 item_code=X\n"
	hit := func(at string) []string { return []string{"RX-007 h1|p1|s1|X v " + at + ".." + at + " 10.00 f:10.00"} }
	runCases(t, "RX-007", []ruleCase{
		{name: "sex", ref: only("sex=M"), log: bedded + line, want: hit("03-02T08:00")},
		{name: "the same sex", ref: only("sex=F"), log: bedded + line},
		{name: "30 on 1 March", ref: only("age_min=30"), log: bedded + "fee f 2026-03-01T08:00 item_code=X"},
		{name: "29 on 28 February", ref: only("age_min=30"), log: bedded + early, want: hit("02-28T08:00")},
		{name: "still 29 on 28 February", ref: only("age_max=29"), log: bedded + early},
		{name: "older than 29 on 1 March", ref: only("age_max=29"), log: bedded + "fee f 2026-03-01T08:00 item_code=X", want: hit("03-01T08:00")},
		{
			name: "a birthday is a full year", log: bedded + line, want: hit("03-02T08:00"),
			ref: adding("items", stand("X", "age_max=29"), "persons", "person_id=p1 sex=F born=1996-03-02"),
		},
		{name: "level 2 of 2", ref: only("min_level=2"), log: bedded + line},
		{name: "level 2 of 3", ref: only("min_level=3"), log: bedded + line, want: hit("03-02T08:00")},
		{name: "for visits", ref: only("visit=outpatient"), log: bedded + line, want: hit("03-02T08:00")},
		{name: "a visit", ref: only("visit=outpatient"), log: admitted + line},
		{name: "for beds", ref: only("visit=inpatient"), log: admitted + line, want: hit("03-02T08:00")},
		{name: "rehabilitation is in bed", ref: only("visit=inpatient"), log: "admission a 2026-03-01T08:00 class=rehab\n" + line},
		{name: "refunded", ref: only("sex=M"), log: bedded + line + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10"},
	})
	runUntold(t, "RX-007", []untoldCase{
		{name: "no row of the item", ref: adding("persons", ""), log: bedded + line, want: []string{"s1 row missing"}},
		{name: "no row of the person", ref: adding("items", stand("X", "sex=M"), "persons", ""), log: bedded + line, want: []string{"s1 row missing"}},
		{name: "none needed", ref: adding("items", stand("X"), "persons", ""), log: "admission a 2026-03-01T08:00 inst=h9\nfee f 2026-03-02T08:00 item_code=X inst=h9"},
		{name: "no row of the institution", ref: only("min_level=1"), log: "admission a 2026-03-01T08:00 inst=h9\nfee f 2026-03-02T08:00 item_code=X inst=h9", want: []string{"s1 row missing"}},
		{name: "broken already", ref: adding("items", stand("X", "sex=M visit=outpatient"), "persons", ""), log: bedded + line},
	})
}

func TestOutOfScope(t *testing.T) {
	scope := adding("items", stand("IN")+"item_code=OUT valid_from=2020-01-01 in_scope=false\nitem_code=LATE valid_from=2026-03-03 in_scope=false\n")
	hit := func(item, severity, amount, lines string) []string {
		return []string{"RX-008 h1|p1|s1|" + item + " " + severity + " 03-02T08:00..03-02T08:00 " + amount + " " + lines}
	}
	line := func(more string) string { return "fee f 2026-03-02T08:00 " + more + "\n" }
	runCases(t, "RX-008", []ruleCase{
		{name: "in scope", ref: scope, log: bedded + line("item_code=IN")},
		{name: "unknown", ref: scope, log: bedded + line("item_code=NONE"), want: hit("NONE", "s", "10.00", "f:10.00")},
		{name: "out of scope, with consent", ref: scope, log: bedded + line("item_code=OUT consent_id=c"), want: hit("OUT", "v", "10.00", "f:10.00")},
		{name: "out of scope, emergency", ref: scope, log: "admission a 2026-03-01T08:00 route=emergency\n" + line("item_code=OUT"), want: hit("OUT", "v", "10.00", "f:10.00")},
		{name: "self-pay without consent", ref: scope, log: bedded + line("item_code=OUT self_pay=true"), want: hit("OUT", "r", "0.00", "f")},
		{name: "self-pay with consent", ref: scope, log: bedded + line("item_code=OUT self_pay=true consent_id=c")},
		{name: "self-pay, emergency", ref: scope, log: "admission a 2026-03-01T08:00 route=emergency\n" + line("item_code=OUT self_pay=true")},
		{name: "self-pay, unknown", ref: scope, log: bedded + line("item_code=NONE self_pay=true")},
		{name: "self-pay, refunded", ref: scope, log: bedded + line("item_code=OUT self_pay=true") + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10 self_pay=true"},
		{
			name: "the worst of its lines", ref: scope, log: bedded + line("item_code=LATE") + "fee g 2026-03-03T08:00 item_code=LATE\nfee h 2026-03-04T08:00 item_code=LATE self_pay=true",
			want: []string{"RX-008 h1|p1|s1|LATE v 03-02T08:00..03-03T08:00 20.00 f:10.00 g:10.00 h"},
		},
		{name: "refunded", ref: scope, log: bedded + line("item_code=OUT") + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10"},
	})
}

func TestUnindicated(t *testing.T) {
	only := adding("items", stand("X", "indication_prefixes=S82;T1"))
	const line = "fee f 2026-03-02T08:00 item_code=X\n"
	hit := []string{"RX-010 h1|p1|s1|X s 03-02T08:00..03-02T08:00 10.00 f:10.00"}
	runCases(t, "RX-010", []ruleCase{
		{name: "indicated", ref: only, log: bedded + line},
		{name: "a second diagnosis", ref: only, log: "admission a 2026-03-01T08:00 diagnoses=I10;T14.1\n" + line},
		{name: "not", ref: only, log: "admission a 2026-03-01T08:00 diagnoses=I10;S8\n" + line, want: hit},
		{name: "no diagnosis", ref: only, log: "admission a 2026-03-01T08:00 diagnoses=\n" + line, want: hit},
		{name: "of the discharge", ref: only, log: "admission a 2026-03-01T08:00 diagnoses=I10\n" + line + "discharge d 2026-03-03T08:00 diagnoses=I10;S82.9"},
		{name: "of the admission alone", ref: only, log: bedded + line + "discharge d 2026-03-03T08:00 diagnoses=I10"},
		{name: "no indication given", log: bedded + "fee f 2026-03-02T08:00"},
		{name: "refunded", ref: only, log: "admission a 2026-03-01T08:00 diagnoses=\n" + line + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10"},
	})
	runUntold(t, "RX-010", []untoldCase{{name: "no row", log: bedded + line, want: []string{"s1 row missing"}}})
}
