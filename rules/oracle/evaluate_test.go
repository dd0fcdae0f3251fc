package oracle

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// ruleCase is a small world and what one rule says about it.
type ruleCase struct {
	name string
	asOf string // 2026-03-31T00:00 when empty
	log  string
	ref  func(Reference)
	want []string // findings of the rule, in the notation of short
}

// runCases holds a rule against its cases; what other rules say does not count.
func runCases(t *testing.T, rule string, cases []ruleCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Helper()
			ref := standard()
			if c.ref != nil {
				c.ref(ref)
			}
			if c.asOf == "" {
				c.asOf = "2026-03-31T00:00"
			}
			result := Evaluate(received(t, c.log), ref, at(t, c.asOf), true)
			var got []string
			for _, f := range result.Findings {
				if f.Rule == rule {
					got = append(got, short(f))
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Fatalf("Evaluate() findings of %s (-got, +want):\n%s", rule, diff)
			}
		})
	}
}

func TestAcceptedSet(t *testing.T) {
	const base = `
		admission a 2026-03-01T08:00
		fee f1 2026-03-02T08:00 item_code=LAB unit_price=11 amount=11
	`
	const found = "FEE-007 h1|p1|s1|LAB|11 v 03-02T08:00..03-02T08:00 1.00 f1:1.00"
	runCases(t, "FEE-007", []ruleCase{
		{name: "one line", log: base, want: []string{found}},
		{name: "duplicate", log: base + base, want: []string{found}},
		{
			name: "conflict: the first in the log stays",
			log:  base + "fee f1 2026-03-02T08:00 item_code=LAB unit_price=90 amount=90", want: []string{found},
		},
		{
			name: "the highest revision, whatever the order",
			log:  "fee f1 2026-03-02T08:00 item_code=LAB unit_price=9 amount=9 rev=3\n" + base,
		},
		{name: "cancelled", log: base + "fee f1 2026-03-02T08:00 item_code=LAB rev=2 cancelled"},
		{
			name: "live again after a cancellation",
			log: base + `fee f1 2026-03-02T08:00 item_code=LAB rev=2 cancelled
				fee f1 2026-03-02T08:00 item_code=LAB rev=3 unit_price=11 amount=11`, want: []string{found},
		},
		{
			name: "a revision that changes the stay is refused",
			log:  base + "fee f1 2026-03-02T08:00 item_code=LAB rev=2 stay=s9 unit_price=9 amount=9", want: []string{found},
		},
		{
			name: "also a lower one that comes later",
			log: `admission a 2026-03-01T08:00
				fee f1 2026-03-02T08:00 item_code=LAB rev=2 unit_price=11 amount=11
				fee f1 2026-03-02T08:00 item_code=LAB person=p9`, want: []string{found},
		},
		{name: "after as_of", log: base, asOf: "2026-03-02T07:59:59.999"},
		{name: "at as_of", log: base, asOf: "2026-03-02T08:00", want: []string{found}},
		{name: "waiting for its admission", log: "fee f1 2026-03-02T08:00 item_code=LAB unit_price=11 amount=11"},
		{
			name: "waiting, another person",
			log:  base + "fee f2 2026-03-02T08:00 item_code=LAB unit_price=12 amount=12 person=p2", want: []string{found},
		},
	})
}

func TestNotEvaluated(t *testing.T) {
	records := log(t, `
		admission a 2026-03-01T08:00
		admission b 2026-03-01T08:00 inst=h2 stay=s2
		admission c 2026-03-01T08:00 inst=h3 stay=s3
		fee f1 2026-03-02T08:00 item_code=NONE category=drug
		admission v 2026-03-01T08:00 class=outpatient stay=v1
		fee g1 2026-03-01T08:00 item_code=NONE category=lab stay=v1
		fee g2 2026-03-01T09:00 item_code=NONE category=lab stay=v1
	`)
	for _, c := range []struct {
		name    string
		without string
		want    []string
	}{
		{name: "rows missing", want: []string{
			"FEE-002 v1 row missing", "FEE-007 s1 row missing", "FEE-007 v1 row missing", "FEE-007 s3 row missing",
			"IDN-001 s2 face not required", "IDN-001 s3 row missing",
			"IDN-002 s2 face not required", "IDN-002 s3 row missing",
		}},
		{name: "no items", without: "items", want: []string{
			"FEE-002 s1 table not loaded", "FEE-002 v1 table not loaded", "FEE-002 s2 table not loaded", "FEE-002 s3 table not loaded",
			"FEE-007 s1 table not loaded", "FEE-007 v1 table not loaded", "FEE-007 s2 table not loaded", "FEE-007 s3 table not loaded",
			"IDN-001 s2 face not required", "IDN-001 s3 row missing",
			"IDN-002 s2 face not required", "IDN-002 s3 row missing",
		}},
		{name: "no institutions", without: "institutions", want: []string{
			"FEE-002 v1 row missing",
			"FEE-007 s1 table not loaded", "FEE-007 v1 table not loaded", "FEE-007 s2 table not loaded", "FEE-007 s3 table not loaded",
			"IDN-001 s1 table not loaded", "IDN-001 s2 table not loaded", "IDN-001 s3 table not loaded",
			"IDN-002 s1 table not loaded", "IDN-002 s2 table not loaded", "IDN-002 s3 table not loaded",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ref := standard()
			delete(ref, c.without)
			var got []string
			for _, n := range Evaluate(OnTime(records), ref, at(t, "2026-03-02T08:00"), true).NotEvaluated {
				if !slices.ContainsFunc(firstRules(), func(r rule) bool { return r.code == n.Rule }) {
					continue
				}
				got = append(got, strings.Join([]string{n.Rule, n.StayID, n.Reason}, " "))
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Fatalf("Evaluate() not evaluated (-got, +want):\n%s", diff)
			}
		})
	}
}

