package oracle

import (
	"fmt"
	"strings"
	"testing"
)

// crowd writes stays of as many persons, each admitted and discharged at a time.
func crowd(n int, admitted, discharged string) string {
	var text strings.Builder
	for i := range n {
		who := fmt.Sprintf(" stay=g%d person=g%d\n", i, i)
		fmt.Fprintf(&text, "admission a%d %s%s", i, admitted, who)
		if discharged != "" {
			fmt.Fprintf(&text, "discharge d%d %s%s", i, discharged, who)
		}
	}
	return text.String()
}

func TestCoAdmission(t *testing.T) {
	one := func(admitted, discharged, person string) string {
		return fmt.Sprintf("admission z %s stay=z person=%s\ndischarge z %s stay=z person=%s\n", admitted, person, discharged, person)
	}
	seven := crowd(7, "2026-03-01T08:00", "2026-03-08T08:00")
	const eight = "ADM-017 h1|g0|g0 r 03-01T08:00..03-02T08:00 0.00 a0 a1 a2 a3 a4 a5 a6 z"
	runCases(t, "ADM-017", []ruleCase{
		{name: "seven", log: seven},
		{name: "eight, 24 h apart", log: seven + one("2026-03-02T08:00", "2026-03-09T08:00", "p"), want: []string{eight}},
		{name: "admitted later", log: seven + one("2026-03-02T08:00:00.001", "2026-03-09T08:00", "p")},
		{name: "discharged later", log: seven + one("2026-03-02T08:00", "2026-03-09T08:00:00.001", "p")},
		{name: "discharged earlier", log: seven + one("2026-03-02T08:00", "2026-03-07T08:00", "p"), want: []string{eight}},
		{name: "discharged too early", log: seven + one("2026-03-02T08:00", "2026-03-07T07:59:59.999", "p")},
		{name: "not eight persons", log: seven + one("2026-03-02T08:00", "2026-03-08T08:00", "g0")},
		{name: "a visit", log: seven + one("2026-03-02T08:00", "2026-03-08T08:00", "p") + "admission z 2026-03-02T08:00 stay=z person=p rev=2 class=outpatient"},
		{name: "open", log: crowd(9, "2026-03-01T08:00", "")},
		{
			name: "the earliest window", log: seven + one("2026-03-01T08:00", "2026-03-07T12:00", "p") +
				"admission y 2026-03-01T08:00 stay=y person=q\ndischarge y 2026-03-08T13:00 stay=y person=q",
			want: []string{"ADM-017 h1|g0|g0 r 03-01T08:00..03-01T08:00 0.00 a0 a1 a2 a3 a4 a5 a6 z"},
		},
		{
			name: "sixteen are one group",
			log:  crowd(8, "2026-03-01T08:00", "2026-03-08T08:00") + another(8, "2026-03-01T09:00", "2026-03-08T09:00"),
			want: []string{
				"ADM-017 h1|g0|g0 r 03-01T08:00..03-01T09:00 0.00 a0 a1 a2 a3 a4 a5 a6 a7 b0 b1 b2 b3 b4 b5 b6 b7",
			},
		},
		{
			name: "one that leaves apart opens nothing", log: another(8, "2026-03-01T09:00", "2026-03-08T09:00") + one("2026-03-01T08:00", "2026-03-02T08:00", "p"),
			want: []string{"ADM-017 h1|k0|k0 r 03-01T09:00..03-01T09:00 0.00 b0 b1 b2 b3 b4 b5 b6 b7"},
		},
		{
			name: "two groups", log: crowd(8, "2026-03-01T08:00", "2026-03-08T08:00") + another(8, "2026-03-01T09:00", "2026-03-20T09:00"),
			want: []string{
				"ADM-017 h1|g0|g0 r 03-01T08:00..03-01T08:00 0.00 a0 a1 a2 a3 a4 a5 a6 a7",
				"ADM-017 h1|k0|k0 r 03-01T09:00..03-01T09:00 0.00 b0 b1 b2 b3 b4 b5 b6 b7",
			},
		},
		{
			name: "the first stay of a member counts, the other is used up too",
			log:  seven + one("2026-03-02T08:00", "2026-03-08T08:00", "p") + "admission y 2026-03-02T07:00 stay=y person=g0\ndischarge y 2026-03-08T08:00 stay=y person=g0",
			want: []string{eight},
		},
	})
	belongs(t, "ADM-017", crowd(8, "2026-03-01T08:00", "2026-03-08T08:00"), "h1||")
}

// another crowd, of other persons and records.
func another(n int, admitted, discharged string) string {
	return strings.NewReplacer("=g", "=k", "admission a", "admission b", "discharge d", "discharge e").
		Replace(crowd(n, admitted, discharged))
}

func TestOverBeds(t *testing.T) {
	beds := func(n string) func(Reference) {
		return func(ref Reference) { ref["institutions"][0]["beds"] = n }
	}
	hit := func(days ...int) (want []string) {
		for _, day := range days {
			want = append(want, fmt.Sprintf("ADM-019 h1|2026-03-%02d r 03-%02dT00:00..03-%02dT00:00 0.00 a0 a1", day, day, day+1))
		}
		return want
	}
	runCases(t, "ADM-019", []ruleCase{
		{name: "two in one bed", ref: beds("1"), log: crowd(2, "2026-03-01T08:00", "2026-03-03T08:00"), want: hit(1, 2)},
		{name: "gone at midnight, come at midnight", ref: beds("1"), log: crowd(2, "2026-03-02T00:00", "2026-03-03T00:00"), want: hit(1)},
		{name: "two beds", ref: beds("2"), log: crowd(2, "2026-03-01T08:00", "2026-03-03T08:00")},
		{name: "eleven in ten", ref: beds("10"), log: crowd(11, "2026-03-01T08:00", "2026-03-03T08:00")},
		{
			name: "twelve in ten", ref: beds("10"), log: crowd(12, "2026-03-01T08:00", "2026-03-02T08:00"),
			want: []string{"ADM-019 h1|2026-03-01 r 03-01T00:00..03-02T00:00 0.00 a0 a1 a10 a11 a2 a3 a4 a5 a6 a7 a8 a9"},
		},
		{name: "open, the upload is behind", ref: beds("1"), log: crowd(2, "2026-03-01T08:00", "") + "fee z 2026-03-02T00:00"},
		{name: "open, a midnight after", ref: beds("1"), log: crowd(2, "2026-03-01T08:00", "") + "fee z 2026-03-02T00:00:00.001", want: hit(1)},
		{name: "visits", ref: beds("0"), log: "admission a 2026-03-01T08:00 class=outpatient\nfee z 2026-03-03T00:00"},
	})
	untold(t, "ADM-019", crowd(1, "2026-03-01T08:00", ""), nil, "g0 value missing")
	untold(t, "ADM-019", crowd(1, "2026-03-01T08:00", ""), loaded("institutions", ""), "g0 row missing")
}
