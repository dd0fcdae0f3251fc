package oracle

import (
	"slices"
	"testing"
)

func TestLateUpload(t *testing.T) {
	runCases(t, "DAT-001", []ruleCase{
		{name: "48 h", log: "admission a 2026-03-01T08:00 recv=2026-03-03T08:00"},
		{
			name: "a millisecond more", log: "admission a 2026-03-01T08:00 recv=2026-03-03T08:00:00.001",
			want: []string{"DAT-001 h1|p1|s1 r 03-01T08:00..03-01T08:00 0.00 a"},
		},
		{
			name: "fees of any sort, before the admission is there", log: `
				fee f 2026-03-01T08:00 recv=2026-03-05T08:00
				fee g 2026-03-02T08:00 recv=2026-03-05T08:00 self_pay=true
				fee r 2026-03-02T09:00 recv=2026-03-05T08:00 reverses=f quantity=-1 amount=-10
				fee h 2026-03-04T08:00 recv=2026-03-05T08:00
				order o 2026-03-01T08:00 recv=2026-03-05T08:00`,
			want: []string{"DAT-001 h1|p1|s1 r 03-01T08:00..03-02T09:00 0.00 f g r"},
		},
		{name: "corrected late", log: "fee f 2026-03-01T08:00 recv=2026-03-02T08:00\nfee f 2026-03-01T09:00 rev=2 recv=2026-03-09T08:00"},
		{
			name: "the first revision late", log: "fee f 2026-03-01T08:00 rev=2 recv=2026-03-02T08:00\nfee f 2026-03-01T08:00 recv=2026-03-09T08:00",
			want: []string{"DAT-001 h1|p1|s1 r 03-01T08:00..03-01T08:00 0.00 f"},
		},
		{name: "against when the live one happened", log: "fee f 2026-03-01T08:00 recv=2026-03-04T08:00\nfee f 2026-03-03T08:00 rev=2 recv=2026-03-04T08:00"},
		{name: "again", log: "fee f 2026-03-01T08:00\nfee f 2026-03-01T08:00 recv=2026-03-09T08:00"},
		{name: "cancelled", log: "fee f 2026-03-01T08:00 recv=2026-03-09T08:00\nfee f 2026-03-01T08:00 rev=2 cancelled"},
	})
}

func TestIncomplete(t *testing.T) {
	const left = "admission a 2026-03-01T08:00\ndischarge d 2026-03-08T08:00\n"
	hit := []string{"DAT-002 h1|p1|s1 s 03-08T08:00..03-08T08:00 0.00 d"}
	runCases(t, "DAT-002", []ruleCase{
		{name: "72 h without a front page", asOf: "2026-03-11T08:00", log: left, want: hit},
		{name: "a millisecond before", asOf: "2026-03-11T07:59:59.999", log: left},
		{name: "with one", log: left + "front_page p 2026-03-08T08:00"},
		{name: "with one of another stay", log: left + "front_page p 2026-03-08T08:00 stay=s2", want: hit},
		{name: "a visit", log: "admission a 2026-03-01T08:00 class=outpatient\ndischarge d 2026-03-01T09:00"},
	})
	const orphans = "fee f 2026-03-08T08:00\nfee g 2026-03-09T08:00\nfee h 2026-03-01T08:00 self_pay=true\n"
	runCases(t, "DAT-002", []ruleCase{
		{
			name: "72 h without an admission", asOf: "2026-03-11T08:00", log: orphans,
			want: []string{"DAT-002 h1|p1|s1 s 03-08T08:00..03-09T08:00 0.00 f g"},
		},
		{name: "a millisecond before", asOf: "2026-03-11T07:59:59.999", log: orphans},
		{name: "with one", log: orphans + "admission a 2026-03-01T08:00"},
		{
			name: "with one of another person", log: "fee f 2026-03-08T08:00\nadmission a 2026-03-01T08:00 person=p2",
			want: []string{"DAT-002 h1|p1|s1 s 03-08T08:00..03-08T08:00 0.00 f"},
		},
		{name: "self-pay only", log: "fee h 2026-03-01T08:00 self_pay=true"},
	})
}

