package audit

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/prometheus/common/expfmt"

	"claimwatch"
	"claimwatch/audit/coverage"
)

// counts holds series of the board, without comments and those of value 0, against what
// is wanted.
func (d *desk) counts(name string, want ...string) {
	d.t.Helper()
	text, err := testutil.CollectAndFormat(d.audit.board, expfmt.TypeTextPlain, name)
	if err != nil {
		d.t.Fatalf("CollectAndFormat(%s) error:\n%+v", name, err)
	}
	var got []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.HasSuffix(line, " 0") {
			got = append(got, strings.TrimPrefix(line, "claimwatch_"))
		}
	}
	d.expects(name, got, want...)
}

// Each figure, over the life of findings: opened, told, decided, retracted.
func TestFiguresFollowTheProcedure(t *testing.T) {
	d := agreed(t)
	d.admit(fullWard())
	d.audit.deps.Rules = func() []coverage.Rule { return []coverage.Rule{{Code: "FEE-001", Stays: "any"}} }
	w := d.audit.deps.Coverage.(*ward)
	w.counted = []coverage.Counted{{InstitutionID: "H1", Inpatient: 7}, {InstitutionID: "H2", Visit: 5}}
	w.told = []coverage.Told{
		{InstitutionID: "H1", Rule: "FEE-001", Hit: true, All: 2, Inpatient: 2}, {InstitutionID: "H2", Rule: "FEE-001", Reason: "no prices", All: 4, Visit: 4},
	}
	now := claimwatch.InstantOf(d.now())
	d.audit.deps.Heard = func(context.Context, []string) (map[string]claimwatch.Instant, error) {
		const hour = 3_600_000
		return map[string]claimwatch.Instant{"H1": now - hour, "H3": now - 30*hour, "H9": now}, nil
	}
	count := func() {
		t.Helper()
		if err := d.audit.CountFigures(t.Context()); err != nil {
			t.Fatalf("CountFigures() error:\n%+v", err)
		}
	}
	if n := testutil.CollectAndCount(d.audit.board); n != 0 {
		t.Errorf("%d series before anything was counted: zeros would be a lie", n)
	}
	rejected, released, open := d.facts.put(sample("H1|P1|S1", false)), sample("H2|P1|S1", false), sample("H9|P1|S1", false)
	released.InstitutionID, open.InstitutionID, open.Severity = "H2", "H9", claimwatch.Suspicion
	given := d.facts.put(released)
	d.facts.put(open)
	count()
	d.counts("claimwatch_findings", `findings{city="unknown",severity="suspicion",state="open"} 1`,
		`findings{city="大同",severity="violation",state="open"} 1`, `findings{city="太原",severity="violation",state="open"} 1`)
	d.counts("claimwatch_findings_yuan", `findings_yuan{city="unknown",severity="suspicion",state="open"} 256`,
		`findings_yuan{city="大同",severity="violation",state="open"} 256`, `findings_yuan{city="太原",severity="violation",state="open"} 256`)
	d.counts("claimwatch_institutions", `institutions{city="大同",heard="never"} 1`, `institutions{city="太原",heard="3d"} 1`, `institutions{city="太原",heard="6h"} 1`)
	d.counts("claimwatch_coverage_stays", `coverage_stays{result="hit",rule="FEE-001"} 2`, `coverage_stays{result="not_evaluated",rule="FEE-001"} 4`, `coverage_stays{result="pass",rule="FEE-001"} 6`)
	d.counts("claimwatch_coverage_city_stays", `coverage_city_stays{city="大同",result="not_evaluated"} 4`, `coverage_city_stays{city="大同",result="pass"} 1`,
		`coverage_city_stays{city="太原",result="hit"} 2`, `coverage_city_stays{city="太原",result="pass"} 5`)
	for _, name := range []string{"newest_upload_timestamp_seconds", "longest_silence_timestamp_seconds"} {
		if n := testutil.CollectAndCount(d.audit.board, "claimwatch_"+name); n != 1 {
			t.Errorf("%s has %d series, want 太原 alone: nobody else was heard of", name, n)
		}
	}

	d.act(officer, rejected, "notify", 0)
	d.act(officer, given, "release", 0)
	count()
	d.counts("claimwatch_deadlines", `deadlines{city="大同",due="later",kind="settlement"} 1`, `deadlines{city="大同",due="later",kind="term_end"} 1`,
		`deadlines{city="大同",due="overdue",kind="renewal_asked"} 1`, `deadlines{city="太原",due="later",kind="settlement"} 2`,
		`deadlines{city="太原",due="later",kind="suspension_end"} 1`, `deadlines{city="太原",due="week",kind="statement"} 1`)
	d.clock("2026-03-10T10:00:00+08:00")
	count()
	d.counts("claimwatch_findings", `findings{city="unknown",severity="suspicion",state="open"} 1`,
		`findings{city="大同",severity="violation",state="released"} 1`, `findings{city="太原",severity="violation",state="lapsed"} 1`)
	d.act(officer, rejected, "reject", 1)
	d.facts.retract(rejected.ID) // the facts go, the decision stays
	d.facts.retract(open.ID)
	count()
	d.counts("claimwatch_findings", `findings{city="大同",severity="violation",state="released"} 1`, `findings{city="太原",severity="violation",state="rejected"} 1`)
	d.counts("claimwatch_rule_findings", `rule_findings{rule="FEE-001",state="rejected"} 1`, `rule_findings{rule="FEE-001",state="released"} 1`)
	d.counts("claimwatch_rule_findings_yuan", `rule_findings_yuan{rule="FEE-001",state="rejected"} 256`, `rule_findings_yuan{rule="FEE-001",state="released"} 256`)
	d.counts("claimwatch_rejected_yuan", `rejected_yuan{city="太原"} 256`)
	d.counts("claimwatch_rule_rejected_yuan", `rule_rejected_yuan{rule="FEE-001"} 256`)
	d.counts("claimwatch_rule_decisions_total", `rule_decisions_total{outcome="rejected",rule="FEE-001"} 1`, `rule_decisions_total{outcome="released",rule="FEE-001"} 1`)
	d.counts("claimwatch_clock_timestamp_seconds", `clock_timestamp_seconds 1.773108e+09`)
	text, err := testutil.CollectAndFormat(d.audit.board, expfmt.TypeTextPlain, "claimwatch_decision_seconds")
	if err != nil || !strings.Contains(string(text), `decision_seconds_count{city="大同"} 1`) || !strings.Contains(string(text), `decision_seconds_bucket{city="大同",le="432000"} 1`) ||
		!strings.Contains(string(text), `decision_seconds_count{city="太原"} 0`) {
		t.Errorf("decision times (facts that are gone have no time of opening): %v\n%s", err, text)
	}
}

// A store that does not answer is counted and leaves the figures of before.
func TestFiguresSurviveTheStore(t *testing.T) {
	d := agreed(t)
	if err := d.audit.CountFigures(t.Context()); err != nil {
		t.Fatalf("CountFigures() error:\n%+v", err)
	}
	before := testutil.CollectAndCount(d.audit.board)
	d.audit.deps.Clock = func(context.Context) (claimwatch.Instant, error) { return 0, errors.New("down") }
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond) // much less than the pause before the next try
	defer stop()
	if err := d.audit.RunFigures(ctx); err != nil {
		t.Errorf("RunFigures() error:\n%+v", err)
	}
	if n := testutil.ToFloat64(d.audit.met.figuresFails); n != 1 {
		t.Errorf("%v failures counted, want 1", n)
	}
	if after := testutil.CollectAndCount(d.audit.board); after != before || before == 0 {
		t.Errorf("%d series after a failure, %d before", after, before)
	}
}
