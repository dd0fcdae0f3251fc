package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// House is an institution as rules across its persons look at it: who lay there
// (inpatient and rehab), in the order of stays.
type House struct {
	InstitutionID string
	Found         bool // there is a row of it
	Beds          *int32
	AsOf          claimwatch.Instant
	Present       claimwatch.Instant  // 0 while nothing moved its clock
	LastReceived  *claimwatch.Instant // the last reception of an accepted record
	Stays         []*Stay
}

// Open are the stays without discharge.
func (h *House) Open() []*Stay {
	var open []*Stay
	for _, s := range h.Stays {
		if s.DischargedAt == nil {
			open = append(open, s)
		}
	}
	return open
}

// Houses are institutions with what happened across their persons.
type Houses struct {
	All    []*House
	Shared []*SharedBed
	// BedFees are the day-unit lines of category bed of the stays that shared one.
	BedFees []*Line

	world *World
	beds  map[place][]*Occupancy
}

// Houses makes institutions out of the admissions, transfers and discharges of
// the world; their stays are numbered from after on. Stays without discharge
// end at the present until End knows better.
func (w *World) Houses(presents map[string]claimwatch.Instant, reference *Reference, after int) *Houses {
	houses := &Houses{world: w}
	byID := map[string]*House{}
	stays := slices.DeleteFunc(w.stays(presents, reference), func(s *Stay) bool { return !s.Inpatient() })
	slices.SortFunc(stays, func(a, b *Stay) int {
		return cmp.Or(strings.Compare(a.InstitutionID, b.InstitutionID), cmp.Compare(a.AdmittedAt, b.AdmittedAt),
			strings.Compare(a.StayID, b.StayID), strings.Compare(a.PersonID, b.PersonID))
	})
	for i, s := range stays {
		s.Number, s.LastOwn = uint32(after+i+1), s.EndedAt
		house := byID[s.InstitutionID]
		if house == nil {
			row, found := reference.Institutions[s.InstitutionID]
			house = &House{InstitutionID: s.InstitutionID, AsOf: w.asOf, Found: found, Beds: row.Beds, Present: presents[s.InstitutionID]}
			byID[s.InstitutionID] = house
			houses.All = append(houses.All, house)
		}
		house.Stays = append(house.Stays, s)
	}
	houses.beds = w.occupancies(stays)
	return houses
}

// Stays are those of all houses by number.
func (h *Houses) Stays() map[uint32]claimwatch.Stay {
	stays := map[uint32]claimwatch.Stay{}
	for _, house := range h.All {
		for _, s := range house.Stays {
			across := s.Reference()
			across.Across = true
			stays[s.Number] = across
		}
	}
	return stays
}

// Undecided are the persons of open stays whose end matters: somebody came into
// the bed after them, or the present is a midnight, at which they may be there.
func (h *Houses) Undecided() []string {
	persons := map[string]bool{}
	for _, pair := range h.pairs() {
		for _, o := range []*Occupancy{pair.First, pair.Second} {
			if o.Stay.DischargedAt == nil {
				persons[o.Stay.PersonID] = true
			}
		}
	}
	for _, house := range h.All {
		if house.Present == 0 || house.Present.Day().Midnight() != house.Present {
			continue
		}
		for _, s := range house.Open() {
			persons[s.PersonID] = true
		}
	}
	return sortedTexts(persons)
}

// End takes the ends of open stays from the full facts of their persons.
func (h *Houses) End(full []*Stay) {
	known := map[stayKey]*Stay{}
	for _, s := range full {
		known[s.key()] = s
	}
	for _, house := range h.All {
		for _, s := range house.Open() {
			if exact := known[s.key()]; exact != nil {
				s.EndedAt, s.LastOwn = exact.EndedAt, exact.LastOwn
			}
		}
	}
}

// Sharing are the persons who lay in one bed at one time.
func (h *Houses) Sharing() []string {
	persons := map[string]bool{}
	for _, pair := range h.pairs() {
		if from, until := pair.shared(); from < until {
			h.Shared = append(h.Shared, pair)
			persons[pair.First.Stay.PersonID], persons[pair.Second.Stay.PersonID] = true, true
		}
	}
	return sortedTexts(persons)
}

// Charge takes the bed days of the stays that shared a bed, and what else is
// known of them, from the full facts of their persons.
func (h *Houses) Charge(full Tables) {
	sharing := map[stayKey]*Stay{}
	for _, pair := range h.Shared {
		for _, o := range []*Occupancy{pair.First, pair.Second} {
			sharing[o.Stay.key()] = o.Stay
		}
	}
	for _, s := range full.Stays {
		if own := sharing[s.key()]; own != nil {
			own.PrimaryDiagnosis, own.SeriesID = s.PrimaryDiagnosis, s.SeriesID
		}
	}
	for _, l := range full.Fees {
		if own := sharing[l.Stay.key()]; own != nil && l.DayUnit && l.Category == "bed" {
			line := *l
			line.Stay = own
			h.BedFees = append(h.BedFees, &line)
		}
	}
}

// Heed notes what comes into being of persons whose facts were read in full: an
// open stay may last longer with it, a bed day be charged.
func (h *Houses) Heed(full *World) {
	for institution, at := range full.ahead {
		if first, known := h.world.ahead[institution]; !known || at < first {
			h.world.ahead[institution] = at
		}
	}
}

// Upcoming is, for each institution, when the first of its movements after as_of
// comes into being, or of the records that Heed was told of.
func (h *Houses) Upcoming() map[string]claimwatch.Instant {
	if h.world == nil {
		return nil
	}
	return h.world.ahead
}

func sortedTexts(set map[string]bool) []string {
	texts := make([]string, 0, len(set))
	for text := range set {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	return texts
}
