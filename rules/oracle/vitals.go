package oracle

import (
	"slices"

	"claimwatch"
)

// careRules are ADM-011 and ADM-020.
func careRules() []rule {
	return []rule{
		{
			code: "ADM-011", about: inBed, reads: []string{"institutions"}, needs: []string{"institutions"},
			judge: perStay(noVitals),
		},
		{code: "ADM-020", reads: []string{"persons"}, needs: []string{"persons"}, judge: perStay(afterDeath)},
	}
}

// noVitals is ADM-011: two or more consecutive days without vitals, days fully on
// leave removed first. A run begins at the midnight of its first day and ends at
// the midnight after its last; while the stay is open it has no end when it holds
// the last of the days.
func noVitals(t *trial, s *stay) []*finding {
	if !slices.Contains(list(t.ref.institutions[s.institutionID]["capabilities"]), "vitals") {
		t.notTold(s.key, ReasonCapability)
		return nil
	}
	taken := map[claimwatch.Day]bool{}
	for _, r := range s.of(claimwatch.CareRecord) {
		if r.Field("type").Text == "vitals" {
			taken[r.OccurredAt.Day()] = true
		}
	}
	var days []claimwatch.Day
	for _, day := range s.days() {
		unfinished := s.discharge == nil && day >= s.ended.Day()
		if !s.onLeave(day) && !unfinished {
			days = append(days, day)
		}
	}
	var runs [][]claimwatch.Day
	var run []claimwatch.Day
	for i, day := range days {
		if !taken[day] {
			run = append(run, day)
		}
		if taken[day] || i == len(days)-1 {
			if len(run) >= 2 {
				runs = append(runs, run)
			}
			run = nil
		}
	}
	if len(runs) == 0 {
		return nil
	}
	f := newFinding("ADM-011", claimwatch.Reminder, s)
	f.involve(s.admission)
	last := runs[len(runs)-1]
	from, until := runs[0][0].Midnight(), (last[len(last)-1] + 1).Midnight()
	f.from, f.until = &from, &until
	if s.discharge == nil && last[len(last)-1] == days[len(days)-1] {
		f.until = nil
	}
	return []*finding{f}
}

// afterDeath is ADM-020: admission or lines on a local date after died, the last
// day that a person lives. The admission is involved, whichever of them it is.
func afterDeath(t *trial, s *stay) []*finding {
	died := t.ref.persons[s.personID]["died"]
	if died == "" {
		return nil
	}
	lines := s.linesWhere(func(l *line) bool { return l.day().String() > died })
	if len(lines) == 0 && s.admitted.Day().String() <= died {
		return nil
	}
	f := newFinding("ADM-020", claimwatch.Violation, s)
	f.charge(lines)
	f.involve(s.admission)
	return []*finding{f}
}
