package oracle

import "testing"

func TestOutsideStay(t *testing.T) {
	const stay = "admission a 2026-03-03T08:00\ndischarge d 2026-03-10T10:00\n"
	hit := func(at string) []string {
		return []string{"FEE-016 h1|p1|s1 v 03-" + at + "..03-" + at + " 10.00 f:10.00"}
	}
	runCases(t, "FEE-016", []ruleCase{
		{name: "an hour after", log: stay + "fee f 2026-03-10T11:00"},
		{name: "later", log: stay + "fee f 2026-03-10T11:00:00.001", want: hit("10T11:00:00.001")},
		{name: "day-unit, a day after", log: stay + "fee f 2026-03-11T10:00 item_code=BED"},
		{name: "day-unit, later", log: stay + "fee f 2026-03-11T10:00:00.001 item_code=BED", want: hit("11T10:00:00.001")},
		{name: "a day before", log: stay + "fee f 2026-03-02T08:00"},
		{name: "earlier, open too", log: "admission a 2026-03-03T08:00\nfee f 2026-03-02T07:59:59.999", want: hit("02T07:59:59.999")},
		{name: "refunded", log: stay + "fee f 2026-03-11T11:00\nfee r 2026-03-11T11:00 reverses=f quantity=-1 amount=-10"},
		{name: "a visit", log: "admission a 2026-03-03T08:00 class=outpatient\nfee f 2026-03-01T08:00"},
	})
}

func TestOnLeaveFees(t *testing.T) {
	const bed = "fee f 2026-03-05T12:00 item_code=BED\n"
	hit := func(leave, involved string) []string {
		return []string{"FEE-017 h1|p1|s1|" + leave + " s 03-05T12:00..03-05T12:00 10.00 f:10.00 " + involved}
	}
	runCases(t, "FEE-017", []ruleCase{
		{name: "a whole day", log: bedded + bed + "leave l 2026-03-05T00:00 until=2026-03-06T00:00", want: hit("l", "l")},
		{name: "from an instant after midnight", log: bedded + bed + "leave l 2026-03-05T00:00:00.001 until=2026-03-06T00:00"},
		{name: "to an instant before midnight", log: bedded + bed + "leave l 2026-03-05T00:00 until=2026-03-05T23:59:59.999"},
		{
			name: "leaves that touch are one", want: hit("l2", "l1 l2"),
			log: bedded + bed + "leave l2 2026-03-04T12:00 until=2026-03-05T12:00\nleave l1 2026-03-05T12:00 until=2026-03-06T00:00",
		},
		{name: "leaves with an instant between", log: bedded + bed + "leave l2 2026-03-04T12:00 until=2026-03-05T12:00\nleave l1 2026-03-05T12:00:00.001 until=2026-03-06T00:00"},
		{name: "clipped to the discharge", log: bedded + "discharge d 2026-03-05T23:00\n" + bed + "leave l 2026-03-05T00:00 until=2026-03-06T00:00"},
		{name: "not by the day", log: bedded + "fee f 2026-03-05T12:00\nleave l 2026-03-05T00:00 until=2026-03-06T00:00"},
		{name: "refunded", log: bedded + bed + "leave l 2026-03-05T00:00 until=2026-03-06T00:00\nfee r 2026-03-05T12:00 reverses=f quantity=-1 amount=-10"},
		{name: "a visit", log: admitted + bed + "leave l 2026-03-05T00:00 until=2026-03-06T00:00"},
	})
}
