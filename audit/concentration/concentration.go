package concentration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// Checks counts the identity checks of an institution by their result.
type Checks struct {
	Match       int `json:"match"`
	Mismatch    int `json:"mismatch"`
	Unavailable int `json:"unavailable"`
}

func (c Checks) sum() int { return c.Match + c.Mismatch + c.Unavailable }

// House is an institution with what it treated and charged within a window.
type House struct {
	InstitutionID, Name, City, Kind string
	Level                           int
	Required                        bool           // face_required of the table institutions
	InForce                         bool           // it has an agreement
	Stays, Persons                  int            // inpatient and rehab stays that began in the window, and their persons
	Claimed                         claimwatch.Fen // services within the window, refunds deducted, without self-pay
	Checks                          Checks
	Share                           int // policy face_share of its city, percent
}

// Shares are parts of a whole with four decimals, rounded down: "0.2500" is a quarter.
type Shares struct {
	Stays   string `json:"stays"`
	Persons string `json:"persons" doc:"of the sum over institutions: who was in two counts in both"`
	Claimed string `json:"claimed"`
}

// Reached is a rule that is reached: what speaks for a proposal.
type Reached struct {
	Rule string `json:"rule" enum:"persons,claimed" doc:"code of the stated rule"`
	Says string `json:"says"`
}

// Concentrated is an institution with its shares and what the rules say of it.
type Concentrated struct {
	InstitutionID string         `json:"institution_id"`
	Name          string         `json:"name"`
	City          string         `json:"city"`
	Kind          string         `json:"kind" enum:"medical,rehab,device"`
	Level         int            `json:"level"`
	Required      bool           `json:"face_required" doc:"as the table institutions says now"`
	Proposed      bool           `json:"proposed" doc:"a rule is reached, and it is not required yet: people load face_required, or do not"`
	Stays         int            `json:"stays" doc:"inpatient and rehab stays that began in the window"`
	Persons       int            `json:"persons"`
	Claimed       claimwatch.Fen `json:"claimed" doc:"services within the window, refunds deducted, without self-pay"`
	OfCity        Shares         `json:"of_city"`
	OfProvince    Shares         `json:"of_province"`
	Checks        Checks         `json:"identity_checks" doc:"within the window, by result"`
	FaceShare     int            `json:"face_share" doc:"policy face_share of its city: percent from which a rule is reached"`
	For           []Reached      `json:"for" nullable:"false"`
	Against       []string       `json:"against" nullable:"false" doc:"never empty: the least is that people must judge"`
}

// FaceRule is one rule of the table, to be read.
type FaceRule struct {
	Code string `json:"code"`
	Says string `json:"says"`
}

// Table is the stated rules. Art. 26 names concentrated patients and high fees in one
// breath; either is reason enough to propose, and where only one is reached the
// proposal says so.
func Table() []FaceRule {
	return []FaceRule{
		{Code: "persons", Says: "its inpatients are at least face_share percent of those of its city"},
		{Code: "claimed", Says: "what it charged is at least face_share percent of what was charged in its city"},
	}
}

const (
	fewPersons = 10 // below, a share is chance
	shortDays  = 90 // likewise
)

// whole is what shares are of.
type whole struct {
	stays, persons, houses int
	claimed                claimwatch.Fen
}

func (w *whole) add(h *House) {
	w.stays, w.persons, w.claimed = w.stays+h.Stays, w.persons+h.Persons, w.claimed+h.Claimed
	if h.Stays > 0 {
		w.houses++
	}
}

func (w *whole) shares(h *House) Shares {
	return Shares{
		Stays: share(int64(h.Stays), int64(w.stays)), Persons: share(int64(h.Persons), int64(w.persons)), Claimed: share(int64(h.Claimed), int64(w.claimed)),
	}
}

// share is a part of a whole with four decimals. What was charged may be below zero
// where refunds outweigh; such a part is none.
func share(part, of int64) string {
	if part <= 0 || of <= 0 {
		return "0.0000"
	}
	units := part * 10_000 / of
	return fmt.Sprintf("%d.%04d", units/10_000, units%10_000)
}

// reaches says whether a part is at least so many percent of a whole.
func reaches(part, of int64, percent int) bool { return part > 0 && part*100 >= int64(percent)*of }

// Propose judges every institution that has treated or charged anything in a window
// of so many days: the proposed ones first, then by what they charged.
func Propose(houses []House, days int) []Concentrated {
	province, cities := whole{}, map[string]*whole{}
	for i := range houses {
		h := &houses[i]
		if cities[h.City] == nil {
			cities[h.City] = &whole{}
		}
		province.add(h)
		cities[h.City].add(h)
	}
	list := []Concentrated{}
	for i := range houses {
		h := &houses[i]
		if h.Stays == 0 && h.Claimed == 0 {
			continue
		}
		city := cities[h.City]
		p := Concentrated{
			InstitutionID: h.InstitutionID, Name: h.Name, City: h.City, Kind: h.Kind, Level: h.Level, Required: h.Required, Stays: h.Stays, Persons: h.Persons,
			Claimed: h.Claimed, OfCity: city.shares(h), OfProvince: province.shares(h), Checks: h.Checks, FaceShare: h.Share, For: reasons(h, city),
		}
		p.Proposed = len(p.For) > 0 && !h.Required && h.InForce && h.Stays > 0
		p.Against = against(h, city, len(p.For), days)
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Concentrated) int {
		if a.Proposed != b.Proposed {
			return map[bool]int{true: -1, false: 1}[a.Proposed]
		}
		return cmp.Or(cmp.Compare(b.Claimed, a.Claimed), strings.Compare(a.InstitutionID, b.InstitutionID))
	})
	return list
}

func reasons(h *House, city *whole) []Reached {
	list := []Reached{}
	if reaches(int64(h.Persons), int64(city.persons), h.Share) {
		list = append(list, Reached{"persons", fmt.Sprintf("%d of %d inpatients of %s were here: at least %d percent", h.Persons, city.persons, h.City, h.Share)})
	}
	if reaches(int64(h.Claimed), int64(city.claimed), h.Share) {
		list = append(list, Reached{"claimed", fmt.Sprintf("%s of %s yuan charged in %s: at least %d percent", h.Claimed, city.claimed, h.City, h.Share)})
	}
	return list
}

// against says what speaks against a requirement, or against trusting the numbers.
func against(h *House, city *whole, reached, days int) []string {
	var list []string
	say := func(when bool, format string, args ...any) {
		if when {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	say(reached == 0, "no rule is reached")
	say(reached == 1, "only one of the two is concentrated; Art. 26 names patients and fees together")
	say(reached > 0 && city.houses > 0 && 100 >= h.Share*city.houses, "only %d institutions of %s have inpatients: an even share is above %d percent already", city.houses, h.City, h.Share)
	say(h.Stays == 0, "it has no inpatients: there is no bed to watch")
	say(h.Stays > 0 && h.Persons < fewPersons, "only %d inpatients in the window", h.Persons)
	say(days < shortDays, "the window has %d days only", days)
	say(!h.InForce, "it has no agreement in force")
	n := h.Checks.sum()
	say(n > 0 && h.Checks.Mismatch == 0 && h.Checks.Unavailable == 0, "its %d identity checks have all matched", n)
	say(h.Checks.Unavailable*2 > n, "%d of %d identity checks were unavailable: its devices must work first", h.Checks.Unavailable, n)
	return append(list, "people must judge what is at risk there, and what it costs")
}
