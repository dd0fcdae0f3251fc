package slice

import (
	"slices"

	"claimwatch"
)

// Suspects are the fee lines that a rule could name, whatever its parameters:
// all lines of the groups in which there is something to find, or of which
// nobody can tell. Rules look at these few; mostly there are none.
type Suspects struct {
	Equal       []*Line // charged twice: equal lines of a stay (FEE-001)
	Dear        []*Line // above the cap (FEE-007)
	DayLimited  []*Line // more than the day's limit (FEE-008)
	StayLimited []*Line // more than the stay's limit (FEE-009)
	OverDays    []*Line // day-unit fees and nursing for more days than the stay has (FEE-013, FEE-014)
}

// suspects sifts the lines that are a charge to the fund.
func suspects(fees []*Line) Suspects {
	var s Suspects
	s.Equal = only(fees, func(l *Line) bool { return l.Copies > 1 })
	s.Dear = only(fees, func(l *Line) bool { return l.Item == nil || l.Cap != nil && l.UnitPrice > *l.Cap })
	type personDay struct {
		institution, person, item string
		day                       claimwatch.Day
	}
	s.DayLimited = groups(only(fees, func(l *Line) bool { return l.Category != "rehab" && (l.Item == nil || l.Item.MaxPerDay != nil) }),
		func(l *Line) personDay { return personDay{l.InstitutionID, l.PersonID, l.ItemCode, l.Day()} },
		overLimit(func(i *Item) *int64 { return i.MaxPerDay }))
	type itemOfStay struct {
		stay *Stay
		item string
	}
	limited := map[string]bool{} // items of which any row limits a stay, or is missing
	for _, l := range fees {
		if l.Item == nil || l.Item.MaxPerStay != nil {
			limited[l.ItemCode] = true
		}
	}
	s.StayLimited = groups(only(fees, func(l *Line) bool { return limited[l.ItemCode] }), func(l *Line) itemOfStay { return itemOfStay{l.Stay, l.ItemCode} },
		overLimit(func(i *Item) *int64 { return i.MaxPerStay }))
	type care struct {
		stay     *Stay
		category string
	}
	s.OverDays = groups(only(fees, byTheDay), func(l *Line) care { return care{l.Stay, l.Category} }, moreThanDays)
	return s
}

func only[L any](lines []L, keep func(L) bool) []L {
	var kept []L
	for _, l := range lines {
		if keep(l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// groups gives the lines of the groups that are wanted, in their order.
func groups[L any, K comparable](lines []L, key func(L) K, wanted func([]L) bool) []L {
	byKey := map[K][]L{}
	for _, l := range lines {
		byKey[key(l)] = append(byKey[key(l)], l)
	}
	for k, group := range byKey {
		if !wanted(group) {
			delete(byKey, k)
		}
	}
	if len(byKey) == 0 {
		return nil
	}
	return only(lines, func(l L) bool { return byKey[key(l)] != nil })
}

var repeatable = [...]string{"exam", "lab", "treatment"}

func mayRepeat(l *Line) bool {
	return slices.Contains(repeatable[:], l.Category) && (l.Item == nil || l.Item.MaxPerDay == nil)
}

// overLimit says whether lines together pass any of their limits, or have none
// that is known.
func overLimit(limit func(*Item) *int64) func([]*Line) bool {
	return func(lines []*Line) bool {
		total := quantityOf(lines)
		return slices.ContainsFunc(lines, func(l *Line) bool {
			if l.Item == nil {
				return true
			}
			most := limit(l.Item)
			return most != nil && total > *most
		})
	}
}

// byTheDay says whether a line of a stay that is over may be for a day too many.
func byTheDay(l *Line) bool {
	if !l.Stay.Inpatient() || l.Stay.DischargedAt == nil {
		return false
	}
	switch l.Category {
	case "nursing":
		return l.Item == nil || l.Item.NursingLevel != nil
	case "bed", "consultation":
		return l.DayUnit
	default:
		return false
	}
}

func moreThanDays(lines []*Line) bool {
	return quantityOf(lines) > int64(lines[0].Stay.StayDays())*10_000 ||
		slices.ContainsFunc(lines, func(l *Line) bool { return l.Item == nil && l.Category == "nursing" })
}
