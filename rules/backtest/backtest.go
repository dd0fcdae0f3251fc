package backtest

import (
	"claimwatch"
)

// State of a backtest.
type State string

// The states of a backtest. The last four are the end.
const (
	Queued      State = "queued"
	Running     State = "running"
	Done        State = "done"
	Cancelled   State = "cancelled"
	Failed      State = "failed"
	Interrupted State = "interrupted" // its process ended
)

func (s State) ended() bool { return s != Queued && s != Running }

// Request is what to try. Times are RFC 3339 or days, which begin at their local
// midnight; an empty one is open.
type Request struct {
	Rule    string            `json:"rule" minLength:"1" maxLength:"64" doc:"a code, or * for all rules" example:"ADM-001"`
	Set     map[string]string `json:"set,omitempty" doc:"parameters that differ: name, or RULE.name" example:"{\"days\":\"10\"}"`
	From    string            `json:"from,omitempty" maxLength:"40" doc:"findings count whose from is not before it"`
	Until   string            `json:"until,omitempty" maxLength:"40" doc:"and before this; it is evaluated as of then, at most as of now"`
	KnownAt string            `json:"known_at,omitempty" maxLength:"40" doc:"what was received or loaded later is left out; otherwise now"`
}

// Backtest is one that was asked for, with its result when it is done.
type Backtest struct {
	ID         string              `json:"backtest_id"`
	State      State               `json:"state" enum:"queued,running,done,cancelled,failed,interrupted"`
	AskedBy    string              `json:"asked_by" doc:"key of who asked"`
	AskedAt    claimwatch.Instant  `json:"asked_at"`
	FinishedAt *claimwatch.Instant `json:"finished_at"`
	Request    Request             `json:"request"`
	AsOf       claimwatch.Instant  `json:"as_of"`
	KnownAt    claimwatch.Instant  `json:"known_at"`
	Rules      []string            `json:"rules" nullable:"false" doc:"that are run: the one asked for, and those that share a parameter that is set"`
	Progress   Progress            `json:"progress"`
	Result     *Result             `json:"result,omitempty"`
	Fault      string              `json:"fault,omitempty" doc:"why it failed"`
}

// Progress is how many persons and institutions are evaluated.
type Progress struct {
	Scopes int `json:"scopes"`
	Done   int `json:"done"`
}

// Result compares what is found now, with the parameters of the request, with
// what stands: the library and its parameters as they are, over the same facts.
type Result struct {
	Both       Count     `json:"both" doc:"found by both"`
	OnlyBefore Count     `json:"only_before" doc:"found only by what stands"`
	OnlyNow    Count     `json:"only_now" doc:"found only by what was asked for"`
	Changed    Count     `json:"changed" doc:"of those found by both, the ones whose amount differs"`
	ByRule     []ByRule  `json:"by_rule" nullable:"false"`
	NotTold    []NotTold `json:"not_evaluated" nullable:"false" doc:"what could not be told with what was asked for"`
	ByMonth    []ByMonth `json:"by_month,omitempty" nullable:"false" doc:"by the local month of their from, in order"`
}

// Count sums findings up.
type Count struct {
	Findings     int            `json:"findings"`
	Persons      int            `json:"persons"`
	Institutions int            `json:"institutions"`
	Before       claimwatch.Fen `json:"amount_before" doc:"of what stands"`
	Now          claimwatch.Fen `json:"amount_now" doc:"of what was asked for"`
	Examples     []Example      `json:"examples" nullable:"false" doc:"at most 100, the largest amounts first"`
}

// Example is a finding of a count.
type Example struct {
	FindingID     string              `json:"finding_id"`
	Rule          string              `json:"rule"`
	InstitutionID string              `json:"institution_id"`
	PersonID      *string             `json:"person_id"`
	StayID        *string             `json:"stay_id"`
	From          *claimwatch.Instant `json:"from"`
	Before        *claimwatch.Fen     `json:"amount_before"`
	Now           *claimwatch.Fen     `json:"amount_now"`
}

// ByRule is the comparison of one rule.
type ByRule struct {
	Rule       string         `json:"rule"`
	Both       int            `json:"both"`
	OnlyBefore int            `json:"only_before"`
	OnlyNow    int            `json:"only_now"`
	Before     claimwatch.Fen `json:"amount_before"`
	Now        claimwatch.Fen `json:"amount_now"`
}

// ByMonth is the comparison of one month.
type ByMonth struct {
	Month      string         `json:"month" example:"2026-10"`
	Both       int            `json:"both"`
	OnlyBefore int            `json:"only_before"`
	OnlyNow    int            `json:"only_now"`
	Before     claimwatch.Fen `json:"amount_before"`
	Now        claimwatch.Fen `json:"amount_now"`
}

// NotTold is for how many stays a rule could not be evaluated, and why.
type NotTold struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
	Stays  int    `json:"stays"`
}
