package oracle

import (
	"slices"

	"claimwatch"
)

// crowdRules look across the persons of an institution.
func crowdRules() []rule {
	return []rule{
		{code: "ADM-017", about: inBed, judge: coAdmission},
		{
			code: "ADM-019", about: inBed, reads: []string{"institutions"}, needs: []string{"institutions"},
			judge: overBeds,
		},
	}
}

// byInstitution are stays by institution, in the order of stays.
func byInstitution(stays []*stay) map[string][]*stay {
	out := map[string][]*stay{}
	for _, s := range stays {
		out[s.institutionID] = append(out[s.institutionID], s)
	}
	return out
}

// coAdmission is ADM-017: persons who come within 24 h and leave within 24 h.
func coAdmission(t *trial) {
	for institution, stays := range byInstitution(t.stays()) {
		used := map[*stay]bool{}
		for i, opener := range stays {
			if used[opener] {
				continue
			}
			came := cameTogether(stays[i:], used)
			members := leftTogether(came)
			if members == nil {
				continue
			}
			f := findingOf("ADM-017", claimwatch.Reminder, opener.text())
			f.home, f.alone = key{institutionID: institution}, true
			persons := map[string]bool{}
			for _, s := range members {
				f.involve(s.admission)
				persons[s.personID] = true
			}
			for _, s := range came { // members and their other stays in the window of admissions
				used[s] = used[s] || persons[s.personID]
			}
			t.found = append(t.found, f)
		}
	}
}

// cameTogether are the unused stays from the opener on, which comes first, whose
// admission lies within 24 h of its, both ends included.
func cameTogether(stays []*stay, used map[*stay]bool) []*stay {
	var out []*stay
	for _, s := range stays {
		if !used[s] && s.admitted <= stays[0].admitted+24*hour {
			out = append(out, s)
		}
	}
	return out
}

// leftTogether finds the earliest 24 h of discharges, beginning with one, that
// hold the opener's and those of 8 persons or more; nil when there is none. A
// person counts with the first of the stays that came, discharged or not.
func leftTogether(came []*stay) []*stay {
	const together = 8
	opener := came[0]
	var firsts []*stay
	seen := map[string]bool{}
	for _, s := range came {
		if !seen[s.personID] && s.discharge != nil {
			firsts = append(firsts, s)
		}
		seen[s.personID] = true
	}
	slices.SortFunc(firsts, func(a, b *stay) int { return int(a.discharge.OccurredAt - b.discharge.OccurredAt) })
	for _, first := range firsts {
		from := first.discharge.OccurredAt
		var members []*stay
		for _, s := range firsts {
			if s.discharge.OccurredAt >= from && s.discharge.OccurredAt <= from+24*hour {
				members = append(members, s)
			}
		}
		if slices.Contains(members, opener) && len(members) >= together {
			return members
		}
	}
	return nil
}

// overBeds is ADM-019: more stays at a midnight than 1.1 times the beds. A day
// without anybody has no finding, whatever the beds.
func overBeds(t *trial) {
	for institution, stays := range byInstitution(t.stays()) {
		beds, given := number(t.ref.institutions[institution]["beds"], 0)
		if !given {
			for _, s := range stays {
				t.notTold(s.key, ReasonNoValue)
			}
			continue
		}
		last := t.present[institution].Day()
		for day := stays[0].admitted.Day(); day <= last; day++ {
			midnight := day.Midnight() // the one that ends the day before
			var there []*stay
			for _, s := range stays {
				if s.admitted <= midnight && midnight < s.ended {
					there = append(there, s)
				}
			}
			if int64(len(there))*10 <= beds*11 {
				continue
			}
			f := findingOf("ADM-019", claimwatch.Reminder, institution, (day - 1).String())
			f.home, f.alone = key{institutionID: institution}, true
			for _, s := range there {
				f.involve(s.admission)
			}
			f.ofDay(day - 1)
			t.found = append(t.found, f)
		}
	}
}
