package province

import (
	"slices"

	"claimwatch"
)

// Plant is a violation, or something close to one, that was put into the
// province on purpose. All of it lies at least two days before the end, but for
// what DAT-003 is about, the end itself.
type Plant struct {
	Rule          string
	Near          bool   // the rule must not find it
	InstitutionID string // where it was planted
	PersonID      string // of one of those concerned
	StayID        string // empty where it is about no stay
	Subject       string // of the finding that the rule gives, or would give
	FindingID     string
	Wall          bool           // a finding with the clock of the wall only (rules.md 1.1)
	Priced        bool           // Amount is known
	Amount        claimwatch.Fen // gross, of the finding
}

// Plants lists what was planted, the bent stays in their order and then the
// scenes. A plant that is not Near is a finding as of the end; no other finding
// exists then.
func (p *Province) Plants() []Plant { return slices.Clone(p.plants) }

func (pl *planner) note(rule string, near bool, s *stay, further ...string) {
	subject := claimwatch.Subject(append([]string{s.home.id, personID(s.person), s.id}, further...)...)
	pl.plants = append(pl.plants, Plant{
		Rule: rule, Near: near, InstitutionID: s.home.id, PersonID: personID(s.person), StayID: s.id,
		Subject: subject, FindingID: claimwatch.FindingID(rule, subject),
	})
}

// plant notes the plant of a stay that is about this stay alone.
func (pl *planner) plant(s *stay) {
	kind := sorts[s.twist]
	c := pl.catalogue
	switch kind.rule {
	case "":
	case "FEE-001":
		pl.note(kind.rule, kind.near, s, c.plantDrug.code, s.plantedAt().Subject(), s.id+"-PA")
		pl.price(2, c.plantDrug.price(s.home))
	case "FEE-002":
		pl.note(kind.rule, kind.near, s, c.plantLab.code, s.planned().String())
		pl.price(1, c.plantLab.price(s.home))
	case "FEE-007":
		pl.note(kind.rule, kind.near, s, c.plantPrice.code, decimal(s.plantedPrice(&c.plantPrice), 6))
		pl.price(3, 10_000) // a fen too much
	case "FEE-013":
		pl.note(kind.rule, kind.near, s)
		pl.price(1, c.bed.price(s.home))
	default:
		pl.note(kind.rule, kind.near, s)
	}
}

// price says what the plant noted last asks back: units at a price.
func (pl *planner) price(units, price int64) {
	if last := &pl.plants[len(pl.plants)-1]; !last.Near {
		last.Priced, last.Amount = true, claimwatch.Product(units*10_000, price)
	}
}

// plantedAt is the moment of what is planted among the fees.
func (s *stay) plantedAt() claimwatch.Instant {
	return s.planned().Midnight() + 10*hour + 15*minute + 30*second
}

// plantedPrice is the unit price of a FEE-007 plant.
func (s *stay) plantedPrice(i *item) int64 {
	if s.twist == overCap {
		return i.caps[s.home.level] + 10_000
	}
	return i.caps[s.home.level]
}
