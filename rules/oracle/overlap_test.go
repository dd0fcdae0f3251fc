package oracle

import "testing"

func TestSameInstitution(t *testing.T) {
	const one = "admission a 2026-03-01T08:00\ndischarge d 2026-03-05T08:00\nfee f 2026-03-04T20:00 item_code=BED category=bed\n"
	later := func(at string) string {
		return one + "admission b " + at + " stay=s2\ndischarge e 2026-03-08T08:00 stay=s2\n" + `
			fee g 2026-03-04T23:00 stay=s2 item_code=BED category=bed
			fee h 2026-03-05T07:00 stay=s2 item_code=NURSE category=nursing
			fee i 2026-03-05T23:00 stay=s2 item_code=BED category=bed
			fee j 2026-03-05T07:00 stay=s2
			fee k 2026-03-06T00:00 stay=s2 item_code=BED category=bed
		`
	}
	runCases(t, "ADM-006", []ruleCase{
		{name: "touching", log: later("2026-03-05T08:00")},
		{
			name: "a millisecond", log: later("2026-03-05T07:59:59.999"),
			want: []string{"ADM-006 h1|p1|s1|h1|p1|s2 v 03-05T07:59:59.999..03-05T08:00 20.00 h:10.00 i:10.00 a b"},
		},
		{
			name: "over midnight", log: later("2026-03-04T22:00"),
			want: []string{"ADM-006 h1|p1|s1|h1|p1|s2 v 03-04T22:00..03-05T08:00 30.00 g:10.00 h:10.00 i:10.00 a b"},
		},
		{
			name: "a part refunded", log: later("2026-03-05T07:00") + "fee r 2026-03-05T09:00 stay=s2 reverses=i quantity=-1 amount=-10\n",
			want: []string{"ADM-006 h1|p1|s1|h1|p1|s2 v 03-05T07:00..03-05T08:00 10.00 h:10.00 a b"},
		},
		{
			name: "a forgotten discharge ends with the last own record", log: later("2026-03-05T08:00") + "discharge d 2026-03-05T08:00 rev=2 cancelled\n",
		},
		{
			name: "which may be a self-pay line", want: []string{"ADM-006 h1|p1|s1|h1|p1|s2 v 03-05T08:00..03-05T08:00:00.001 20.00 h:10.00 i:10.00 a b"},
			log: later("2026-03-05T08:00") + "discharge d 2026-03-05T08:00 rev=2 cancelled\nfee p 2026-03-05T08:00:00.001 self_pay=true",
		},
		{
			name: "but no refunded one, and no report",
			log: later("2026-03-05T08:00") + "discharge d 2026-03-05T08:00 rev=2 cancelled\nfee p 2026-03-05T09:00\n" +
				"fee q 2026-03-05T09:00 reverses=p quantity=-1 amount=-10\nexam_report x 2026-03-06T09:00",
		},
		{name: "a visit", log: one + "admission b 2026-03-04T08:00 stay=s2 class=outpatient\nfee z 2026-03-09T08:00 stay=s2"},
		{name: "another person", log: one + "admission b 2026-03-04T08:00 stay=s2 person=p2\nfee z 2026-03-09T08:00 stay=s2 person=p2"},
	})
	runCases(t, "ADM-006", []ruleCase{{
		name: "sorted as text", want: []string{"ADM-006 h1|p1|s10|h1|p1|s2 v 03-04T08:00..03-05T08:00 10.00 y:10.00 a b"},
		log: "admission a 2026-03-01T08:00 stay=s2\ndischarge d 2026-03-05T08:00 stay=s2\nadmission b 2026-03-04T08:00 stay=s10\n" +
			"fee y 2026-03-05T20:00 stay=s10 item_code=BED category=bed",
	}})
}

func TestTwoInstitutions(t *testing.T) {
	world := func(at, fields string) string {
		return "admission a 2026-03-01T08:00\ndischarge d 2026-03-05T08:00\nfee f 2026-03-05T07:00 item_code=BED category=bed\n" +
			"admission b " + at + " inst=h2 stay=s2 " + fields + "\ndischarge e 2026-03-06T08:00 inst=h2 stay=s2\n" +
			"fee g 2026-03-05T03:00 inst=h2 stay=s2 item_code=BED category=bed\n"
	}
	none := loaded("referrals", "")
	referred := func(from, to, on string) func(Reference) {
		return loaded("referrals", "referral_id=r person_id=p1 from_institution_id="+from+" to_institution_id="+to+" approved_on="+on)
	}
	hit := []string{"ADM-005 h1|p1|s1|h2|p1|s2 v 03-05T02:00..03-05T08:00 10.00 g:10.00 a b"}
	runCases(t, "ADM-005", []ruleCase{
		{name: "6 h", ref: none, log: world("2026-03-05T02:00", ""), want: hit},
		{name: "a millisecond less", ref: none, log: world("2026-03-05T02:00:00.001", "")},
		{name: "transferred", ref: referred("h1", "h2", "2026-03-05"), log: world("2026-03-05T02:00", "route=transfer")},
		{name: "referred too late", ref: referred("h1", "h2", "2026-03-06"), log: world("2026-03-05T02:00", "route=transfer"), want: hit},
		{name: "referred, not transferred", ref: referred("h1", "h2", "2026-03-05"), log: world("2026-03-05T02:00", ""), want: hit},
		{name: "from elsewhere", ref: referred("h3", "h2", "2026-03-05"), log: world("2026-03-05T02:00", "route=transfer"), want: hit},
		{name: "back again", ref: referred("h2", "h1", "2026-03-05"), log: world("2026-03-05T02:00", "route=transfer"), want: hit},
		{name: "the same institution", ref: none, log: "admission a 2026-03-01T08:00\ndischarge d 2026-03-05T08:00\nadmission b 2026-03-02T08:00 stay=s2"},
	})
	untold(t, "ADM-005", world("2026-03-05T02:00", ""), nil, "s1 table not loaded", "s2 table not loaded")
}

