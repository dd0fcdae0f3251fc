package oracle

import (
	"slices"

	"claimwatch"
)

// overlapRules are ADM-005, ADM-006 and ADM-012, for which a forgotten discharge
// accuses nobody else.
func overlapRules() []rule {
	return []rule{
		{code: "ADM-006", about: inBed, judge: sameInstitution},
		{code: "ADM-005", about: inBed, reads: []string{"referrals"}, judge: twoInstitutions},
		{code: "ADM-012", about: inBed, judge: twoInOneBed},
	}
}

// ownEnd is where a stay ends for the overlap rules: its discharge, else the last
// of its own orders, lines (net, self-pay too), checks, care records and
// transfers, at least admitted_at. A line of the fund exists as for all rules.
func (s *stay) ownEnd() claimwatch.Instant {
	if s.discharge != nil {
		return s.discharge.OccurredAt
	}
	end := s.admitted
	for _, l := range slices.Concat(s.lines, s.selfPaid) {
		end = max(end, l.OccurredAt)
	}
	for _, r := range s.records {
		switch r.Kind {
		case claimwatch.Order, claimwatch.IdentityCheck, claimwatch.CareRecord, claimwatch.Transfer:
			end = max(end, r.OccurredAt)
		default:
		}
	}
	return end
}

func (s *stay) ownInterval() claimwatch.Interval {
	return claimwatch.Interval{From: s.admitted, Until: s.ownEnd()}
}

// overlapping calls with all pairs of stays of one person, the later one second,
// and what they share, which may be empty.
func (t *trial) overlapping(pair func(a, b *stay, shared claimwatch.Interval)) {
	stays := t.stays()
	for i, a := range stays {
		for _, b := range stays[i+1:] {
			if a.personID == b.personID {
				pair(a, b, a.ownInterval().Overlap(b.ownInterval()))
			}
		}
	}
}

// overlapFinding puts the later stay's day-unit fees of the days touched at issue.
func overlapFinding(code string, a, later *stay, shared claimwatch.Interval) *finding {
	f := findingOf(code, claimwatch.Violation, pair(a.text(), later.text()))
	f.home = later.key
	f.charge(later.linesWhere(func(l *line) bool { return l.dayUnit && shared.Touches(l.day()) }))
	f.involve(a.admission, later.admission)
	f.ofOverlaps([]claimwatch.Interval{shared})
	return f
}

// sameInstitution is ADM-006: an overlap of more than 0 h.
func sameInstitution(t *trial) {
	t.overlapping(func(a, b *stay, shared claimwatch.Interval) {
		if a.institutionID == b.institutionID && !shared.Empty() {
			t.found = append(t.found, overlapFinding("ADM-006", a, b, shared))
		}
	})
}

// twoInstitutions is ADM-005: an overlap of 6 h or more, no referral for a transfer.
func twoInstitutions(t *trial) {
	t.overlapping(func(a, b *stay, shared claimwatch.Interval) {
		if a.institutionID == b.institutionID || shared.Until-shared.From < 6*hour {
			return
		}
		transferred := b.admissionText("route") == "transfer" &&
			t.ref.referred(b.personID, a.institutionID, b.institutionID, "", b.admitted.Day())
		if !transferred {
			t.found = append(t.found, overlapFinding("ADM-005", a, b, shared))
		}
	})
}

// occupancy is a time in one bed, opened by an admission or a transfer.
type occupancy struct {
	claimwatch.Interval
	opener *claimwatch.Record
}

func (o occupancy) text(field string) string { return o.opener.Field(field).Text }

// occupancies run from the admission, then the transfers, each to the next or the
// stay's end; transfers before the admission or after the end hold no bed.
// Consecutive ones of the same bed are not joined: each is an occupancy.
func (s *stay) occupancies() []occupancy {
	openers := []*claimwatch.Record{s.admission}
	for _, r := range s.of(claimwatch.Transfer) {
		if r.OccurredAt >= s.admitted {
			openers = append(openers, r)
		}
	}
	var out []occupancy
	for i, opener := range openers {
		o := occupancy{claimwatch.Interval{From: opener.OccurredAt, Until: s.ownEnd()}, opener}
		if i+1 < len(openers) {
			o.Until = min(o.Until, openers[i+1].OccurredAt)
		}
		if !o.Empty() && o.text("ward") != "" && o.text("bed") != "" {
			out = append(out, o)
		}
	}
	return out
}

// twoInOneBed is ADM-012: two persons in one bed for 2 h or more in one piece.
func twoInOneBed(t *trial) {
	for _, stays := range byInstitution(t.stays()) {
		beds := map[*stay][]occupancy{}
		for _, s := range stays {
			beds[s] = s.occupancies()
		}
		for i, a := range stays {
			for _, b := range stays[i+1:] {
				if a.personID != b.personID {
					t.found = append(t.found, shareBed(a, b, beds)...)
				}
			}
		}
	}
}

// shareBed judges two stays, b the later in their order.
func shareBed(a, b *stay, beds map[*stay][]occupancy) []*finding {
	var overlaps []claimwatch.Interval
	var openers []*claimwatch.Record
	var first claimwatch.Instant
	violating := b
	for _, x := range beds[a] {
		for _, y := range beds[b] {
			shared := x.Overlap(y.Interval)
			if x.text("ward") != y.text("ward") || x.text("bed") != y.text("bed") || shared.Until-shared.From < 2*hour {
				continue
			}
			if len(overlaps) == 0 || shared.From < first {
				first, violating = shared.From, b
				if x.From > y.From {
					violating = a
				}
			}
			overlaps, openers = append(overlaps, shared), append(openers, x.opener, y.opener)
		}
	}
	if len(overlaps) == 0 {
		return nil
	}
	f := findingOf("ADM-012", claimwatch.Suspicion, pair(a.text(), b.text()))
	f.home = b.key // without lines, to the later stay in their order (1.18)
	f.charge(violating.linesWhere(func(l *line) bool {
		touched := slices.ContainsFunc(overlaps, func(v claimwatch.Interval) bool { return v.Touches(l.day()) })
		return l.dayUnit && l.category == "bed" && touched
	}))
	f.involve(openers...)
	f.ofOverlaps(overlaps)
	return []*finding{f}
}
