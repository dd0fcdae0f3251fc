package oracle

import "testing"

func TestNoVitals(t *testing.T) {
	able := func(ref Reference) { ref["institutions"][0]["capabilities"] = "nursing;vitals" }
	const stay = "admission a 2026-03-01T08:00\n"
	const left = stay + "discharge d 2026-03-05T08:00\n" // the days 1 to 4
	taken := func(days ...string) (text string) {
		for _, day := range days {
			text += "care_record c" + day + " 2026-03-" + day + "T12:00 type=vitals\n"
		}
		return text
	}
	runCases(t, "ADM-011", []ruleCase{
		{name: "daily", ref: able, log: left + taken("01", "02", "03", "04")},
		{name: "a day here and there", ref: able, log: left + taken("01", "03")},
		{
			name: "two days", ref: able, log: left + taken("01", "04"),
			want: []string{"ADM-011 h1|p1|s1 r 03-02T00:00..03-04T00:00 0.00 a"},
		},
		{
			name: "other care is none", ref: able, log: left + taken("01", "04") + "care_record x 2026-03-02T12:00 type=round",
			want: []string{"ADM-011 h1|p1|s1 r 03-02T00:00..03-04T00:00 0.00 a"},
		},
		{
			name: "the last day of a stay that ended", ref: able, log: left + taken("01", "02"),
			want: []string{"ADM-011 h1|p1|s1 r 03-03T00:00..03-05T00:00 0.00 a"},
		},
		{
			name: "of an open stay", ref: able, log: stay + taken("01", "02") + "fee z 2026-03-05T08:00 person=p2",
			want: []string{"ADM-011 h1|p1|s1 r 03-03T00:00..open 0.00 a"},
		},
		{name: "today is not over", ref: able, log: stay + taken("01", "02") + "fee z 2026-03-04T23:59 person=p2"},
		{
			name: "a run that a day with vitals closes", ref: able, log: stay + taken("04") + "fee z 2026-03-05T08:00 person=p2",
			want: []string{"ADM-011 h1|p1|s1 r 03-01T00:00..03-04T00:00 0.00 a"},
		},
		{
			name: "two runs are one finding", ref: able, log: "discharge d 2026-03-06T08:00\n" + stay + taken("03"),
			want: []string{"ADM-011 h1|p1|s1 r 03-01T00:00..03-06T00:00 0.00 a"},
		},
		{
			name: "a day on leave is removed, its neighbors are consecutive", ref: able,
			log: left + taken("01", "04") + "care_record x 2026-03-03T12:00 type=vitals\nleave l 2026-03-02T00:00 until=2026-03-03T00:00",
		},
		{
			name: "over a day on leave", ref: able, log: left + taken("01") + "leave l 2026-03-03T00:00 until=2026-03-04T00:00",
			want: []string{"ADM-011 h1|p1|s1 r 03-02T00:00..03-05T00:00 0.00 a"},
		},
		{name: "a visit", ref: able, log: "admission a 2026-03-01T08:00 class=outpatient\nfee z 2026-03-09T08:00"},
	})
	untold(t, "ADM-011", left, nil, "s1 capability missing")
	untold(t, "ADM-011", left, loaded("institutions", ""), "s1 row missing")
}

func TestAfterDeath(t *testing.T) {
	died := loaded("persons", "person_id=p1 died=2026-03-03")
	runCases(t, "ADM-020", []ruleCase{
		{name: "on the day", ref: died, log: "admission a 2026-03-01T08:00\nfee f 2026-03-03T23:59:59.999"},
		{
			name: "the day after", ref: died, log: "admission a 2026-03-01T08:00\nfee f 2026-03-03T23:59\nfee g 2026-03-04T00:00",
			want: []string{"ADM-020 h1|p1|s1 v 03-04T00:00..03-04T00:00 10.00 g:10.00 a"},
		},
		{
			name: "a visit without fees", ref: died, log: "admission a 2026-03-04T00:00 class=outpatient",
			want: []string{"ADM-020 h1|p1|s1 v 03-04T00:00..03-04T00:00 0.00 a"},
		},
		{name: "admitted on the day", ref: died, log: "admission a 2026-03-03T23:59"},
		{
			name: "refunded", ref: died,
			log: "admission a 2026-03-01T08:00\nfee g 2026-03-04T00:00\nfee r 2026-03-05T00:00 reverses=g quantity=-1 amount=-10",
		},
		{name: "alive", ref: loaded("persons", "person_id=p1"), log: "admission a 2026-03-01T08:00\nfee f 2026-03-05T08:00"},
	})
	untold(t, "ADM-020", "admission a 2026-03-01T08:00", loaded("persons", ""), "s1 row missing")
}
