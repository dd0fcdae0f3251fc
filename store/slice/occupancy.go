package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// place is a bed of an institution.
type place struct{ institution, ward, bed string }

// Occupancy is a time in one bed, which an admission or a transfer begins and
// the next transfer or the end of the stay ends. Consecutive ones in the same
// bed are not joined.
type Occupancy struct {
	Stay   *Stay
	Opener NamedRecord
	Ward   string
	Bed    string
	next   *claimwatch.Instant // nil for the last one, which ends with the stay
}

// Until is when the occupancy ends.
func (o *Occupancy) Until() claimwatch.Instant {
	if o.next == nil {
		return o.Stay.LastOwn
	}
	return min(*o.next, o.Stay.LastOwn)
}

// latest is when it ends at the latest: an open stay may go on.
func (o *Occupancy) latest() claimwatch.Instant {
	switch {
	case o.next != nil:
		return *o.next
	case o.Stay.DischargedAt == nil:
		return claimwatch.Latest
	default:
		return o.Stay.LastOwn
	}
}

// SharedBed is a time in which two persons had one bed. Second came into it
// later; of two that came at one instant it is the later in the order of stays.
type SharedBed struct{ First, Second *Occupancy }

// shared is the time of both.
func (s *SharedBed) shared() (from, until claimwatch.Instant) {
	return s.Second.Opener.At, min(s.First.Until(), s.Second.Until())
}

// From is when the second came in.
func (s *SharedBed) From() claimwatch.Instant { return s.Second.Opener.At }

// Until is when one of them was gone.
func (s *SharedBed) Until() claimwatch.Instant { _, until := s.shared(); return until }

// occupancies are the times in beds that have a name, by bed, in order.
func (w *World) occupancies(stays []*Stay) map[place][]*Occupancy {
	byKey := make(map[stayKey]*Stay, len(stays))
	openers := map[*Stay][]*Occupancy{}
	for _, s := range stays {
		byKey[s.key()] = s
		openers[s] = []*Occupancy{{Stay: s, Opener: NamedRecord{claimwatch.Admission, s.AdmissionID, s.AdmittedAt}, Ward: s.Ward, Bed: s.Bed}}
	}
	of(byKey, w.facts.Transfers, func(s *Stay, t *Transfer) {
		if t.At >= s.AdmittedAt {
			openers[s] = append(openers[s], &Occupancy{
				Stay: s, Opener: NamedRecord{claimwatch.Transfer, t.RecordID, t.At}, Ward: t.Ward, Bed: t.Bed,
			})
		}
	})
	beds := map[place][]*Occupancy{}
	for s, own := range openers {
		transfers := own[1:]
		slices.SortFunc(transfers, func(a, b *Occupancy) int {
			return cmp.Or(cmp.Compare(a.Opener.At, b.Opener.At), strings.Compare(a.Opener.RecordID, b.Opener.RecordID))
		})
		for i, o := range own {
			if i+1 < len(own) {
				o.next = &own[i+1].Opener.At
			}
			if o.Ward != "" && o.Bed != "" && o.Opener.At < o.latest() {
				key := place{s.InstitutionID, o.Ward, o.Bed}
				beds[key] = append(beds[key], o)
			}
		}
	}
	return beds
}

// pairs are the occupancies of one bed by two persons that may share a time.
func (h *Houses) pairs() []*SharedBed {
	var pairs []*SharedBed
	for _, bed := range h.beds {
		slices.SortFunc(bed, func(a, b *Occupancy) int {
			return cmp.Or(cmp.Compare(a.Opener.At, b.Opener.At), cmp.Compare(a.Stay.Number, b.Stay.Number))
		})
		for i, first := range bed {
			for _, second := range bed[i+1:] {
				if second.Opener.At >= first.latest() {
					break
				}
				if first.Stay.PersonID != second.Stay.PersonID {
					pairs = append(pairs, &SharedBed{First: first, Second: second})
				}
			}
		}
	}
	return pairs
}
