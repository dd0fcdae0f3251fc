package slice

import "claimwatch"

// Institution is the current row of an institution.
type Institution struct {
	City         string
	Level        int32
	FaceRequired bool
}

// Item is a current row of an item: what it is and its limits on the days
// [Since, Until).
type Item struct {
	Region           string // empty: everywhere without a row of its own
	Since, Until     claimwatch.Day
	Category, Unit   string
	Cap1, Cap2, Cap3 *int64 // by level of the institution
	MaxPerDay        *int64
}

// Reference is what a slice needs of reference tables: rows by institution and
// by item code, the latest first, void ones left out.
type Reference struct {
	Institutions map[string]Institution
	Items        map[string][]Item
}

// item finds the row that is valid on a day: the city's own before the general
// one (rules.md 1.9); nil when there is none.
func (r *Reference) item(code, city string, day claimwatch.Day) *Item {
	for _, region := range regions(city) {
		for i := range r.Items[code] {
			row := &r.Items[code][i]
			if row.Region != region || row.Since > day {
				continue
			}
			if day < row.Until {
				return row
			}
			break // of a region the latest that began is the only one that can be valid
		}
	}
	return nil
}

func regions(city string) []string {
	if city == "" {
		return []string{""}
	}
	return []string{city, ""}
}

// capOf is the cap of a level of institution; nil for none.
func (i *Item) capOf(level *int32) *int64 {
	if level == nil {
		return nil
	}
	switch *level {
	case 1:
		return i.Cap1
	case 2:
		return i.Cap2
	case 3:
		return i.Cap3
	default:
		return nil
	}
}
