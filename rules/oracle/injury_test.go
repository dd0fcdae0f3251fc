package oracle

import "testing"

func TestNotTheInjury(t *testing.T) {
	cases := loaded("injury_cases", "injury_case_id=c1 person_id=p1 diagnosis_prefixes=S82;T9 trauma=true\ninjury_case_id=c2 person_id=p1 trauma=false")
	stay := func(diagnoses, after string) string {
		return "admission a 2026-03-01T08:00 injury_case_id=c1 diagnoses=" + diagnoses + "\nfee f 2026-03-02T08:00\n" +
			"discharge d 2026-03-03T08:00 diagnoses=" + after + "\n"
	}
	hit := []string{"INJ-001 h1|p1|s1 s 03-01T08:00..03-03T08:00 10.00 f:10.00 a"}
	runCases(t, "INJ-001", []ruleCase{
		{name: "the injury", ref: cases, log: stay("S82.1", "")},
		{name: "another illness", ref: cases, log: stay("I10", ""), want: hit},
		{name: "no diagnosis", ref: cases, log: stay("", ""), want: hit},
		{name: "among others, at discharge", ref: cases, log: stay("I10;J18", "E11;T90")},
		{name: "at admission only", ref: cases, log: stay("S82", "I10")},
		{name: "one character short", ref: cases, log: stay("S8", "T"), want: hit},
		{
			name: "a visit without fees", ref: cases, log: "admission a 2026-03-01T08:00 class=outpatient injury_case_id=c1 diagnoses=I10",
			want: []string{"INJ-001 h1|p1|s1 s 03-01T08:00..open 0.00 a"},
		},
		{
			name: "refunded", ref: cases, log: stay("I10", "") + "fee r 2026-03-02T08:00 reverses=f quantity=-0.5 amount=-5",
			want: []string{"INJ-001 h1|p1|s1 s 03-01T08:00..03-03T08:00 5.00 f:5.00 a"},
		},
	})
	untold(t, "INJ-001", "admission a 2026-03-01T08:00 injury_case_id=c2", cases, "s1 value missing")
	untold(t, "INJ-001", "admission a 2026-03-01T08:00 injury_case_id=c9", cases, "s1 row missing")
	untold(t, "INJ-001", "admission a 2026-03-01T08:00", cases, "s1 row missing")
	untold(t, "INJ-001", "admission a 2026-03-01T08:00", nil, "s1 table not loaded")
}

func TestOtherIllness(t *testing.T) {
	cases := func(ref Reference) {
		ref["injury_cases"] = rows("injury_case_id=c1 trauma=true\ninjury_case_id=c2 trauma=false")
		ref["items"] = append(ref["items"], rows("item_code=INSULIN valid_from=2026-03-02 category=drug non_injury=true")...)
	}
	const lines = "fee f 2026-03-02T08:00 item_code=INSULIN\nfee g 2026-03-03T08:00 item_code=INSULIN\nfee h 2026-03-02T08:00\n"
	hit := []string{"INJ-002 h1|p1|s1|INSULIN s 03-02T08:00..03-03T08:00 20.00 f:10.00 g:10.00"}
	runCases(t, "INJ-002", []ruleCase{
		{name: "a trauma", ref: cases, log: lines + "admission a 2026-03-01T08:00 injury_case_id=c1", want: hit},
		{name: "a disease", ref: cases, log: lines + "admission a 2026-03-01T08:00 injury_case_id=c2"},
		{
			name: "one refunded", ref: cases, want: []string{"INJ-002 h1|p1|s1|INSULIN s 03-02T08:00..03-02T08:00 10.00 f:10.00"},
			log: lines + "admission a 2026-03-01T08:00 injury_case_id=c1\nfee r 2026-03-03T09:00 reverses=g quantity=-1 amount=-10",
		},
	})
	early := "fee f 2026-03-01T08:00 item_code=INSULIN\n"
	untold(t, "INJ-002", early+"admission a 2026-03-01T08:00 injury_case_id=c1", cases, "s1 row missing")
	untold(t, "INJ-002", early+"admission a 2026-03-01T08:00 injury_case_id=c2", cases)
	untold(t, "INJ-002", early+lines+"admission a 2026-03-01T08:00 injury_case_id=c1", cases)
	untold(t, "INJ-002", early+"admission a 2026-03-01T08:00", cases, "s1 row missing")
}

func TestNoCase(t *testing.T) {
	cases := loaded("injury_cases", `
		injury_case_id=c1 person_id=p1 recognised_on=2026-05-30
		injury_case_id=c2 person_id=p1
		injury_case_id=c3 person_id=p2 recognised_on=2026-01-01`)
	const stay = "fee f 2026-03-02T08:00\nadmission a 2026-03-01T08:00 "
	reminder := []string{"INJ-003 h1|p1|s1 r 03-01T08:00..open 0.00 a"}
	suspicion := []string{"INJ-003 h1|p1|s1 s 03-01T08:00..open 10.00 f:10.00 a"}
	runCases(t, "INJ-003", []ruleCase{
		{name: "90 days", ref: cases, asOf: "2026-05-30T08:00", log: stay, want: reminder},
		{name: "a millisecond less", ref: cases, asOf: "2026-05-30T07:59:59.999", log: stay},
		{name: "a millisecond under 365 days", ref: cases, asOf: "2027-03-01T07:59:59.999", log: stay, want: reminder},
		{name: "365 days", ref: cases, asOf: "2027-03-01T08:00", log: stay, want: suspicion},
		{name: "recognized that day", ref: cases, asOf: "2026-05-30T08:00", log: stay + "injury_case_id=c1"},
		{
			name: "recognized the day after", ref: loaded("injury_cases", "injury_case_id=c1 person_id=p1 recognised_on=2026-05-31"),
			asOf: "2026-05-30T23:59", log: stay + "injury_case_id=c1", want: reminder,
		},
		{name: "not recognized", ref: cases, asOf: "2026-06-30T08:00", log: stay + "injury_case_id=c2", want: reminder},
		{name: "another person's", ref: cases, asOf: "2026-06-30T08:00", log: stay + "injury_case_id=c3", want: reminder},
		{name: "unknown", ref: cases, asOf: "2026-06-30T08:00", log: stay + "injury_case_id=c9", want: reminder},
	})
	untold(t, "INJ-003", stay, nil, "s1 table not loaded")
	untold(t, "INJ-003", stay, cases)
}

func TestPastStopWork(t *testing.T) {
	cases := loaded("injury_cases", "injury_case_id=c1 stop_work_until=2026-03-01\ninjury_case_id=c2")
	runCases(t, "INJ-004", []ruleCase{
		{name: "on the last day", ref: cases, log: "admission a 2026-03-01T23:59:59.999 injury_case_id=c1"},
		{
			name: "the day after", ref: cases, log: "admission a 2026-03-02T00:00 injury_case_id=c1",
			want: []string{"INJ-004 h1|p1|s1 r 03-02T00:00..open 0.00 a"},
		},
		{name: "a visit", ref: cases, log: "admission a 2026-03-02T00:00 injury_case_id=c1 class=outpatient"},
		{name: "no end", ref: cases, log: "admission a 2026-03-02T00:00 injury_case_id=c2"},
	})
	untold(t, "INJ-004", "admission a 2026-03-02T00:00", cases, "s1 row missing")
	untold(t, "INJ-004", "admission a 2026-03-02T00:00 class=outpatient", cases)
}