func TestAHitBeatsNotEvaluated(t *testing.T) {
	result := Evaluate(OnTime(log(t, `
		admission a 2026-03-01T08:00
		fee f1 2026-03-02T08:00 item_code=NONE category=drug
		fee f2 2026-03-02T08:00 item_code=LAB unit_price=11 amount=11
	`)), standard(), at(t, "2026-03-03T00:00"), true)
	for _, n := range result.NotEvaluated {
		if n.Rule == "FEE-007" {
			t.Errorf("Evaluate() says not evaluated beside a hit: %+v", n)
		}
	}
	if !slices.ContainsFunc(result.Findings, func(f claimwatch.Finding) bool { return f.Rule == "FEE-007" }) {
		t.Error("Evaluate() found no FEE-007")
	}
}

func TestWhitelist(t *testing.T) {
	records := log(t, `
		admission a 2026-03-01T08:00 diagnoses=S82.1 series_id=x
		fee f1 2026-03-02T23:59:59.999 item_code=LAB unit_price=11 amount=11
	`)
	for _, c := range []struct{ name, rows, want string }{
		{"all columns", "whitelist_id=w1 rule=FEE-007 institution_id=h1 person_id=p1 diagnosis_prefix=S8 series_id=x expires_on=2026-03-02", "w1"},
		{"the smallest", "whitelist_id=w2 rule=FEE-007 expires_on=2026-03-02\nwhitelist_id=w10 rule=FEE-007 expires_on=2026-03-02", "w10"},
		{"expired the day before", "whitelist_id=w1 rule=FEE-007 expires_on=2026-03-01", ""},
		{"another diagnosis", "whitelist_id=w1 rule=FEE-007 diagnosis_prefix=S83 expires_on=2026-03-02", ""},
		{"another rule", "whitelist_id=w1 rule=FEE-001 expires_on=2026-03-02", ""},
		{"another series", "whitelist_id=w1 rule=FEE-007 series_id=y expires_on=2026-03-02", ""},
		{"withdrawn", "whitelist_id=w1 rule=FEE-007 expires_on=2026-03-02\nwhitelist_id=w1 void=true", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ref := standard()
			ref["whitelist"] = rows(c.rows)
			result := Evaluate(OnTime(records), ref, at(t, "2026-03-03T00:00"), true)
			id := claimwatch.FindingID("FEE-007", "h1|p1|s1|LAB|11")
			if got := result.Suppressed[id]; got != c.want {
				t.Errorf("Evaluate() suppressed by %q, want %q", got, c.want)
			}
		})
	}
}

func TestAnswerIsOfTheSetNotOfTheOrder(t *testing.T) {
	records := log(t, `
		admission a 2026-03-01T08:00
		fee f1 2026-03-02T08:00 item_code=LAB unit_price=11 amount=11
		fee f2 2026-03-02T08:00 item_code=LAB unit_price=11 amount=11
		fee r1 2026-03-01T08:00 item_code=LAB unit_price=11 quantity=-0.5 amount=-5.5 reverses=f3
		fee f3 2026-03-02T09:00 item_code=LAB unit_price=11 amount=11
		discharge d 2026-03-08T08:00
	`)
	want := Evaluate(OnTime(records), standard(), at(t, "2026-03-31T00:00"), true)
	slices.Reverse(records)
	got := Evaluate(OnTime(records), standard(), at(t, "2026-03-31T00:00"), true)
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("Evaluate() of the records backwards (-got, +want):\n%s", diff)
	}
	if len(want.Findings) < 3 {
		t.Errorf("Evaluate() findings = %d, want a world that has some", len(want.Findings))
	}
}

func TestAccepted(t *testing.T) {
	records := log(t, `
		fee f1 2026-03-02T08:00 rev=2
		fee f1 2026-03-02T08:00 rev=2              # a duplicate
		fee f1 2026-03-02T09:00 rev=2              # a conflict
		fee f1 2026-03-02T09:00 stay=s2            # changes the stay
		fee f1 2026-03-02T09:00                    # an older revision, handed in late
		fee f1 2026-03-02T09:00 rev=3 person=p2    # changes the person
		order f1 2026-03-02T09:00                  # another kind
		fee f1 2026-03-02T09:00 inst=h2            # another institution
	`)
	want := []claimwatch.Record{records[0], records[4], records[6], records[7]}
	if diff := cmp.Diff(Accepted(records), want); diff != "" {
		t.Errorf("Accepted() (-got, +want):\n%s", diff)
	}
}
