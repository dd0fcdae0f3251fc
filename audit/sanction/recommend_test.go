package sanction

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func fen(n claimwatch.Fen) *claimwatch.Fen { return &n }

// rejected gives n findings of a rule, each of so many fen and decided an hour
// after the other.
func rejected(n int, rule string, each claimwatch.Fen, grounds ...string) (list []Finding) {
	for i := range n {
		list = append(list, Finding{
			ID: fmt.Sprintf("f_%s_%03d", rule, i), Rule: rule, Grounds: grounds, Amount: each, DecidedAt: claimwatch.Instant(1000 + i*3600_000),
		})
	}
	return list
}

func done(list []Finding, at claimwatch.Instant) []Finding {
	for i := range list {
		list[i].OccurredAt = &at
	}
	return list
}

func certain(list []Finding) []Finding {
	for i := range list {
		list[i].Severity = claimwatch.Violation
	}
	return list
}

func entries(n int, grounds ...string) (list []Entry) {
	for i := range n {
		list = append(list, Entry{ID: fmt.Sprint("m_", i), Number: fmt.Sprint("n-", i), Grounds: grounds, At: claimwatch.Instant(500 + i*3600_000)})
	}
	return list
}

// spell writes recommendations as "measure months grounds".
func spell(list []Recommendation) string {
	var out []string
	for _, r := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %d %s", r.Measure, r.Months, strings.Join(r.Grounds, " "))))
	}
	return strings.Join(out, "; ")
}

