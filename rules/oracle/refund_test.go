package oracle

import "testing"

func TestBadRefunds(t *testing.T) {
	const lost = "fee r1 2026-03-02T08:00 reverses=f quantity=-1 amount=-10\nfee r2 2026-03-04T08:00 reverses=f quantity=-1 amount=-10\n"
	const line = "fee f 2026-03-01T09:00 quantity=2 amount=20\n"
	const other = "admission b 2026-03-01T08:00 stay=s2\n"
	runCases(t, "FEE-028", []ruleCase{
		{name: "no such line, 72 h after the first refund", asOf: "2026-03-05T08:00", log: bedded + lost, want: []string{"FEE-028 h1|f s 03-02T08:00..03-04T08:00 0.00 r1 r2"}},
		{name: "before", asOf: "2026-03-05T07:59:59.999", log: bedded + lost},
		{name: "up to quantity and amount", log: bedded + line + lost},
		{
			name: "above the quantity", asOf: "2026-03-04T08:00", log: bedded + line + lost + "fee r3 2026-03-04T08:00 reverses=f quantity=-0.0001 amount=0",
			want: []string{"FEE-028 h1|f s 03-01T09:00..03-04T08:00 0.00 f r1 r2 r3"},
		},
		{
			name: "above the amount, with the person's own money too", asOf: "2026-03-04T08:00",
			log:  bedded + line + lost + "fee r3 2026-03-04T08:00 reverses=f quantity=0 amount=-0.01 self_pay=true",
			want: []string{"FEE-028 h1|f s 03-01T09:00..03-04T08:00 0.00 f r1 r2 r3"},
		},
		{
			name: "a refund of a refund", log: bedded + line + lost + "fee q 2026-03-04T09:00 reverses=r1 quantity=-1 amount=-10",
			want: []string{"FEE-028 h1|r1 s 03-02T08:00..03-04T09:00 0.00 q r1"},
		},
		{
			name: "of another stay, at once", asOf: "2026-03-02T08:00", log: bedded + other + line + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10 stay=s2",
			want: []string{"FEE-028 h1|f s 03-01T09:00..03-02T08:00 0.00 f r"},
		},
		{
			name: "of another person", asOf: "2026-03-02T08:00", log: bedded + "admission b 2026-03-01T08:00 person=p2\n" + line + "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10 person=p2",
			want: []string{"FEE-028 h1|f s 03-01T09:00..03-02T08:00 0.00 f r"},
		},
		{
			name: "of another institution names no line there", asOf: "2026-03-05T08:00",
			log:  bedded + line + "admission b 2026-03-01T08:00 inst=h2\nfee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10 inst=h2",
			want: []string{"FEE-028 h2|f s 03-02T08:00..03-02T08:00 0.00 r"},
		},
		{name: "a self-pay line and its refund", log: bedded + "fee f 2026-03-01T09:00 self_pay=true\nfee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10 self_pay=true"},
		{name: "waiting for its admission", log: "fee r 2026-03-02T08:00 reverses=f quantity=-1 amount=-10"},
	})
}

func TestBadRefundBelongsToTheFirst(t *testing.T) {
	result := Evaluate(OnTime(log(t, bedded+"admission b 2026-03-01T08:00 stay=s2\nfee f 2026-03-01T09:00 quantity=2 amount=20\n"+
		"fee r1 2026-03-02T08:00 reverses=f quantity=-1 amount=-10 stay=s2\nfee r2 2026-03-03T08:00 reverses=f quantity=-1 amount=-10")),
		standard(), at(t, "2026-03-31T00:00"), true)
	for _, f := range result.Findings {
		if f.Rule == "FEE-028" && *f.StayID == "s2" {
			return
		}
	}
	t.Fatalf("no FEE-028 of s2 in %+v", result.Findings)
}
