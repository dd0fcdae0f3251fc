package oracle

import "testing"

// covering is an agreement of h1 from 2 to before 5 March.
const covering = "institution_id=h1 kind=medical from=2026-03-02 until=2026-03-05 status=active"

func TestNoAgreement(t *testing.T) {
	medical := loaded("agreements", covering)
	const stay = "admission a 2026-03-01T08:00\n"
	runCases(t, "AGR-001", []ruleCase{
		{name: "the first day", ref: medical, log: stay + "fee f 2026-03-02T00:00"},
		{
			name: "before it", ref: medical, log: stay + "fee f 2026-03-01T23:59:59.999",
			want: []string{"AGR-001 h1|p1|s1 v 03-01T23:59:59.999..03-01T23:59:59.999 10.00 f:10.00"},
		},
		{name: "the last day", ref: medical, log: stay + "fee f 2026-03-04T23:59:59.999"},
		{
			name: "until is no longer covered", ref: medical, log: stay + "fee f 2026-03-04T08:00\nfee g 2026-03-05T00:00",
			want: []string{"AGR-001 h1|p1|s1 v 03-05T00:00..03-05T00:00 10.00 g:10.00"},
		},
		{
			name: "admitted while covered", ref: medical, log: "admission a 2026-03-04T08:00\nfee f 2026-03-05T00:00",
			want: []string{"AGR-001 h1|p1|s1 s 03-05T00:00..03-05T00:00 10.00 f:10.00"},
		},
		{name: "emergency", ref: medical, log: "admission a 2026-03-01T08:00 route=emergency\nfee f 2026-03-01T09:00"},
		{name: "holdover has no end", ref: loaded("agreements", covering+" holdover=true"), log: stay + "fee f 2026-03-29T08:00"},
		{
			name: "its term says nothing", log: stay + "fee f 2026-03-02T08:00",
			ref: loaded("agreements", covering+" term_from=2026-03-03 term_until=2026-03-04"),
		},
		{
			name: "suspended is an agreement", log: stay + "fee f 2026-03-02T08:00",
			ref: loaded("agreements", "institution_id=h1 kind=rehab from=2026-03-02 status=suspended"),
		},
		{
			name: "terminated is none, of devices neither, of others neither", log: stay + "fee f 2026-03-02T08:00",
			ref: loaded("agreements", `
				institution_id=h1 kind=medical from=2026-03-01 status=terminated
				institution_id=h1 kind=device from=2026-03-01 status=active
				institution_id=h2 kind=medical from=2026-03-01 status=active`),
			want: []string{"AGR-001 h1|p1|s1 v 03-02T08:00..03-02T08:00 10.00 f:10.00"},
		},
		{name: "no fees", ref: medical, log: stay},
		{name: "refunded", ref: medical, log: stay + "fee f 2026-03-01T09:00\nfee r 2026-03-01T09:00 reverses=f quantity=-1 amount=-10"},
		{
			name: "partly refunded", ref: medical, log: stay + "fee f 2026-03-01T09:00\nfee r 2026-03-01T09:00 reverses=f quantity=-0.4 amount=-4",
			want: []string{"AGR-001 h1|p1|s1 v 03-01T09:00..03-01T09:00 6.00 f:6.00"},
		},
	})
	untold(t, "AGR-001", stay, nil, "s1 table not loaded")
	untold(t, "AGR-001", stay, loaded("agreements", ""))
}

func TestDuringSuspension(t *testing.T) {
	suspended := loaded("agreements", "institution_id=h1 kind=medical from=2026-03-02 until=2026-03-05 status=suspended\n"+
		"institution_id=h1 kind=medical from=2026-03-01 status=active")
	const hit = "AGR-002 h1|p1|s1 v 03-02T00:00..03-04T23:00 20.00 g:10.00 h:10.00"
	const lines = "fee f 2026-03-01T23:59\nfee g 2026-03-02T00:00\nfee h 2026-03-04T23:00\nfee i 2026-03-05T00:00\n"
	runCases(t, "AGR-002", []ruleCase{
		{name: "beats an active one", ref: suspended, log: lines + "admission a 2026-03-01T08:00", want: []string{hit}},
		{name: "emergency too", ref: suspended, log: lines + "admission a 2026-03-01T08:00 route=emergency", want: []string{hit}},
		{name: "a visit is medical", ref: suspended, log: lines + "admission a 2026-03-01T08:00 class=outpatient", want: []string{hit}},
		{name: "rehab has its own agreement", ref: suspended, log: lines + "admission a 2026-03-01T08:00 class=rehab"},
		{
			name: "rehab suspended", ref: loaded("agreements", "institution_id=h1 kind=rehab from=2026-03-05 status=suspended"),
			log:  lines + "admission a 2026-03-01T08:00 class=rehab",
			want: []string{"AGR-002 h1|p1|s1 v 03-05T00:00..03-05T00:00 10.00 i:10.00"},
		},
	})
}