func TestTable(t *testing.T) {
	for _, line := range Table() {
		if line.Says == "" || line.Zh == "" {
			t.Errorf("%s does not say what it is in both languages", line.Code)
		}
	}
	charged := fen(1_000_000_00)
	for name, c := range map[string]struct {
		facts Facts
		want  string
	}{
		"nothing":                    {Facts{InForce: true, Charged: charged}, ""},
		"two findings":               {Facts{InForce: true, Findings: rejected(2, "FEE-001", 5000_00, "38.1"), Charged: charged}, ""},
		"three":                      {Facts{InForce: true, Findings: rejected(3, "FEE-001", 1_00, "38.1"), Charged: charged}, "interview 0"},
		"nine":                       {Facts{InForce: true, Findings: rejected(9, "FEE-001", 5000_00), Charged: charged}, "interview 0"},
		"ten small":                  {Facts{InForce: true, Findings: rejected(10, "FEE-001", 999_99), Charged: charged}, "interview 0"},
		"ten":                        {Facts{InForce: true, Findings: rejected(10, "FEE-001", 1000_00), Charged: charged}, "order_to_rectify 0; interview 0"},
		"4.99 %":                     {Facts{InForce: true, Findings: rejected(4, "FEE-001", 12_499_99, "38.1"), Charged: charged}, "interview 0"},
		"5 %":                        {Facts{InForce: true, Findings: rejected(4, "FEE-001", 12_500_00, "38.1"), Charged: charged}, "agreement_suspended 3 38.1; interview 0"},
		"5 % of another ground":      {Facts{InForce: true, Findings: rejected(4, "FEE-001", 12_500_00, "39.4"), Charged: charged}, "interview 0"},
		"10 %":                       {Facts{InForce: true, Findings: rejected(4, "FEE-001", 25_000_00, "38.1"), Charged: charged}, "agreement_suspended 4 38.1; interview 0"},
		"20 %":                       {Facts{InForce: true, Findings: rejected(4, "FEE-001", 50_000_00, "38.1"), Charged: charged}, "agreement_suspended 5 38.1; interview 0"},
		"30 %":                       {Facts{InForce: true, Findings: rejected(4, "FEE-001", 75_000_00, "38.1"), Charged: charged}, "agreement_suspended 6 38.1; interview 0"},
		"30 % again":                 {Facts{InForce: true, Findings: rejected(4, "FEE-001", 75_000_00, "38.1"), Charged: charged, Suspensions: 1}, "agreement_suspended 6 38.1; interview 0"},
		"5 % again":                  {Facts{InForce: true, Findings: rejected(4, "FEE-001", 12_500_00, "38.1"), Charged: charged, Suspensions: 1}, "agreement_suspended 4 38.1; interview 0"},
		"share unknown":              {Facts{InForce: true, Findings: rejected(4, "FEE-001", 75_000_00, "38.1")}, "interview 0"},
		"no agreement":               {Facts{Findings: rejected(4, "FEE-001", 75_000_00, "38.1"), Charged: charged, Suspensions: 2}, "interview 0"},
		"one refused":                {Facts{InForce: true, Requests: entries(1)}, "agreement_suspended 3 38.2"},
		"three refused":              {Facts{InForce: true, Requests: entries(3)}, "agreement_suspended 6 38.2"},
		"19 data":                    {Facts{InForce: true, Findings: rejected(19, "DAT-001", 0)}, "interview 0"},
		"20 data":                    {Facts{InForce: true, Findings: rejected(20, "DAT-001", 0)}, "agreement_suspended 3 38.2; interview 0"},
		"heeded warnings":            {Facts{InForce: true, Warnings: entries(3)}, ""},
		"two unheeded":               {Facts{InForce: true, Warnings: entries(2), Findings: rejected(2, "FEE-001", 1)}, "public_criticism 0"},
		"three unheeded":             {Facts{InForce: true, Warnings: entries(3), Findings: rejected(3, "FEE-001", 1)}, "agreement_suspended 3 38.1; public_criticism 0; interview 0"},
		"done before, decided after": {Facts{InForce: true, Warnings: entries(2), Findings: done(rejected(2, "FEE-001", 1), 499)}, ""},
		"done after":                 {Facts{InForce: true, Warnings: entries(2)[:1], Findings: done(rejected(2, "FEE-001", 1), 501)}, ""},
		"two orders not followed":    {Facts{InForce: true, Warnings: entries(3), Unheeded: entries(2)}, "public_criticism 0"},
		"9.99 % violations":          {Facts{InForce: true, Findings: certain(rejected(10, "ADM-002", 9_999_00)), Charged: charged}, "order_to_rectify 0; interview 0"},
		"10 % violations":            {Facts{InForce: true, Findings: certain(rejected(10, "ADM-002", 10_000_00)), Charged: charged}, "agreement_suspended 3 38.1; order_to_rectify 0; interview 0"},
		"30 % violations":            {Facts{InForce: true, Findings: certain(rejected(10, "ADM-002", 30_000_00)), Charged: charged}, "agreement_suspended 5 38.1; order_to_rectify 0; interview 0"},
		"an inquiry":                 {Facts{InForce: true, Inquiries: entries(1)}, "payment_withheld 0"},
		"a clue":                     {Facts{InForce: true, Clues: entries(1, "38.3")}, "agreement_suspended 3 38.3"},
		"clues of both":              {Facts{InForce: true, Clues: entries(2, "38.3", "39.4")}, "agreement_terminated 0 39.4; agreement_suspended 4 38.3"},
		"two suspensions":            {Facts{InForce: true, Suspensions: 2}, "agreement_terminated 0 39.1"},
		"not rectified":              {Facts{InForce: true, NotRectified: entries(1)}, "agreement_terminated 0 39.1"},
		"a fraud":                    {Facts{InForce: true, Frauds: entries(1)}, "agreement_terminated 0 39.3"},
		"a change":                   {Facts{InForce: true, Changes: entries(1)}, "agreement_terminated 0 39.6"},
	} {
		if got := spell(Recommend(c.facts)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Two suspensions end the agreement in whose term they were; the other goes on.
func TestOneAgreementOfTwo(t *testing.T) {
	f := Facts{InForce: true, Suspensions: 2, Suspended: map[string]int{"medical": 2, "rehab": 1}}
	if r := Recommend(f)[0]; r.AgreementKind != "medical" {
		t.Errorf("the recommendation is about %q", r.AgreementKind)
	}
	f.Suspended["rehab"] = 2
	if r := Recommend(f)[0]; r.AgreementKind != "" {
		t.Errorf("of both: %q", r.AgreementKind)
	}
	f.Frauds, f.Suspended["rehab"] = entries(1), 1
	if r := Recommend(f)[0]; r.AgreementKind != "" {
		t.Errorf("a fraud is about %q", r.AgreementKind)
	}
}

// Nobody is suspended twice for the same: what a suspension has answered supports no
// other on its ground, and no milder measure; what came later does.
func TestAnsweredOnce(t *testing.T) {
	charged := fen(1_000_000_00)
	before := Facts{InForce: true, Findings: rejected(4, "FEE-001", 12_500_00, "38.1"), Requests: entries(1), Clues: entries(1, "38.3"), Charged: charged}
	end := before.Findings[3].DecidedAt
	for name, c := range map[string]struct {
		measure string
		grounds []string
		at      claimwatch.Instant
		want    string
	}{
		"nothing yet":         {"payment_withheld", nil, end, "agreement_suspended 3 38.1 38.2 38.3; interview 0"},
		"on all grounds":      {"agreement_suspended", []string{"38.1", "38.2", "38.3"}, end, ""},
		"on one":              {"agreement_suspended", []string{"38.1"}, end, "agreement_suspended 3 38.2 38.3"},
		"on another":          {"agreement_suspended", []string{"38.2"}, end, "agreement_suspended 3 38.1 38.3"},
		"before it was known": {"agreement_suspended", []string{"38.1", "38.2", "38.3"}, 1, "agreement_suspended 3 38.1 38.2 38.3; interview 0"},
		"an interview":        {"interview", nil, end, "agreement_suspended 3 38.1 38.2 38.3"},
	} {
		f := before
		f.Sanctions = []Entry{{ID: "s", What: c.measure, Grounds: c.grounds, At: c.at}}
		if got := spell(Recommend(f)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// The trend speaks for a measure or against it.
func TestTrend(t *testing.T) {
	f := Facts{InForce: true, From: 20_000, Until: 20_365, Charged: fen(1_000_000_00), Findings: rejected(4, "FEE-001", 12_500_00, "38.1")}
	said := func(list []Argument, word string) bool {
		return slices.ContainsFunc(list, func(p Argument) bool { return strings.Contains(p.Says, word) && strings.Contains(p.Zh, "趋势") })
	}
	for day, want := range map[claimwatch.Day]string{20_001: "less", 20_364: "more", 19_999: "neither"} {
		done(f.Findings, day.Midnight())
		r := Recommend(f)[0]
		if more, less := said(r.For, "more"), said(r.Against, "less"); more != (want == "more") || less != (want == "less") {
			t.Errorf("all on day %d: more %t, less %t, want %s", day, more, less, want)
		}
	}
}

// Every recommendation says what speaks against it.
func TestAgainst(t *testing.T) {
	full := Facts{
		InForce: true, Findings: rejected(4, "FEE-001", 12_500_00, "38.1"), Charged: fen(1_000_000_00),
		Overturned: 2, Released: 3, Corrected: 4, Disputes: 1, Stays: 10, NotEvaluated: 5, Pending: []string{"sanction-2026-0001"},
	}
	full.Findings[0].Appealed, full.Findings[1].NotInForce, full.Findings[2].Severity = true, true, claimwatch.Suspicion
	said := func(r Recommendation) string {
		var all []string
		for _, p := range r.Against {
			if p.Zh == "" {
				t.Errorf("%q is not said in Chinese", p.Says)
			}
			all = append(all, p.Says)
		}
		return strings.Join(all, "\n")
	}
	r := Recommend(full)[0]
	for _, word := range []string{"first time", "milder", "appeals", "not in force", "suspicions", "overturned", "explained", "corrected", "disputes", "not evaluated", "sanction-2026-0001", "people to judge"} {
		if !strings.Contains(said(r), word) {
			t.Errorf("nothing says %q:\n%s", word, said(r))
		}
	}
	low := Recommend(Facts{InForce: true, Findings: rejected(3, "FEE-001", 1_00), Charged: fen(1_000_000_00), Warnings: entries(1), Sanctions: entries(1)})[0]
	if !strings.Contains(said(low), "0.03 %") && !strings.Contains(said(low), "0.00 %") || strings.Contains(said(low), "first time") {
		t.Errorf("a low share after a warning:\n%s", said(low))
	}
	if unknown := Recommend(Facts{InForce: true, Findings: rejected(3, "FEE-001", 1)})[0]; !strings.Contains(said(unknown), "not known") {
		t.Errorf("without what was charged:\n%s", said(unknown))
	}
	if none := Recommend(Facts{InForce: true, Requests: entries(1)})[0]; strings.Contains(said(none), "charged") {
		t.Errorf("what rests on no amount:\n%s", said(none))
	}
	twice := Facts{InForce: true, Suspensions: 2, Sanctions: []Entry{{What: "agreement_suspended"}}}
	if said(Recommend(twice)[0]) != "the numbers of the table are the agency's own; whether the ground is given is for people to judge" {
		t.Errorf("after two suspensions:\n%s", said(Recommend(twice)[0]))
	}
}

// Whatever the facts: months within the law, grounds that fit the measure, always
// something against, and nothing rests on what is not there.
func TestRecommendationsKeepTheLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := func(name string, most int) int { return rapid.IntRange(0, most).Draw(rt, name) }
		f := Facts{
			InForce: rapid.Bool().Draw(rt, "in force"), Warnings: entries(n("warnings", 6)), Requests: entries(n("requests", 5)),
			Clues: entries(n("clues", 4), rapid.SampledFrom([]string{"38.1", "38.4", "39.9"}).Draw(rt, "ground")), Suspensions: n("suspensions", 3),
			NotRectified: entries(n("not rectified", 2)), Changes: entries(n("changes", 1)), Overturned: n("overturned", 2),
			Findings: append(rejected(n("fees", 20), "FEE-001", claimwatch.Fen(n("each", 5_000_000)), "38.1"), rejected(n("data", 120), "DAT-002", 0)...),
		}
		if rapid.Bool().Draw(rt, "known") {
			f.Charged = fen(claimwatch.Fen(n("charged", 100_000_000)))
		}
		last := len(order)
		for _, r := range Recommend(f) {
			at := slices.Index(order, r.Measure)
			if at < 0 || at >= last {
				rt.Fatalf("%s stands out of the order of the ladder", r.Measure)
			}
			last = at
			suspends, terminates := r.Measure == "agreement_suspended", r.Measure == "agreement_terminated"
			if (r.Months != 0) != suspends || suspends && (r.Months < 3 || r.Months > 6) {
				rt.Fatalf("%s for %d months", r.Measure, r.Months)
			}
			for _, g := range r.Grounds {
				if suspends && g[:2] != "38" || terminates && g[:2] != "39" {
					rt.Fatalf("%s on %s", r.Measure, g)
				}
			}
			if (suspends || terminates) && (len(r.Grounds) == 0 || !f.InForce) || len(r.Against) == 0 || len(r.For) == 0 {
				rt.Fatalf("%+v", r)
			}
			var sum claimwatch.Fen
			for _, id := range r.Findings {
				i := slices.IndexFunc(f.Findings, func(x Finding) bool { return x.ID == id })
				sum += f.Findings[i].Amount
			}
			if sum != r.Amount {
				rt.Fatalf("%s of findings of %s", r.Amount, sum)
			}
		}
	})
}

var order = []string{"interview", "order_to_rectify", "public_criticism", "payment_withheld", "agreement_suspended", "agreement_terminated"}

func TestDossierIsTheSameForTheSameFacts(t *testing.T) {
	f := Facts{InForce: true, Findings: rejected(4, "FEE-001", 12_500_00, "38.1"), Charged: fen(1_000_000_00), Warnings: entries(3)}
	turned := f
	turned.Findings, turned.Warnings = slices.Clone(f.Findings), slices.Clone(f.Warnings)
	slices.Reverse(turned.Findings)
	slices.Reverse(turned.Warnings)
	var bodies [2][]byte
	for i, facts := range []Facts{f, turned} {
		d := NewDossier(1000, "n", "c", Recommend(facts)[0], facts)
		var err error
		if bodies[i], _, err = d.Bytes(); err != nil {
			t.Fatalf("Bytes() error:\n%+v", err)
		}
		if strings.Join(d.Articles, " ") != "38 43 45" || len(d.Lines) != 2 {
			t.Errorf("articles %v, %d lines of the table", d.Articles, len(d.Lines))
		}
	}
	if !bytes.Equal(bodies[0], bodies[1]) {
		t.Errorf("the order of the facts changes the dossier:\n%s\n%s", bodies[0], bodies[1])
	}
}