func TestTwoInOneBed(t *testing.T) {
	const first = `
		admission a 2026-03-01T08:00 ward=W bed=1
		discharge d 2026-03-03T08:00
		fee f 2026-03-03T07:00 item_code=BED category=bed
	`
	second := func(at, fields string) string {
		return first + "admission b " + at + " person=p2 stay=s2 " + fields + "\ndischarge e 2026-03-05T08:00 person=p2 stay=s2\n" + `
			fee g 2026-03-03T12:00 person=p2 stay=s2 item_code=BED category=bed
			fee h 2026-03-03T12:00 person=p2 stay=s2 item_code=NURSE category=nursing
			fee i 2026-03-04T00:00 person=p2 stay=s2 item_code=BED category=bed
		`
	}
	hit := []string{"ADM-012 h1|p1|s1|h1|p2|s2 s 03-03T06:00..03-03T08:00 10.00 g:10.00 a b"}
	runCases(t, "ADM-012", []ruleCase{
		{name: "2 h", log: second("2026-03-03T06:00", "ward=W bed=1"), want: hit},
		{name: "a millisecond less", log: second("2026-03-03T06:00:00.001", "ward=W bed=1")},
		{name: "another bed", log: second("2026-03-03T06:00", "ward=W bed=2")},
		{name: "another ward", log: second("2026-03-03T06:00", "ward=V bed=1")},
		{name: "no ward", log: second("2026-03-03T06:00", "bed=1")},
		{
			name: "moved in later", log: second("2026-03-01T08:00", "ward=V bed=1") + "transfer t 2026-03-03T06:00 person=p2 stay=s2 ward=W bed=1",
			want: []string{"ADM-012 h1|p1|s1|h1|p2|s2 s 03-03T06:00..03-03T08:00 10.00 g:10.00 a t"},
		},
		{
			name: "who moves in later is violating, also with the earlier stay",
			log: "admission a 2026-03-01T08:00 ward=V bed=1\ntransfer t 2026-03-02T12:00 ward=W bed=1\ndischarge d 2026-03-04T08:00\n" +
				"fee f 2026-03-02T07:00 item_code=BED category=bed\nadmission b 2026-03-02T08:00 person=p2 stay=s2 ward=W bed=1\n" +
				"discharge e 2026-03-02T14:00 person=p2 stay=s2\nfee g 2026-03-02T12:00 person=p2 stay=s2 item_code=BED category=bed",
			want: []string{"ADM-012 h1|p1|s1|h1|p2|s2 s 03-02T12:00..03-02T14:00 10.00 f:10.00 b t"},
		},
		{name: "moved on at once", log: second("2026-03-03T06:00", "ward=W bed=1") + "transfer t 2026-03-03T06:00 person=p2 stay=s2 ward=V bed=1"},
		{
			name: "two pieces of an hour", log: second("2026-03-03T06:00", "ward=W bed=1") + `
				transfer t1 2026-03-03T07:00 person=p2 stay=s2 ward=W bed=2
				transfer t2 2026-03-03T07:00 person=p2 stay=s2 ward=W bed=1`,
		},
		{
			name: "both at one instant: the later in the order of stays", log: "admission a 2026-03-01T08:00 ward=W bed=1\n" +
				"admission b 2026-03-01T08:00 person=p2 stay=s2 ward=W bed=1\nfee f 2026-03-01T10:00 item_code=BED category=bed\n" +
				"fee g 2026-03-01T10:00 person=p2 stay=s2 item_code=BED category=bed",
			want: []string{"ADM-012 h1|p1|s1|h1|p2|s2 s 03-01T08:00..03-01T10:00 10.00 g:10.00 a b"},
		},
		{
			name: "two overlaps", want: []string{"ADM-012 h1|p1|s1|h1|p2|s2 s 03-01T10:00..03-03T08:00 20.00 g:10.00 x:10.00 a b t2"},
			log: second("2026-03-01T10:00", "ward=W bed=1") + `
				fee x 2026-03-01T12:00 person=p2 stay=s2 item_code=BED category=bed
				fee y 2026-03-02T12:00 person=p2 stay=s2 item_code=BED category=bed
				transfer t1 2026-03-01T20:00 person=p2 stay=s2 ward=V bed=2
				transfer t2 2026-03-03T05:00 person=p2 stay=s2 ward=W bed=1`,
		},
	})
	belongs(t, "ADM-012", second("2026-03-03T06:00", "ward=W bed=1"), "h1|p2|s2")
	belongs(t, "ADM-012", `
		admission a 2026-03-01T08:00 ward=V bed=1
		transfer t 2026-03-02T12:00 ward=W bed=1
		discharge d 2026-03-04T08:00
		admission b 2026-03-02T08:00 person=p2 stay=s2 ward=W bed=1
		discharge e 2026-03-02T14:00 person=p2 stay=s2`, "h1|p2|s2")
}
