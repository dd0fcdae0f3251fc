package journal

import (
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/matter"
	"claimwatch/audit/term"
)

// MatterStanding is a matter with what the clock makes of it.
type MatterStanding struct {
	matter.Matter
	Due     *matter.DueTerm
	Overdue bool
	// Late says that the matter itself came too late: a change after its 30 working
	// days (Art. 35), a renewal less than three months before the end (Art. 36).
	Late bool
}

// Matter gives a matter by id; ok is false when there is none.
func (j *Journal) Matter(id string, at claimwatch.Instant) (MatterStanding, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	m, ok := j.state.matters.Matter(id)
	if !ok {
		return MatterStanding{}, false
	}
	return j.state.matterStanding(m, at), true
}

// Matters gives the matters of a kind as they were opened, of one institution or,
// with none named, of all.
func (j *Journal) Matters(kind matter.Kind, institution string, at claimwatch.Instant) []MatterStanding {
	j.mu.RLock()
	defer j.mu.RUnlock()
	all := j.state.matters.All(kind, institution)
	standings := make([]MatterStanding, len(all))
	for i, m := range all {
		standings[i] = j.state.matterStanding(m, at)
	}
	return standings
}

func (s *State) matterStanding(m matter.Matter, at claimwatch.Instant) MatterStanding {
	due := m.Due(&s.calendar)
	return MatterStanding{Matter: m, Due: due, Overdue: due.Over(at), Late: m.IsLate(s.world()) || m.AskedLate()}
}

// Statement is until when an institution answers what it was told on a day (Art. 32).
func (j *Journal) Statement(told claimwatch.Day) term.Deadline {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.calendar.Statement(told)
}

// VerifiedClues gives the grounds that verified clues about an institution have
// brought, by the id of the clue.
func (j *Journal) VerifiedClues(institution string) map[string][]string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.matters.Verified(institution)
}

// AgreementView is an agreement on a day: the row that counts, and the
// suspensions within its term.
type AgreementView struct {
	agreement.Row
	TermFrom, TermUntil *claimwatch.Day
	Suspensions         []agreement.Row  // that began within the term
	SettlesWith         []string         // agencies, as the course of the agreement names them
	OwnWish             []claimwatch.Day // first days of those that the institution wished (Art. 37)
}

// IsOwnWish says whether the suspension that begins on a day was wished by the
// institution: Art. 39 (1) counts those that were ordered.
func (v *AgreementView) IsOwnWish(from claimwatch.Day) bool { return slices.Contains(v.OwnWish, from) }

// Agreements gives what counts of each kind of an institution on a day, of all
// institutions when none is named.
func (j *Journal) Agreements(institution string, on claimwatch.Day) (views []AgreementView) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	ids := []string{institution}
	if institution == "" {
		ids = j.state.agreements.Institutions()
	}
	for _, id := range ids {
		for _, kind := range []string{"medical", "rehab", "device"} {
			row, ok := j.state.agreements.On(id, kind, on)
			if !ok {
				continue
			}
			view := AgreementView{Row: row, Suspensions: j.state.agreements.Suspensions(id, kind, on)}
			if from, until, known := j.state.agreements.Term(id, kind, on); known {
				view.TermFrom, view.TermUntil = &from, until
			}
			for _, course := range j.state.matters.All("agreement_course", id) {
				if course.Get("agreement_id") == row.AgreementID && course.Get("settles_with") != "" {
					view.SettlesWith = strings.Split(course.Get("settles_with"), ";")
				}
				if from, wished := course.GetDay("suspended_from"); wished && course.Get("kind") == kind {
					view.OwnWish = append(view.OwnWish, from)
				}
			}
			views = append(views, view)
		}
	}
	return views
}

// AgreementRows gives every row of the table agreements of an institution.
func (j *Journal) AgreementRows(institution string) []agreement.Row {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.agreements.Of(institution)
}