func TestClaims(t *testing.T) {
	const lines = `
		admission a 2026-03-01T08:00
		fee f 2026-03-31T23:59:59.999
		fee g 2026-04-01T00:00
		fee r 2026-03-30T08:00 reverses=g quantity=-0.5 amount=-5
		fee s 2026-03-03T08:00 self_pay=true
	`
	hit := []string{"DAT-002 h1|p1|s1 s 03-30T08:00..04-02T08:00 0.00 f r c"}
	claimed := func(fields string) string { return lines + "claim c 2026-04-02T08:00 month=2026-03 " + fields + "\n" }
	runCases(t, "DAT-002", []ruleCase{
		{name: "as the records", asOf: "2026-04-02T08:00", log: claimed("declared_amount=5 line_count=2")},
		{name: "another amount", asOf: "2026-04-02T08:00", log: claimed("declared_amount=5.01 line_count=2"), want: hit},
		{name: "another count", asOf: "2026-04-02T08:00", log: claimed("declared_amount=5 line_count=3"), want: hit},
		{
			name: "the last of its month", asOf: "2026-04-03T08:00",
			log: claimed("declared_amount=9 line_count=9") + "claim b 2026-04-03T08:00 month=2026-03 declared_amount=5 line_count=2",
		},
		{
			name: "of each month", asOf: "2026-04-03T08:00", want: []string{"DAT-002 h1|p1|s1 s 04-01T00:00..04-03T08:00 0.00 g b"},
			log: claimed("declared_amount=5 line_count=2") + "claim b 2026-04-03T08:00 month=2026-04 declared_amount=0 line_count=0",
		},
		{
			name: "without admission", asOf: "2026-04-02T08:00", log: "claim c 2026-04-02T08:00 month=2026-03 declared_amount=0 line_count=1",
			want: []string{"DAT-002 h1|p1|s1 s 04-02T08:00..04-02T08:00 0.00 c"},
		},
	})
}

func TestSilentInstitution(t *testing.T) {
	const open = "admission a 2026-03-01T08:00\nadmission b 2026-03-01T09:00 stay=s2 person=p2\ndischarge e 2026-03-01T10:00 stay=s2 person=p2\n"
	hit := []string{"DAT-003 h1|2026-03-01 r 03-01T00:00..03-02T00:00 0.00 a"}
	runCases(t, "DAT-003", []ruleCase{
		{name: "6 h", asOf: "2026-03-01T16:00", log: open},
		{name: "a millisecond more", asOf: "2026-03-01T16:00:00.001", log: open, want: hit},
		{
			name: "received after it happened", asOf: "2026-03-01T20:00", log: open + "fee f 2026-03-01T11:00 recv=2026-03-01T14:00",
		},
		{name: "what waits is received too", asOf: "2026-03-01T20:00", log: open + "fee f 2026-03-01T14:00 stay=s9 person=p9"},
		{name: "a duplicate says nothing new", asOf: "2026-03-01T20:00", log: open + "admission a 2026-03-01T08:00 recv=2026-03-01T19:00", want: hit},
		{name: "nobody in bed", asOf: "2026-03-09T20:00", log: open + "discharge d 2026-03-01T11:00"},
		{name: "a visit", asOf: "2026-03-09T20:00", log: "admission a 2026-03-01T08:00 class=outpatient"},
		{name: "another hospital's reception", asOf: "2026-03-01T20:00", log: open + "fee z 2026-03-01T19:00 inst=h2", want: hit},
	})
	belongs(t, "DAT-003", "admission a 2026-03-01T08:00", "h1||")
}