func TestOutOfArea(t *testing.T) {
	const person = "person_id=p1 insured_city=DT born=1980-01-01 sex=M"
	referred := func(on string) func(Reference) {
		return loaded("persons", person, "referrals",
			"referral_id=r person_id=p1 from_institution_id=h9 to_institution_id=h1 approved_on="+on)
	}
	const stay = "admission a 2026-03-01T08:00\nfee f 2026-03-02T08:00\ndischarge d 2026-03-03T08:00\n"
	hit := []string{"AGR-003 h1|p1|s1 v 03-01T08:00..03-03T08:00 10.00 f:10.00 a"}
	runCases(t, "AGR-003", []ruleCase{
		{name: "not referred", ref: loaded("persons", person, "referrals", ""), log: stay, want: hit},
		{name: "on the day", ref: referred("2026-03-01"), log: stay},
		{name: "the day after", ref: referred("2026-03-02"), log: stay, want: hit},
		{name: "365 days before", ref: referred("2025-03-01"), log: stay},
		{name: "366 days before", ref: referred("2025-02-28"), log: stay, want: hit},
		{
			name: "to another institution, another person", log: stay, want: hit,
			ref: loaded("persons", person, "referrals", `
				referral_id=r1 person_id=p1 to_institution_id=h2 approved_on=2026-03-01
				referral_id=r2 person_id=p2 to_institution_id=h1 approved_on=2026-03-01`),
		},
		{
			name: "insured here", ref: loaded("persons", "person_id=p1 insured_city=TY", "referrals", ""), log: stay,
		},
		{
			name: "emergency", ref: loaded("persons", person, "referrals", ""),
			log: "admission a 2026-03-01T08:00 route=emergency\nfee f 2026-03-02T08:00",
		},
	})
	untold(t, "AGR-003", stay, loaded("persons", "person_id=p2", "referrals", ""), "s1 row missing")
	untold(t, "AGR-003", stay, loaded("persons", person, "referrals", "", "institutions", ""), "s1 row missing")
	untold(t, "AGR-003", stay, loaded("persons", person), "s1 table not loaded")
}

func TestSuspendedPhysician(t *testing.T) {
	physicians := loaded("physicians", `
		physician_id=dr1 suspended_from=2026-03-02 suspended_until=2026-03-04 institution_id=h9
		physician_id=dr2 institution_id=h1
		physician_id=dr3 suspended_from=2026-03-02 institution_id=h1`)
	const stay = "admission a 2026-03-01T08:00\n"
	runCases(t, "AGR-004", []ruleCase{
		{
			name: "from its first to its last day", ref: physicians,
			log: stay + `fee e 2026-03-01T23:59 physician_id=dr1
				fee f 2026-03-02T00:00 physician_id=dr1
				fee g 2026-03-03T23:59 physician_id=dr1
				fee h 2026-03-04T00:00 physician_id=dr1
				order o 2026-03-02T07:00 physician_id=dr1
				order p 2026-03-04T07:00 physician_id=dr1`,
			want: []string{"AGR-004 h1|p1|s1|dr1 v 03-02T00:00..03-03T23:59 20.00 f:10.00 g:10.00 o"},
		},
		{
			name: "an order alone", ref: physicians, log: stay + "order o 2026-03-02T07:00 physician_id=dr1",
			want: []string{"AGR-004 h1|p1|s1|dr1 v 03-02T07:00..03-02T07:00 0.00 o"},
		},
		{name: "a row without a date suspends nobody", ref: physicians, log: stay + "fee f 2026-03-02T08:00 physician_id=dr2"},
		{
			name: "without an end", ref: physicians, log: stay + "fee f 2026-03-29T08:00 physician_id=dr3",
			want: []string{"AGR-004 h1|p1|s1|dr3 v 03-29T08:00..03-29T08:00 10.00 f:10.00"},
		},
		{name: "nobody named", ref: physicians, log: stay + "fee f 2026-03-02T08:00"},
	})
}

func TestRehabElsewhere(t *testing.T) {
	with := func(agreement string) func(Reference) {
		return func(ref Reference) {
			ref["items"] = append(ref["items"], rows("item_code=RE valid_from=2020-01-01 category=rehab rehab=true")...)
			ref["agreements"] = rows(agreement)
		}
	}
	const stay = "admission a 2026-03-01T08:00\nfee f 2026-03-02T08:00 item_code=RE category=rehab\nfee g 2026-03-02T08:00\n"
	hit := []string{"REH-001 h1|p1|s1 v 03-02T08:00..03-02T08:00 10.00 f:10.00"}
	runCases(t, "REH-001", []ruleCase{
		{name: "a hospital", ref: with("institution_id=h1 kind=medical from=2020-01-01 status=active"), log: stay, want: hit},
		{name: "a rehabilitation centre", ref: with("institution_id=h1 kind=rehab from=2026-03-02 until=2026-03-03 status=active"), log: stay},
		{name: "the day after", ref: with("institution_id=h1 kind=rehab from=2020-01-01 until=2026-03-02 status=active"), log: stay, want: hit},
		{name: "suspended", ref: with("institution_id=h1 kind=rehab from=2020-01-01 status=suspended"), log: stay, want: hit},
	})
	untold(t, "REH-001", "admission a 2026-03-01T08:00\nfee f 2026-03-02T08:00 item_code=NONE", with(""), "s1 row missing")
	untold(t, "REH-001", "admission a 2026-03-01T08:00\nfee f 2026-03-02T08:00 item_code=NONE",
		with("institution_id=h1 kind=rehab from=2020-01-01 status=active"))
}
