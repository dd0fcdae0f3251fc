package settlement

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/term"
)

// Sheet is a settlement worked out: what it posts of each line, by month and stay.
// Its bytes go beside the journal's chain, which holds their hash.
type Sheet struct {
	Stays []Stay `json:"stays"`
}

// Stay is a stay in a month. Fittings outside of stays have an empty StayID.
type Stay struct {
	Month    term.Month `json:"month"` // the settled one, or an earlier one that this corrects
	PersonID string     `json:"person_id"`
	StayID   string     `json:"stay_id"`
	Declaration
	Lines []Entry `json:"lines"` // none where only something was declared
}

// Declaration is what the institution declared for a stay and month with its last live
// claim record (contract, section 1; rule DAT-002); null without any.
type Declaration struct {
	Declared *claimwatch.Fen `json:"declared_amount"`
	Count    *int            `json:"declared_lines"`
}

// Declared is a Declaration and the stay that it is of.
type Declared struct {
	PersonID, StayID string
	Amount           claimwatch.Fen
	Lines            int
}

// Entry is what a settlement posts of one line: what its parts should be less what
// earlier settlements have posted.
type Entry struct {
	LineID
	LineParts
	Why
}

// LineParts is Parts as a sheet writes them: what is zero is left out.
type LineParts struct {
	Claimed    claimwatch.Fen `json:"claimed,omitempty"`
	Rejected   claimwatch.Fen `json:"rejected,omitempty"`
	NotPayable claimwatch.Fen `json:"not_payable,omitempty"`
	OnHold     claimwatch.Fen `json:"on_hold,omitempty"`
	Approved   claimwatch.Fen `json:"approved,omitempty"`
}

// NewSheet works out what the lines of an institution give. Lines of which nothing
// changes are left out, so a month that was closed appears again with its
// adjustments only.
func NewSheet(c *Circumstances, lines []Line, declared []Declared) Sheet {
	stays := map[stayKey]*Stay{}
	stay := func(key stayKey) *Stay {
		if stays[key] == nil {
			stays[key] = &Stay{Month: key.month, PersonID: key.person, StayID: key.stay, Lines: []Entry{}}
		}
		return stays[key]
	}
	for i := range lines {
		l := &lines[i]
		target, why := c.Target(l)
		if delta := target.Less(l.Settled); delta != (Parts{}) {
			s := stay(stayKey{c.month(l), l.PersonID, l.StayID})
			s.Lines = append(s.Lines, Entry{LineID: l.LineID, LineParts: LineParts(delta), Why: why})
		}
	}
	for i := range declared {
		d := &declared[i]
		stay(stayKey{c.Month, d.PersonID, d.StayID}).Declaration = Declaration{Declared: &d.Amount, Count: &d.Lines}
	}
	sheet := Sheet{Stays: make([]Stay, 0, len(stays))}
	for _, s := range stays {
		slices.SortFunc(s.Lines, func(a, b Entry) int { return a.compare(b.LineID) })
		sheet.Stays = append(sheet.Stays, *s)
	}
	slices.SortFunc(sheet.Stays, func(a, b Stay) int { return a.compare(&b) })
	return sheet
}

type stayKey struct {
	month        term.Month
	person, stay string
}

func (s *Stay) compare(other *Stay) int {
	return cmp.Or(cmp.Compare(s.Month, other.Month), strings.Compare(s.StayID, other.StayID), strings.Compare(s.PersonID, other.PersonID))
}

func (id LineID) compare(other LineID) int {
	return cmp.Or(cmp.Compare(id.Kind, other.Kind), strings.Compare(id.RecordID, other.RecordID))
}

// Total adds the lines of a stay up.
func (s *Stay) Total() (total Parts) {
	for i := range s.Lines {
		total = total.Plus(Parts(s.Lines[i].LineParts))
	}
	return total
}

// Total adds all lines up.
func (s *Sheet) Total() (total Parts) {
	for i := range s.Stays {
		total = total.Plus(s.Stays[i].Total())
	}
	return total
}

// Encode writes the sheet; the same sheet gives the same bytes.
func (s *Sheet) Encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return nil, fmt.Errorf("write settlement sheet: %w", err)
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

// ReadSheet reads what Encode wrote and holds it against itself: stays and lines in
// order and none twice, none of a month after the settled one, and of each line
// parts that add up to what is claimed.
func ReadSheet(month term.Month, data []byte) (Sheet, error) {
	var s Sheet
	if err := json.Unmarshal(data, &s); err != nil {
		return s, claimwatch.Refuse(claimwatch.CodeInvalid, "the sheet of the settlement cannot be read")
	}
	seen := map[LineID]bool{}
	for i := range s.Stays {
		stay := &s.Stays[i]
		switch {
		case stay.Month > month:
			return s, claimwatch.Refuse(claimwatch.CodeInvalid, "stay %s is of %s, after the month that is settled", stay.StayID, stay.Month)
		case i > 0 && s.Stays[i-1].compare(stay) >= 0:
			return s, claimwatch.Refuse(claimwatch.CodeInvalid, "stay %s stands twice or out of order", stay.StayID)
		}
		for k, e := range stay.Lines {
			switch {
			case !Parts(e.LineParts).Balanced():
				return s, claimwatch.Refuse(claimwatch.CodeInvalid, "line %s: what is claimed is not the sum of its parts", e.RecordID)
			case seen[e.LineID] || k > 0 && stay.Lines[k-1].compare(e.LineID) >= 0:
				return s, claimwatch.Refuse(claimwatch.CodeInvalid, "line %s stands twice or out of order", e.RecordID)
			}
			seen[e.LineID] = true
		}
	}
	return s, nil
}

// Only is what a sheet says of one month.
func (s *Sheet) Only(month term.Month) Sheet {
	return Sheet{Stays: slices.DeleteFunc(slices.Clone(s.Stays), func(stay Stay) bool { return stay.Month != month })}
}