func TestChangedLater(t *testing.T) {
	const stay = `
		admission a 2026-02-20T08:00
		fee f 2026-03-02T08:00
		claim c 2026-03-05T08:00 month=2026-03 recv=2026-03-05T09:00
	`
	hit := []string{"DAT-004 h1|p1|s1 s 03-02T08:00..03-05T08:00 0.00 f c"}
	runCases(t, "DAT-004", []ruleCase{
		{name: "a millisecond after the claim", log: stay + "fee f 2026-03-02T08:00 rev=2 amount=11 recv=2026-03-05T09:00:00.001", want: hit},
		{
			name: "at as_of", asOf: "2026-03-06T08:00", want: []string{"DAT-004 h1|p1|s1 s 03-05T08:00..03-06T08:00 0.00 f c"},
			log: stay + "fee f 2026-03-06T08:00 rev=2 recv=2026-03-06T09:00",
		},
		{name: "after as_of", asOf: "2026-03-06T07:59", log: stay + "fee f 2026-03-06T08:00 rev=2 recv=2026-03-06T09:00"},
		{
			name: "two claims received at once", log: stay + "claim d 2026-03-05T07:00 month=2026-03 recv=2026-03-05T09:00\nfee f 2026-03-02T08:00 rev=2 recv=2026-03-06T09:00",
			want: []string{"DAT-004 h1|p1|s1 s 03-02T08:00..03-05T07:00 0.00 f d"},
		},
		{name: "with the claim", log: stay + "fee f 2026-03-02T08:00 rev=2 amount=11 recv=2026-03-05T09:00"},
		{name: "cancelled", log: stay + "fee f 2026-03-02T08:00 rev=2 cancelled recv=2026-03-06T09:00", want: hit},
		{name: "a new one", log: stay + "fee g 2026-03-02T08:00 recv=2026-03-06T09:00"},
		{name: "moved to a month without a claim", log: stay + "fee f 2026-02-28T23:59 rev=2 recv=2026-03-06T09:00"},
		{
			name: "the first claim counts", log: stay + "claim b 2026-03-04T08:00 month=2026-03 recv=2026-03-20T09:00\nfee f 2026-03-02T08:00 rev=2 recv=2026-03-06T09:00",
			want: hit,
		},
		{name: "the claim was withdrawn", log: stay + "claim c 2026-03-05T08:00 rev=2 cancelled\nfee f 2026-03-02T08:00 rev=2 recv=2026-03-06T09:00"},
		{name: "an order", log: stay + "order o 2026-03-02T08:00\norder o 2026-03-02T08:00 rev=2 recv=2026-03-06T09:00"},
		{
			name: "self-pay", log: stay + "fee s 2026-03-02T08:00 self_pay=true\nfee s 2026-03-02T08:00 self_pay=true rev=2 amount=11 recv=2026-03-06T09:00",
		},
		{
			name: "no longer self-pay", log: stay + "fee s 2026-03-02T08:00 self_pay=true\nfee s 2026-03-02T08:00 rev=2 recv=2026-03-06T09:00",
			want: []string{"DAT-004 h1|p1|s1 s 03-02T08:00..03-05T08:00 0.00 s c"},
		},
		{
			name: "a conflict of any record", log: stay + "order o 2026-03-02T08:00\norder o 2026-03-02T09:00",
			want: []string{"DAT-004 h1|p1|s1 s 03-02T08:00..03-02T08:00 0.00 o"},
		},
		{name: "a duplicate", log: stay + "order o 2026-03-02T08:00\norder o 2026-03-02T08:00"},
		{name: "without an admission", log: "order o 2026-03-02T08:00\norder o 2026-03-02T09:00"},
	})
}

func TestEventClockTellsNothingOfReceptions(t *testing.T) {
	records := received(t, "admission a 2026-03-01T08:00 recv=2026-03-09T08:00\nfee f 2026-03-01T08:00 stay=s2")
	result := Evaluate(records, standard(), at(t, "2026-03-31T00:00"), false)
	var got []string
	for _, n := range result.NotEvaluated {
		if n.Reason == ReasonEventClock {
			got = append(got, n.Rule+" "+n.StayID)
		}
	}
	want := []string{"DAT-001 s1", "DAT-003 ", "DAT-004 s1"} // s2 has no admission; DAT-003 is of the institution
	if !slices.Equal(got, want) {
		t.Errorf("Evaluate() does not evaluate %q with the event clock, want %q", got, want)
	}
	for _, f := range result.Findings {
		if f.Rule != "DAT-002" && f.Rule[:4] == "DAT-" {
			t.Errorf("Evaluate() finds %s with the event clock", f.Rule)
		}
	}
}
