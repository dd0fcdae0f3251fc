package supervision

import (
	"claimwatch"
	"claimwatch/audit/figures"
	"claimwatch/audit/term"
)

// Report is the report of a month. Every total is the sum of its parts by institution
// and, of findings and decisions, also by rule.
type Report struct {
	Month    term.Month         `json:"month" example:"2026-09"`
	City     string             `json:"city" doc:"empty: the whole province"`
	AsOf     claimwatch.Instant `json:"as_of" doc:"moment of which the figures are"`
	Complete bool               `json:"complete" doc:"the month was over at as_of"`
	Agency   string             `json:"agency" doc:"who reports; empty: no agency of the city is known"`

	Watched   Watched   `json:"watched"`
	Coverage  Coverage  `json:"coverage"`
	Found     Found     `json:"found"`
	Decided   Decided   `json:"decided"`
	Recovered Recovered `json:"recovered"`
	Late      Late      `json:"late"`

	Rules        []Rule   `json:"rules" nullable:"false" doc:"with anything found, decided or not evaluated; the greatest amounts first"`
	Institutions []House  `json:"institutions" nullable:"false" doc:"by id"`
	Changes      []Change `json:"changes" nullable:"false" doc:"against the month before, as it stands at as_of"`
	Trend        []Trend  `json:"trend" nullable:"false" doc:"twelve months up to this one, as they stand at as_of"`
}

// Watched is what the month's records were.
type Watched struct {
	Institutions  int            `json:"institutions" doc:"of the register, and others that sent records"`
	WithAgreement int            `json:"with_agreement" doc:"an active agreement on the last day of the month"`
	Reporting     int            `json:"reporting" doc:"records came from them"`
	Records       int            `json:"records"`
	Stays         int            `json:"stays" doc:"inpatient and rehab, admitted in the month"`
	Charged       claimwatch.Fen `json:"charged" doc:"for services of the month, net of refunds, without self-pay"`
	Timed         int            `json:"timed" doc:"admissions and fees that came in"`
	LateRecords   int            `json:"late_records" doc:"of these, later than DAT-001 allows; none with the event clock"`
	Silent        []Silent       `json:"silent" nullable:"false" doc:"with an active agreement, and without any record in the month"`
}

// Silent is an institution that should have been heard of.
type Silent struct {
	InstitutionID string `json:"institution_id"`
	Name          string `json:"name"`
}

// Coverage says of how many stays rules could judge. It is of all stays up to as_of:
// evaluations are kept as they are now, not month by month.
type Coverage struct {
	Rules        int            `json:"rules"`
	Hit          int64          `json:"hit" doc:"pairs of a rule and a stay that it speaks of"`
	Pass         int64          `json:"pass"`
	NotEvaluated int64          `json:"not_evaluated"`
	Reasons      []UnsaidReason `json:"reasons" nullable:"false" doc:"why not, the most frequent first"`
}

// UnsaidReason counts pairs that were not evaluated for it.
type UnsaidReason struct {
	Reason string `json:"reason"`
	Pairs  int64  `json:"pairs"`
}

// Found is what findings are about services of the month, without retracted ones.
type Found struct {
	Findings   int            `json:"findings"`
	AtIssue    claimwatch.Fen `json:"at_issue" doc:"gross: one yuan may be at issue in several findings"`
	Severities []Severity     `json:"severities" nullable:"false"`
}

// Severity counts findings of one severity.
type Severity struct {
	Severity claimwatch.Severity `json:"severity"`
	Findings int                 `json:"findings"`
	AtIssue  claimwatch.Fen      `json:"at_issue"`
}

// Decided counts decisions that took effect in the month, whatever month the services
// are of.
type Decided struct {
	Confirmed  int             `json:"confirmed" doc:"rejected"`
	Dismissed  int             `json:"dismissed" doc:"released"`
	Explained  int             `json:"explained" doc:"statements that hospitals made"`
	Overturned int             `json:"overturned" doc:"on appeal"`
	MedianDays *figures.Number `json:"median_days" doc:"from the first notice to the decision; null without one"`
}

// Recovered is what became of the money of the month's services.
type Recovered struct {
	Rejected    claimwatch.Fen `json:"rejected" doc:"on the rejected-fee lists of the month"`
	Deducted    claimwatch.Fen `json:"deducted" doc:"by the closed settlements of the month, their adjustments among it"`
	Adjustments claimwatch.Fen `json:"adjustments" doc:"of that for services of earlier months; negative: given back"`
	Settled     int            `json:"settled" doc:"institutions whose month is closed"`
	Approved    claimwatch.Fen `json:"approved" doc:"by the closed settlements of the month"`
}

// Late is what was due up to the end of the month and is not done at as_of.
type Late struct {
	Hospitals []Overdue `json:"hospitals" nullable:"false" doc:"statements that hospitals owe"`
	Agency    []Overdue `json:"agency" nullable:"false" doc:"everything else that is due: settlements, payments, steps of matters"`
}

// Overdue counts deadlines of a kind.
type Overdue struct {
	Kind  string `json:"kind" example:"statement"`
	Count int    `json:"count"`
}

// Rule is what a rule found in the month and what was decided about its findings.
type Rule struct {
	Rule         string         `json:"rule" example:"FEE-001"`
	Name         string         `json:"name"`
	Findings     int            `json:"findings"`
	AtIssue      claimwatch.Fen `json:"at_issue"`
	Confirmed    int            `json:"confirmed"`
	Dismissed    int            `json:"dismissed"`
	Hit          int64          `json:"hit" doc:"stays"`
	NotEvaluated int64          `json:"not_evaluated" doc:"stays"`
}

// House is an institution in the month.
type House struct {
	InstitutionID string         `json:"institution_id"`
	Name          string         `json:"name"`
	City          string         `json:"city"`
	Level         int            `json:"level"`
	Records       int            `json:"records"`
	Stays         int            `json:"stays"`
	Charged       claimwatch.Fen `json:"charged"`
	Findings      int            `json:"findings"`
	AtIssue       claimwatch.Fen `json:"at_issue"`
	Confirmed     int            `json:"confirmed"`
	Dismissed     int            `json:"dismissed"`
	Rejected      claimwatch.Fen `json:"rejected"`
	Deducted      claimwatch.Fen `json:"deducted"`
	LateRecords   int            `json:"late_records"`
	Overdue       int            `json:"overdue" doc:"statements"`
}

// Change is a figure beside that of the month before: a whole number, or yuan with two
// decimals.
type Change struct {
	Name   string `json:"name" enum:"records,stays,charged,findings,at_issue,confirmed,dismissed,rejected"`
	Now    string `json:"now" example:"128.50"`
	Before string `json:"before"`
}

// Trend is a month of the twelve.
type Trend struct {
	Month    term.Month     `json:"month"`
	Charged  claimwatch.Fen `json:"charged"`
	Findings int            `json:"findings"`
	AtIssue  claimwatch.Fen `json:"at_issue"`
	Rejected claimwatch.Fen `json:"rejected"`
}
