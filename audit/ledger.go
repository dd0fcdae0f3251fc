package audit

import (
	"context"

	"claimwatch"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// ChargedQuery asks for the lines of an institution that a settlement may change.
type ChargedQuery struct {
	InstitutionID string
	AsOf          claimwatch.Instant
	Open          term.Month          // the first month that is not closed, 0 when none is
	Month         term.Month          // the settled one
	Spans         []term.Span         // days whose lines and admissions may be treated otherwise
	Lines         []settlement.LineID // wanted too
}

// Charges reads what institutions charge and declare.
type Charges interface {
	// Charged gives every line that a settlement may change, and what closed
	// settlements have posted of all lines together.
	Charged(ctx context.Context, q ChargedQuery) (lines []settlement.Line, settled settlement.Parts, err error)
	// Declared gives what was declared for the stays of a month.
	Declared(ctx context.Context, institution string, month term.Month, asOf claimwatch.Instant) ([]settlement.Declared, error)
	// Persons lists everybody of whom an institution ever sent a record.
	Persons(ctx context.Context, institution string) ([]string, error)
}

// SettledLine is a line of a proposed or closed settlement.
type SettledLine struct {
	Month    term.Month `json:"month"`
	PersonID string     `json:"person_id"`
	StayID   string     `json:"stay_id"`
	settlement.LineID
	settlement.Parts
	settlement.Why
}

// PostingView is a movement into an account of an institution, or out of it.
type PostingView struct {
	Entry         uint64             `json:"entry" doc:"of the journal; its postings add up to zero"`
	At            claimwatch.Instant `json:"at"`
	InstitutionID string             `json:"institution_id"`
	For           string             `json:"for" doc:"month YYYY-MM, or year YYYY"`
	Event         string             `json:"event" doc:"type of the journal entry"`
	settlement.Posting
	By []string `json:"by" nullable:"false" doc:"ids of the keys that decided"`
}

// Ledger reads what was settled.
type Ledger interface {
	// Closed gives a closed settlement as JSON, and the entry that proposed it.
	Closed(ctx context.Context, institution string, month term.Month) (body []byte, proposal uint64, ok bool, err error)
	// Lines gives the lines of a proposal in order, after a cursor.
	Lines(ctx context.Context, institution string, proposal uint64, cursor string, limit int) (lines []SettledLine, next string, err error)
	// Postings gives postings of an institution, for a month or year when one is named.
	Postings(ctx context.Context, institution, of, cursor string, limit int) (postings []PostingView, next string, err error)
}
