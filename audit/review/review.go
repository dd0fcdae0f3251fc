package review

import (
	"slices"

	"claimwatch"
)

// Actions of the system, beside those of people.
const (
	// ActionTell tells a notified hospital that the facts no longer hold.
	ActionTell claimwatch.Action = "tell_retracted"
	// ActionInherit gives a finding the notice of a retracted one of the same
	// rule whose violating lines it took over.
	ActionInherit claimwatch.Action = "inherit_notice"
)

// Procedure is the present set of rules; see Command.
const Procedure = 2

// StatementDays is the term of Art. 32: five working days after the day of notice.
const StatementDays = 5

// Seen is a finding as its decider saw it: everything but the evidence, which
// may hold clinical text.
type Seen struct {
	FindingID     string              `json:"finding_id"`
	Facts         string              `json:"facts_sha256"`
	Rule          string              `json:"rule"`
	RuleVersion   int                 `json:"rule_version"`
	Severity      claimwatch.Severity `json:"severity"`
	InstitutionID string              `json:"institution_id"`
	PersonID      *string             `json:"person_id"`
	StayID        *string             `json:"stay_id"`
	Subject       string              `json:"subject"`
	From          *claimwatch.Instant `json:"from"`
	Until         *claimwatch.Instant `json:"until"`
	Amount        claimwatch.Fen      `json:"amount"`
	Lines         []claimwatch.Line   `json:"lines"`
	Basis         []claimwatch.Basis  `json:"basis"`
	Grounds       []string            `json:"grounds"`
	SuppressedBy  *string             `json:"suppressed_by,omitempty"` // the whitelist row that applied
}

// See copies what a decider sees of a finding.
func See(f claimwatch.Finding) *Seen {
	return &Seen{
		FindingID: f.ID, Facts: f.FactsSHA256(), Rule: f.Rule, RuleVersion: f.RuleVersion, Severity: f.Severity,
		InstitutionID: f.InstitutionID, PersonID: f.PersonID, StayID: f.StayID, Subject: f.Subject,
		From: f.From, Until: f.Until, Amount: f.Amount, Lines: slices.Clone(f.Lines), Basis: slices.Clone(f.Basis),
		Grounds: slices.Clone(f.Grounds), SuppressedBy: f.SuppressedBy,
	}
}

// Finding gives the finding back, without evidence.
func (s *Seen) Finding() claimwatch.Finding {
	return claimwatch.Finding{
		ID: s.FindingID, Rule: s.Rule, RuleVersion: s.RuleVersion, Severity: s.Severity, InstitutionID: s.InstitutionID,
		PersonID: s.PersonID, StayID: s.StayID, Subject: s.Subject, From: s.From, Until: s.Until, Amount: s.Amount,
		Lines: s.Lines, Basis: s.Basis, Grounds: s.Grounds, SuppressedBy: s.SuppressedBy,
	}
}

// InForce says whether every basis of the finding was in force on the service
// date; a decision on one that was not must say so (rules.md 1.24).
func (s *Seen) InForce() bool {
	return !slices.ContainsFunc(s.Basis, func(b claimwatch.Basis) bool { return !b.InForce })
}

// Concerns says whether an institution is told about the finding: it belongs to
// it, or one of its lines is at issue.
func (s *Seen) Concerns(institution string) bool {
	return s.InstitutionID == institution || slices.ContainsFunc(s.Lines, func(l claimwatch.Line) bool {
		return l.Role == claimwatch.Violating && l.InstitutionID == institution
	})
}

// Part is an amount of one violating line that is to be rejected.
type Part struct {
	Kind          claimwatch.Kind `json:"kind,omitempty"` // a request may leave it out
	InstitutionID string          `json:"institution_id"`
	RecordID      string          `json:"record_id"`
	Amount        claimwatch.Fen  `json:"amount"`
}

// Retractable says whether the finding disappears with its facts. What was
// rejected or released stays decided, whatever the facts become.
func (r *Review) Retractable() bool {
	switch r.State {
	case "", claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed:
		return true
	default:
		return false
	}
}

// Event is what one accepted command did to a finding.
type Event struct {
	Revision    int                `json:"revision"`
	Action      claimwatch.Action  `json:"action"`
	State       claimwatch.State   `json:"state"` // afterwards
	At          claimwatch.Instant `json:"at"`
	By          string             `json:"by"`
	Institution string             `json:"institution_id,omitempty"` // of a hospital's statement
	Reason      string             `json:"reason,omitempty"`
	Text        string             `json:"text,omitempty"`
	Facts       string             `json:"facts_sha256,omitempty"`
	Lines       []Part             `json:"lines,omitempty"`
	NotInForce  []claimwatch.Basis `json:"not_in_force,omitempty"`
	From        string             `json:"from_finding_id,omitempty"`
	Until       *claimwatch.Day    `json:"due_on,omitempty"`
	Assignee    string             `json:"assignee,omitempty"`
	Attachments []string           `json:"attachments,omitempty" doc:"SHA-256 of each file of a statement or appeal"`
	Told        []string           `json:"told,omitempty" doc:"notify: the institutions that were told"`
	Proposed    bool               `json:"proposed,omitempty" doc:"a proposal: it takes effect when a second person confirms it"`
	ProposedBy  string             `json:"proposed_by,omitempty" doc:"who proposed what this second person has confirmed or declined"`
	Entry       uint64             `json:"entry,omitempty" doc:"number of the journal entry"`
	Erased      bool               `json:"erased,omitempty" doc:"the text was erased; its hash stays in the journal"`

	seen     *Seen
	notices  []Notice // as they stand afterwards; nil: unchanged
	proposal *Proposal
	lease    *Lease
	retained []Event // statements that come over with an inherited notice
}

// Amount is what the event asks to reject.
func (e *Event) Amount() claimwatch.Fen {
	var sum claimwatch.Fen
	for _, part := range e.Lines {
		sum += part.Amount
	}
	return sum
}
