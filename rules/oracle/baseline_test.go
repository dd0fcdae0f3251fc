package oracle

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLongStay(t *testing.T) {
	baseline := func(columns string) func(Reference) {
		return loaded("los_baselines", "diagnosis_group=S82 level=2 month=2026-03 "+columns)
	}
	const stay = "admission a 2026-03-01T08:00\ndischarge d 2026-03-11T07:00\n" // 10 days
	hit := []string{"ADM-015 h1|p1|s1 r 03-01T08:00..03-11T07:00 0.00 a"}
	runCases(t, "ADM-015", []ruleCase{
		{name: "longer than both", ref: baseline("n=30 p95=9 median=4 mad=1.99"), log: stay, want: hit},
		{name: "as long as p95", ref: baseline("n=30 p95=10 median=4 mad=1"), log: stay},
		{name: "as long as median + 3 mad", ref: baseline("n=30 p95=9 median=4 mad=2"), log: stay},
		{name: "too few", ref: baseline("n=29 p95=9 median=4 mad=1"), log: stay},
		{name: "open", ref: baseline("n=30 p95=1 median=1 mad=0"), log: "admission a 2026-03-01T08:00\nfee z 2026-03-30T08:00"},
	})
	untold(t, "ADM-015", stay, baseline("n=29 p95=9 median=4 mad=1"), "s1 row missing")
	untold(t, "ADM-015", stay, loaded("los_baselines", "diagnosis_group=S82 level=1 month=2026-03 n=30"), "s1 row missing")
	untold(t, "ADM-015", stay, loaded("los_baselines", "diagnosis_group=S82 level=2 month=2026-02 n=30"), "s1 row missing")
	untold(t, "ADM-015", "admission a 2026-03-01T08:00 diagnoses=\ndischarge d 2026-03-11T07:00",
		loaded("los_baselines", "diagnosis_group= level=2 month=2026-03 n=30"), "s1 row missing")
	untold(t, "ADM-015", "admission a 2026-03-01T08:00", loaded("los_baselines", ""))
	untold(t, "ADM-015", stay, nil, "s1 table not loaded")
}

func TestBaselines(t *testing.T) {
	var text strings.Builder
	stay := func(days int, more string) {
		n := strings.Count(text.String(), "admission")
		fmt.Fprintf(&text, "admission a%d 2024-04-01T08:00 stay=s%d %s\ndischarge d%d 2024-04-%02dT08:00 stay=s%d %s\n",
			n, n, strings.ReplaceAll(more, "last=", "#"), n, 1+days, n, strings.ReplaceAll(more, "class=", "#"))
	}
	for days := 1; days <= 21; days++ { // the last of 21 is beyond the 95 %
		stay(days, "")
	}
	stay(21, "")
	stay(5, "class=outpatient")
	stay(5, "diagnoses=M17 inst=h2")
	stay(5, "diagnoses=")
	stay(5, "inst=h3")
	text.WriteString(`
		admission x 2024-02-28T08:00 stay=x diagnoses=I10
		discharge x 2024-02-29T23:59 stay=x diagnoses=I10  # before the 24 months
		admission y 2026-02-28T08:00 stay=y diagnoses=I10
		discharge y 2026-03-01T00:00 stay=y diagnoses=I10  # in the month
		admission z 2024-02-28T08:00 stay=z diagnoses=I11
		discharge z 2024-03-01T00:00 stay=z diagnoses=I11
		admission o 2024-02-28T08:00 stay=o
	`)
	want := []map[string]string{
		{"diagnosis_group": "I11", "level": "2", "month": "2026-03", "n": "1", "p95": "2.00", "median": "2.00", "mad": "0.00"},
		{"diagnosis_group": "M17", "level": "1", "month": "2026-03", "n": "1", "p95": "5.00", "median": "5.00", "mad": "0.00"},
		// 1..21, 21: median of the 11th and 12th, their distances 0.5, 0.5, 1.5, 1.5 …
		{"diagnosis_group": "S82", "level": "2", "month": "2026-03", "n": "22", "p95": "21.00", "median": "11.50", "mad": "5.50"},
	}
	got := Baselines(OnTime(log(t, text.String())), standard(), at(t, "2026-03-31T00:00"), "2026-03")
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("Baselines() (-got, +want):\n%s", diff)
	}
}
