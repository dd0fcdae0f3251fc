package journal

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/reference"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// Standing is a finding's review at a moment.
type Standing struct {
	review.Review
	State       claimwatch.State // with what the clock has made of it
	DueOn       *claimwatch.Day  // the last local day on which a statement is in time
	Provisional bool             // the day runs past the published calendar
}

// Standing gives where a finding stands at a moment; open for one that nobody
// has touched.
func (j *Journal) Standing(findingID string, at claimwatch.Instant) Standing {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.standing(findingID, at)
}

// StandingFor is Standing as one institution sees it: by its own notices, statement
// and appeal, whatever others were told or have said.
func (j *Journal) StandingFor(findingID, institution string, at claimwatch.Instant) Standing {
	j.mu.RLock()
	defer j.mu.RUnlock()
	r := j.state.reviews[findingID]
	if r == nil {
		return j.state.standing(findingID, at)
	}
	own := r.For(institution)
	return j.state.standingOf(&own, at)
}

func (s *State) standing(findingID string, at claimwatch.Instant) Standing {
	r := s.reviews[findingID]
	if r == nil {
		return Standing{Review: review.Review{FindingID: findingID}, State: claimwatch.StateOpen}
	}
	return s.standingOf(r, at)
}

func (s *State) standingOf(r *review.Review, at claimwatch.Instant) Standing {
	standing := Standing{Review: *r, State: r.At(at, &s.calendar)}
	standing.Claim = r.ClaimAt(at)
	if r.Notice != nil {
		due, provisional := r.Due(&s.calendar)
		standing.DueOn, standing.Provisional = &due, provisional
	}
	return standing
}

// InState lists the findings that stand in a state at a moment, by id. Nobody
// has touched most open findings, so it does not know those.
func (j *Journal) InState(state claimwatch.State, at claimwatch.Instant) []string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var ids []string
	for id, r := range j.state.reviews {
		if r.At(at, &j.state.calendar) == state {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Noticed lists the findings of which an institution was told, by id.
func (j *Journal) Noticed(institution string) []string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return slices.Sorted(maps.Keys(j.state.noticed[institution]))
}

// AwaitingFacts lists the findings that were notified and would vanish with
// their facts, and of which the hospital does not know yet that they have.
func (j *Journal) AwaitingFacts() []string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var ids []string
	for id, r := range j.state.reviews {
		if r.Notice != nil && r.Retractable() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// NotifiedWith lists the findings of a rule that were notified with any of these
// violating lines, the oldest notice first.
func (j *Journal) NotifiedWith(rule string, lines []claimwatch.Line) []string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var ids []string
	for _, line := range lines {
		if line.Role != claimwatch.Violating {
			continue
		}
		for _, id := range j.state.lines[noticedLine{rule, line.InstitutionID, line.RecordID, line.Kind}] {
			// One that was opened again has no notice any more.
			if j.state.reviews[id].Notice != nil && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(j.state.reviews[a].Notice.At, j.state.reviews[b].Notice.At), strings.Compare(a, b))
	})
	return ids
}

// RejectedWith lists the findings of the rules that were rejected, and not
// overturned since, with any of these violating lines, by id.
func (j *Journal) RejectedWith(rules []string, lines []claimwatch.Line) []string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	found := map[string]bool{}
	for _, rule := range rules {
		for _, line := range lines {
			for _, id := range j.state.lines[noticedLine{rule, line.InstitutionID, line.RecordID, line.Kind}] {
				switch j.state.reviews[id].State {
				case claimwatch.StateRejected, claimwatch.StateAppealed, claimwatch.StateUpheld:
					found[id] = true
				default: // it takes nothing, or disappears with its facts
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// Reviews gives every review, by finding id.
func (j *Journal) Reviews() []review.Review {
	j.mu.RLock()
	defer j.mu.RUnlock()
	all := make([]review.Review, 0, len(j.state.reviews))
	for _, id := range slices.Sorted(maps.Keys(j.state.reviews)) {
		all = append(all, *j.state.reviews[id])
	}
	return all
}

// Rejections gives the rejected-fee list of an institution and month.
func (j *Journal) Rejections(institution, month string) rejection.RejectedList {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.rejections.List(institution, month)
}

// Took is what a finding takes now of the lines of an institution.
func (j *Journal) Took(findingID, institution string) claimwatch.Fen {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.rejections.TookOf(findingID, institution)
}

// AllRejections gives every rejected-fee list with items.
func (j *Journal) AllRejections() []rejection.RejectedList {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.rejections.All()
}

// Institution is what is known of an institution now; ok is false for one that
// the table does not have.
func (j *Journal) Institution(id string) (known Institution, ok bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	known, ok = j.state.institutions[id]
	return known, ok
}

// Policy is what the agency has set, in the city of an institution on a day.
func (j *Journal) Policy(name claimwatch.PolicyName, institution string, on claimwatch.Day) string {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.policies.Value(name, j.state.institutions[institution].City, on)
}

// Loads lists the reference loads of a table, the newest first.
func (j *Journal) Loads(table string) []Load {
	j.mu.RLock()
	defer j.mu.RUnlock()
	loads := slices.Clone(j.state.loads[table])
	slices.Reverse(loads)
	return loads
}

// Warnings names what rows refer to and is not loaded.
func (j *Journal) Warnings(t claimwatch.Table, rows []reference.Row) []claimwatch.Fault {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.reference.Warnings(t, rows)
}

// Head is the number and the hash of the latest entry; 0 and zeros at first.
func (j *Journal) Head() (seq uint64, hash string) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	if j.state.seq == 0 {
		return 0, genesis
	}
	return j.state.seq, j.state.head
}

func (j *Journal) hasKey(hash string) bool {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.keys.Has(hash)
}

func adminKey(hash string) key.Key {
	return key.Key{SHA256: hash, Roles: claimwatch.StaffRoles(), Label: "admin.key"}
}
