package sanction

import (
	"cmp"
	"slices"

	"claimwatch"
)

// Finding is a rejected finding of the institution, as it was decided.
type Finding struct {
	ID         string              `json:"finding_id"`
	Rule       string              `json:"rule"`
	Grounds    []string            `json:"grounds"`
	Amount     claimwatch.Fen      `json:"amount"` // that was rejected of the institution's own lines
	DecidedAt  claimwatch.Instant  `json:"decided_at"`
	NotInForce bool                `json:"not_in_force"` // a basis was not in force on the service date
	Appealed   bool                `json:"appealed"`     // an appeal is under way
	Severity   claimwatch.Severity `json:"severity,omitempty"`
	// OccurredAt is when what was found began; nil: nobody knows, and the decision counts.
	OccurredAt *claimwatch.Instant `json:"occurred_at,omitempty"`
}

// when is the moment that is held against warnings: whoever was warned can heed it
// only from then on, so what was done before and decided later counts for nothing.
func (f *Finding) when() claimwatch.Instant {
	if f.OccurredAt != nil {
		return *f.OccurredAt
	}
	return f.DecidedAt
}

// Entry is an entry of a register that counts.
type Entry struct {
	ID      string             `json:"id"`
	Number  string             `json:"number"`
	What    string             `json:"what"`
	Grounds []string           `json:"grounds,omitempty"`
	At      claimwatch.Instant `json:"at"`
}

// Facts is what recommendations are worked out from: of one institution, within
// the twelve months before the day on which they are asked for, but suspensions
// within the term of the agreement.
type Facts struct {
	InstitutionID string         `json:"institution_id"`
	From          claimwatch.Day `json:"from"`     // of the twelve months
	Until         claimwatch.Day `json:"until"`    // the day after the last
	InForce       bool           `json:"in_force"` // it has an agreement that is neither over nor terminated

	Findings []Finding `json:"findings"` // rejected, and not overturned
	// Charged is what the institution charged in these months; nil when nobody knows.
	Charged *claimwatch.Fen `json:"charged"`

	Warnings    []Entry `json:"warnings"`           // interviews, orders to rectify, public criticism
	Sanctions   []Entry `json:"sanctions"`          // every other measure that was notified
	Unheeded    []Entry `json:"unheeded,omitempty"` // orders to rectify that were not followed
	Suspensions int     `json:"suspensions"`        // that the agency ordered within the term, Art. 39 (1)
	// Suspended is the same by kind of agreement: each agreement has its own term.
	Suspended    map[string]int `json:"suspended,omitempty"`
	NotRectified []Entry        `json:"not_rectified"` // suspensions during which nothing was put right
	Requests     []Entry        `json:"requests"`      // for documents, refused
	Clues        []Entry        `json:"clues"`         // verified, with grounds
	Inquiries    []Entry        `json:"inquiries"`     // clues that are looked into
	Changes      []Entry        `json:"changes"`       // major ones that were not told in time
	Frauds       []Entry        `json:"frauds"`        // confirmed by the administration or justice
	Pending      []string       `json:"pending"`       // numbers of sanctions that are under way

	Overturned   int   `json:"overturned"`    // decisions that an appeal has overturned
	Released     int   `json:"released"`      // findings that the institution explained
	Corrected    int   `json:"corrected"`     // that it corrected itself after notice
	Stays        int64 `json:"stays"`         // results of rules about its stays
	NotEvaluated int64 `json:"not_evaluated"` // of them without result
	Disputes     int   `json:"disputes"`      // about a decision, still open
}

// of gives the rejected findings with a ground.
func (f *Facts) of(ground string) []Finding {
	return slices.DeleteFunc(slices.Clone(f.Findings), func(x Finding) bool { return !slices.Contains(x.Grounds, ground) })
}

// certain gives the rejected findings that are violations by themselves, not
// suspicions that somebody has judged.
func (f *Facts) certain() []Finding {
	return slices.DeleteFunc(slices.Clone(f.Findings), func(x Finding) bool { return x.Severity != claimwatch.Violation })
}

// halves sums what was rejected of findings by when it was done: in the first and in
// the second half of the twelve months. What lies before them is in neither.
func (f *Facts) halves(list []Finding) (first, second claimwatch.Fen) {
	middle := (f.From + (f.Until-f.From)/2).Midnight()
	for _, x := range list {
		switch when := x.when(); {
		case when < f.From.Midnight():
		case when < middle:
			first += x.Amount
		default:
			second += x.Amount
		}
	}
	return first, second
}

// byRule gives the rejected findings of rules whose code begins so.
func (f *Facts) byRule(prefix string) []Finding {
	return slices.DeleteFunc(slices.Clone(f.Findings), func(x Finding) bool { return len(x.Rule) < len(prefix) || x.Rule[:len(prefix)] != prefix })
}

func sumOf(list []Finding) (sum claimwatch.Fen) {
	for _, f := range list {
		sum += f.Amount
	}
	return sum
}

// Share is what part an amount is of all that was charged, in 1/10,000, rounded
// down; ok is false when that is not known, or nothing.
func (f *Facts) Share(part claimwatch.Fen) (share int64, ok bool) {
	if f.Charged == nil || *f.Charged <= 0 {
		return 0, false
	}
	return int64(part) * 10_000 / int64(*f.Charged), true
}

// sort puts everything into one order, so that the same facts give the same
// dossier byte for byte.
func (f *Facts) sort() {
	slices.SortFunc(f.Findings, func(a, b Finding) int { return cmp.Compare(a.ID, b.ID) })
	for _, list := range []*[]Entry{&f.Warnings, &f.Sanctions, &f.Unheeded, &f.NotRectified, &f.Requests, &f.Clues, &f.Inquiries, &f.Changes, &f.Frauds} {
		if *list == nil && list != &f.Unheeded {
			*list = []Entry{}
		}
		slices.SortFunc(*list, func(a, b Entry) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) })
	}
	if f.Findings == nil {
		f.Findings = []Finding{}
	}
	slices.Sort(f.Pending)
}
