package oracle

import "testing"

func TestVisitsDuringAStay(t *testing.T) {
	visit := func(at, fields string) string {
		return "admission a 2026-03-01T08:00\ndischarge d 2026-03-05T08:00\n" +
			"fee b 2026-03-03T00:00 item_code=BED category=bed\nfee c 2026-03-03T00:00\nfee e 2026-03-04T00:00 item_code=BED category=bed\n" +
			"admission v " + at + " class=outpatient stay=v1 " + fields + "\nfee f " + at + " stay=v1 " + fields + "\n"
	}
	none := loaded("referrals", "")
	referred := func(to, on string) func(Reference) {
		return loaded("referrals", "referral_id=r person_id=p1 from_institution_id=h9 to_institution_id="+to+" approved_on="+on)
	}
	hit := []string{"ADM-014 h1|p1|s1|h2|p1|v1 s 03-03T00:00..03-03T00:00 10.00 b:10.00 v f"}
	runCases(t, "ADM-014", []ruleCase{
		{name: "elsewhere", ref: none, log: visit("2026-03-03T10:00", "inst=h2"), want: hit},
		{name: "on the day of admission", ref: none, log: visit("2026-03-01T23:59:59.999", "inst=h2")},
		{
			name: "the day after", ref: none, log: visit("2026-03-02T00:00", "inst=h2"),
			want: []string{"ADM-014 h1|p1|s1|h2|p1|v1 s 03-02T00:00..03-02T00:00 0.00 v f"},
		},
		{name: "on the day of discharge", ref: none, log: visit("2026-03-05T00:00", "inst=h2")},
		{
			name: "the day before", ref: none, log: visit("2026-03-04T23:59:59.999", "inst=h2"),
			want: []string{"ADM-014 h1|p1|s1|h2|p1|v1 s 03-04T00:00..03-04T00:00 10.00 e:10.00 v f"},
		},
		{name: "on leave", ref: none, log: visit("2026-03-03T10:00", "inst=h2") + "leave l 2026-03-03T10:00 until=2026-03-03T11:00"},
		{name: "back from leave", ref: none, log: visit("2026-03-03T10:00", "inst=h2") + "leave l 2026-03-03T09:00 until=2026-03-03T10:00", want: hit},
		{name: "referred", ref: referred("h2", "2026-03-03"), log: visit("2026-03-03T10:00", "inst=h2")},
		{name: "referred the day after", ref: referred("h2", "2026-03-04"), log: visit("2026-03-03T10:00", "inst=h2"), want: hit},
		{name: "referred to another", ref: referred("h3", "2026-03-03"), log: visit("2026-03-03T10:00", "inst=h2"), want: hit},
		{name: "at the same institution", ref: none, log: visit("2026-03-03T10:00", "")},
		{
			name: "the stay's fee refunded", ref: none,
			log:  visit("2026-03-03T10:00", "inst=h2") + "fee r 2026-03-04T00:00 reverses=b quantity=-0.5 amount=-5",
			want: []string{"ADM-014 h1|p1|s1|h2|p1|v1 s 03-03T00:00..03-03T00:00 5.00 b:5.00 v f"},
		},
	})
	untold(t, "ADM-014", visit("2026-03-03T10:00", "inst=h2"), nil, "s1 table not loaded")
	home := []string{"ADM-007 h1|p1|s1|h1|p1|v1 s 03-03T10:00..03-03T10:00 10.00 f:10.00 a v"}
	runCases(t, "ADM-007", []ruleCase{
		{name: "at the same institution", log: visit("2026-03-03T10:00", ""), want: home},
		{name: "referred or not", ref: referred("h1", "2026-03-03"), log: visit("2026-03-03T10:00", ""), want: home},
		{name: "elsewhere", log: visit("2026-03-03T10:00", "inst=h2")},
		{name: "on the day of admission", log: visit("2026-03-01T23:59:59.999", "")},
		{name: "on the day of discharge", log: visit("2026-03-05T00:00", "")},
		{
			name: "without fees", log: visit("2026-03-03T10:00", "") + "fee f 2026-03-03T10:00 stay=v1 rev=2 cancelled",
			want: []string{"ADM-007 h1|p1|s1|h1|p1|v1 s 03-01T08:00..03-03T10:00 0.00 a v"},
		},
	})
	belongs(t, "ADM-007", visit("2026-03-03T10:00", ""), "h1|p1|v1")
	belongs(t, "ADM-007", visit("2026-03-03T10:00", "")+"fee f 2026-03-03T10:00 stay=v1 rev=2 cancelled", "h1|p1|s1")
}
