package entitlement

import (
	"slices"

	"claimwatch"
)

// Purpose is why somebody asks. The words are frozen: the journal keeps them.
type Purpose string

// The purposes.
const (
	// Treating: the institution has uploaded an admission of the person.
	Treating Purpose = "treating"
	// Opening: the institution names a visit that is being opened, for which there
	// is no admission yet.
	Opening Purpose = "opening"
	// Review: the agency looks.
	Review Purpose = "review"
	// Unstated: the institution neither treats the person nor names a visit. Nobody
	// is answered, and the question is kept all the same.
	Unstated Purpose = "unstated"
)

// Ask is a question about a person.
type Ask struct {
	PersonID      string  `json:"person_id"`
	InstitutionID string  `json:"institution_id,omitempty"` // for whose visit; the agency may look without one
	StayID        string  `json:"stay_id,omitempty"`        // treating: of an admission; opening: of the visit
	Purpose       Purpose `json:"purpose"`
}

// Asker is who asks, when.
type Asker struct {
	Key           string
	InstitutionID string // of a hospital's key
	At            claimwatch.Instant
	Seq           uint64 // of the journal entry that it will be
}

// Asked is a question that was kept. Granted says that it was answered, as far as
// the person is known at all.
type Asked struct {
	Ask
	Seq     uint64             `json:"seq"`
	At      claimwatch.Instant `json:"at"`
	By      string             `json:"by"`
	Granted bool               `json:"granted"`
}

// Book is every question. The zero Book is empty.
type Book struct {
	persons  map[string][]Asked
	openings map[openings][]string // the persons
}

// openings are those of an institution on a local day.
type openings struct {
	institution string
	day         claimwatch.Day
}

// Decide says whether a question is answered. Whoever treats a person is, and so is
// the agency. A visit that is only being opened proves nothing, so that an
// institution may open visits of no more persons a day than the agency has set: it
// can look up the next patient, and not the list of all insured persons. Every
// question is kept; only one that is none is an error (invalid).
func (b *Book) Decide(ask Ask, by Asker, openingsADay int) (Asked, error) {
	asked := Asked{Ask: ask, Seq: by.Seq, At: by.At, By: by.Key}
	if ask.PersonID == "" || claimwatch.IsIdentityCard(ask.PersonID) {
		return asked, claimwatch.Refuse(claimwatch.CodeInvalid, "name the person by the fund's personal number")
	}
	hospital := by.InstitutionID != ""
	if hospital && ask.InstitutionID != by.InstitutionID {
		return asked, claimwatch.Refuse(claimwatch.CodeInvalid, "an institution asks for itself")
	}
	switch ask.Purpose {
	case Treating:
		asked.Granted = true
	case Review:
		if hospital {
			return asked, claimwatch.Refuse(claimwatch.CodeInvalid, "only the agency reviews")
		}
		asked.Granted = true
	case Opening:
		opened := b.openings[openings{ask.InstitutionID, by.At.Day()}]
		asked.Granted = ask.StayID != "" && (len(opened) < openingsADay || slices.Contains(opened, ask.PersonID))
	case Unstated:
	default:
		return asked, claimwatch.Refuse(claimwatch.CodeInvalid, "nobody asks for %q", ask.Purpose)
	}
	return asked, nil
}

// Apply keeps a question that Decide has judged.
func (b *Book) Apply(a Asked) {
	if b.persons == nil {
		b.persons, b.openings = map[string][]Asked{}, map[openings][]string{}
	}
	b.persons[a.PersonID] = append(b.persons[a.PersonID], a)
	day := openings{a.InstitutionID, a.At.Day()}
	if a.Purpose == Opening && a.Granted && !slices.Contains(b.openings[day], a.PersonID) {
		b.openings[day] = append(b.openings[day], a.PersonID)
	}
}

// Of lists the questions about a person in the order of the journal.
func (b *Book) Of(person string) []Asked { return slices.Clone(b.persons[person]) }
