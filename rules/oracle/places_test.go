package oracle

import "testing"

func TestTwoPlaces(t *testing.T) {
	const stays = `
		admission a 2026-03-01T08:00
		admission b 2026-03-01T08:00 inst=h2 stay=s2 class=outpatient
		identity_check c1 2026-03-02T23:50
	`
	const hit = "IDN-004 h1|h2|p1|2026-03-02 s 03-02T00:00..03-03T00:00 0.00 c1 c2"
	runCases(t, "IDN-004", []ruleCase{
		{name: "30 min, over midnight", log: stays + "identity_check c2 2026-03-03T00:20 inst=h2 stay=s2", want: []string{hit}},
		{name: "a millisecond more", log: stays + "identity_check c2 2026-03-03T00:20:00.001 inst=h2 stay=s2"},
		{name: "the other way round", log: stays + "identity_check c2 2026-03-02T23:20 inst=h2 stay=s2", want: []string{hit}},
		{name: "at once", log: stays + "identity_check c2 2026-03-02T23:50 inst=h2 stay=s2", want: []string{hit}},
		{name: "a card", log: stays + "identity_check c2 2026-03-03T00:20 inst=h2 stay=s2 method=card"},
		{name: "not alive", log: stays + "identity_check c2 2026-03-03T00:20 inst=h2 stay=s2 liveness=false"},
		{name: "unavailable", log: stays + "identity_check c2 2026-03-03T00:20 inst=h2 stay=s2 result=unavailable"},
		{name: "the same institution", log: stays + "identity_check c2 2026-03-03T00:00"},
		{name: "another person", log: stays + "admission x 2026-03-01T08:00 inst=h2 stay=s3 person=p2\nidentity_check c2 2026-03-03T00:00 inst=h2 stay=s3 person=p2"},
		{name: "waiting for its admission", log: stays + "identity_check c2 2026-03-03T00:00 inst=h2 stay=s9"},
		{
			name: "two days are two findings", log: stays + "identity_check c2 2026-03-03T00:10 inst=h2 stay=s2\nidentity_check c3 2026-03-03T00:15",
			want: []string{hit, "IDN-004 h1|h2|p1|2026-03-03 s 03-03T00:00..03-04T00:00 0.00 c3 c2"},
		},
	})
	belongs(t, "IDN-004", stays+"identity_check c2 2026-03-03T00:20 inst=h2 stay=s2", "h2|p1|s2")
}

func TestFormalitiesLate(t *testing.T) {
	// Sunday 1 March; the holiday of 4 March makes Monday the 9th the fifth.
	const days = `
		day=2026-03-02 working=true
		day=2026-03-03 working=true
		day=2026-03-04 working=false
		day=2026-03-05 working=true
		day=2026-03-06 working=true
		day=2026-03-07 working=false
		day=2026-03-08 working=false
		day=2026-03-09 working=true`
	const stay = "admission a 2026-03-01T08:00 route=emergency\n"
	calendar := loaded("calendar", days)
	const hit = "IDN-005 h1|p1|s1 s 03-01T08:00..open 0.00 a"
	runCases(t, "IDN-005", []ruleCase{
		{name: "at the end of the fifth", ref: calendar, asOf: "2026-03-10T00:00", log: stay, want: []string{hit}},
		{name: "a millisecond before", ref: calendar, asOf: "2026-03-09T23:59:59.999", log: stay},
		{name: "checked in time", ref: calendar, log: stay + "identity_check c 2026-03-09T23:59:59.999 method=card liveness=false"},
		{name: "checked late", ref: calendar, log: stay + "identity_check c 2026-03-10T00:00", want: []string{hit + " c"}},
		{name: "no match", ref: calendar, log: stay + "identity_check c 2026-03-02T00:00 result=mismatch", want: []string{hit + " c"}},
		{
			name: "left before", ref: calendar, log: stay + "discharge d 2026-03-02T08:00",
			want: []string{"IDN-005 h1|p1|s1 s 03-01T08:00..03-02T08:00 0.00 a"},
		},
		{name: "left before, not due", ref: calendar, asOf: "2026-03-09T23:59:59.999", log: stay + "discharge d 2026-03-02T08:00"},
		{name: "elective", ref: calendar, log: "admission a 2026-03-01T08:00"},
		{name: "a visit", ref: calendar, log: "admission a 2026-03-01T08:00 route=emergency class=outpatient"},
		{name: "a hole", ref: loaded("calendar", days+"\nday=2026-03-08 void=true"), log: stay},
	})
	untold(t, "IDN-005", stay, loaded("calendar", days+"\nday=2026-03-08 void=true"), "s1 row missing")
	untold(t, "IDN-005", "admission a 2026-03-01T08:00", loaded("calendar", ""))
	untold(t, "IDN-005", stay, nil, "s1 table not loaded")
}
