package oracle

import (
	"claimwatch"
)

// visitRules are about outpatient visits during a stay.
func visitRules() []rule {
	return []rule{
		{code: "ADM-014", about: inBed, reads: []string{"referrals"}, judge: perStay(careElsewhere)},
		{code: "ADM-007", about: inBed, judge: perStay(visitAtHome)},
	}
}

// visitsDuring are the person's visits admitted on a local day strictly between
// admission and end of the stay, not at an instant inside a leave.
func (w *world) visitsDuring(s *stay) []*stay {
	var out []*stay
	for _, v := range w.ofPerson(s.personID, isVisit) {
		day := v.admitted.Day()
		if s.admitted.Day() < day && day < s.ended.Day() && !inside(s.leaves, v.admitted) {
			out = append(out, v)
		}
	}
	return out
}

// careElsewhere is ADM-014: a visit to another institution without a referral to
// it. The stay's own day-unit fees of that day are at issue.
func careElsewhere(t *trial, s *stay) (out []*finding) {
	for _, v := range t.visitsDuring(s) {
		day := v.admitted.Day()
		if v.institutionID == s.institutionID || t.ref.referred(s.personID, "", v.institutionID, "", day) {
			continue
		}
		f := newFinding("ADM-014", claimwatch.Suspicion, s, v.text())
		f.charge(s.linesWhere(func(l *line) bool { return l.dayUnit && l.day() == day }))
		f.involve(v.admission)
		f.involveLines(v.lines)
		out = append(out, f)
	}
	return out
}

// visitAtHome is ADM-007: a visit to the same institution; its lines are at issue.
func visitAtHome(t *trial, s *stay) (out []*finding) {
	for _, v := range t.visitsDuring(s) {
		if v.institutionID != s.institutionID {
			continue
		}
		f := newFinding("ADM-007", claimwatch.Suspicion, s, v.text())
		f.charge(v.lines)
		f.involve(s.admission, v.admission)
		out = append(out, f)
	}
	return out
}
