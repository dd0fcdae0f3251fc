package oracle

import "testing"

func TestFaceMismatch(t *testing.T) {
	const stay = `
		admission a 2026-03-01T08:00
		fee x1 2026-03-01T23:00
		fee x2 2026-03-02T09:00
		fee x3 2026-03-03T09:00
		fee x4 2026-03-02T10:00 self_pay=true
		identity_check c1 2026-03-01T22:00 result=mismatch
	`
	const hit = "IDN-001 h1|p1|s1 s 03-01T23:00..03-02T09:00 20.00 x1:10.00 x2:10.00 c1 c2"
	runCases(t, "IDN-001", []ruleCase{
		{name: "24 h apart", log: stay + "identity_check c2 2026-03-02T22:00 result=mismatch", want: []string{hit}},
		{name: "a millisecond more", log: stay + "identity_check c2 2026-03-02T22:00:00.001 result=mismatch"},
		{name: "not alive", log: stay + "identity_check c2 2026-03-02T22:00 liveness=false", want: []string{hit}},
		{name: "score 0.5999", log: stay + "identity_check c2 2026-03-02T22:00 score=0.5999", want: []string{hit}},
		{name: "score 0.60", log: stay + "identity_check c2 2026-03-02T22:00 score=0.6"},
		{name: "a card", log: stay + "identity_check c2 2026-03-02T22:00 method=card result=mismatch"},
		{name: "unavailable", log: stay + "identity_check c2 2026-03-02T22:00 result=unavailable liveness=false"},
		{
			name: "a third one alone is not among them", want: []string{hit},
			log: stay + "identity_check c2 2026-03-02T22:00 result=mismatch\nidentity_check c3 2026-03-20T22:00 result=mismatch",
		},
		{
			name: "no fees", want: []string{"IDN-001 h1|p1|s1 s 03-05T01:00..03-05T02:00 0.00 c2 c3"},
			log: stay + "identity_check c2 2026-03-05T01:00 result=mismatch\nidentity_check c3 2026-03-05T02:00 result=mismatch",
		},
		{name: "h2 needs no faces", log: `
			admission a 2026-03-01T08:00 inst=h2
			identity_check c1 2026-03-02T22:00 inst=h2 result=mismatch
			identity_check c2 2026-03-02T22:00 inst=h2 result=mismatch`},
	})
}

func TestCheckMissing(t *testing.T) {
	const stay = `
		admission a 2026-03-01T08:00
		fee b1 2026-03-01T08:00 item_code=BED category=bed
		fee b2 2026-03-02T07:00 item_code=BED category=bed
		fee x1 2026-03-02T07:00
	`
	const hit = "IDN-002 h1|p1|s1 s 03-01T08:00..03-02T08:00:00.001 20.00 b1:10.00 b2:10.00 a"
	runCases(t, "IDN-002", []ruleCase{
		{name: "24 h", log: stay + "identity_check c1 2026-03-02T08:00"},
		{name: "a millisecond more", log: stay + "identity_check c1 2026-03-02T08:00:00.001", want: []string{hit}},
		{
			name: "the last gap of an open stay", log: stay + "identity_check c1 2026-03-02T08:00:00.001\nfee z 2026-03-05T08:00 person=p2",
			want: []string{"IDN-002 h1|p1|s1 s 03-01T08:00..open 20.00 b1:10.00 b2:10.00 a"},
		},
		{name: "any method counts when it matches", log: stay + "identity_check c1 2026-03-02T08:00 method=card"},
		{name: "a failed one does not", log: stay + "identity_check c0 2026-03-02T07:00 score=0.59\nidentity_check c1 2026-03-02T08:00:00.001", want: []string{hit}},
		{
			name: "a check before admission does not", want: []string{hit},
			log: stay + "identity_check c0 2026-03-01T07:59\nidentity_check c1 2026-03-02T08:00:00.001",
		},
		{name: "a leave taken out", log: stay + "leave l 2026-03-01T20:00 until=2026-03-01T20:00:00.001\nidentity_check c1 2026-03-02T08:00:00.001"},
		{name: "a day of an operation", log: stay + "operation o 2026-03-01T23:59:59.999 until=2026-03-02T00:00\nidentity_check c1 2026-03-02T20:00"},
		{
			name: "an operation that ends at midnight touches no second day", want: []string{"IDN-002 h1|p1|s1 s 03-01T08:00..03-03T00:00:00.001 10.00 b2:10.00 a"},
			log: stay + "operation o 2026-03-01T23:00 until=2026-03-02T00:00\nidentity_check c1 2026-03-03T00:00:00.001",
		},
		{name: "special nursing", log: stay + "order o 2026-03-01T09:00 class=nursing nursing_level=0 days=3\nidentity_check c1 2026-03-04T08:00"},
		{
			name: "nursing of level 1", want: []string{hit},
			log: stay + "order o 2026-03-01T09:00 class=nursing nursing_level=1\nidentity_check c1 2026-03-02T08:00:00.001",
		},
		{name: "discharged before admission", log: stay + "discharge d 2026-02-01T08:00"},
	})
}
