package audit

import (
	"encoding/json"
	"slices"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/review"
)

// FindingView is a finding as callers see it (contract, section 3).
type FindingView struct {
	FindingID      string              `json:"finding_id"`
	Revision       int                 `json:"revision" doc:"journal entries about the finding; 0: no person has touched it"`
	FactsSHA256    string              `json:"facts_sha256"`
	Rule           string              `json:"rule"`
	RuleVersion    int                 `json:"rule_version"`
	Severity       claimwatch.Severity `json:"severity" enum:"violation,suspicion,reminder"`
	State          claimwatch.State    `json:"state" enum:"open,notified,explained,lapsed,rejected,released,appealed,upheld,overturned,retracted"`
	SuppressedBy   *string             `json:"suppressed_by" doc:"the whitelist row that applies; while one does, the finding can be neither notified nor rejected"`
	InstitutionID  string              `json:"institution_id"`
	PersonID       *string             `json:"person_id"`
	StayID         *string             `json:"stay_id"`
	Subject        string              `json:"subject"`
	From           *claimwatch.Instant `json:"from"`
	Until          *claimwatch.Instant `json:"until"`
	Amount         claimwatch.Fen      `json:"amount" doc:"gross, yuan"`
	Attributed     *claimwatch.Fen     `json:"attributed,omitempty" doc:"what is left after the findings before it: one yuan is deducted once. Hospitals are not told, for it speaks of findings that they may not know"`
	Lines          []LineView          `json:"lines" nullable:"false"`
	Evidence       json.RawMessage     `json:"evidence" doc:"how the number came about"`
	Basis          []claimwatch.Basis  `json:"basis" nullable:"false"`
	Grounds        []string            `json:"grounds" nullable:"false"`
	OpenedAt       claimwatch.Instant  `json:"opened_at"`
	RevisedAt      claimwatch.Instant  `json:"revised_at"`
	NotifiedAt     *claimwatch.Instant `json:"notified_at"`
	DueOn          *claimwatch.Day     `json:"due_on" doc:"the last local day on which a statement is in time"`
	DueProvisional bool                `json:"due_provisional" doc:"the day runs past the published calendar"`
	Assignee       string              `json:"assignee,omitempty"`
	Claim          *review.Lease       `json:"claim,omitempty" doc:"who works on it, and until when; others are refused meanwhile. Hospitals are not told"`
	Proposed       *review.Proposal    `json:"proposed,omitempty" doc:"a decision that waits for a second person to confirm or decline it. Hospitals are not told"`
}

// LineView is a line of a finding with what is attributed to the finding of it.
type LineView struct {
	claimwatch.Line
	Attributed *claimwatch.Fen `json:"attributed,omitempty" doc:"of a violating line"`
}

// FindingDetail is one finding with all that has happened to it.
type FindingDetail struct {
	FindingView
	History []FindingEvent `json:"history" nullable:"false" doc:"how the facts made and changed it"`
	Journal []review.Event `json:"journal" nullable:"false" doc:"what people and the system did about it"`
	Decided *review.Seen   `json:"decided" doc:"the facts as they were at the latest notice or decision; those above are the facts now"`
	Charged []ChargedLine  `json:"charged,omitempty" nullable:"false" doc:"to an institution: what its lines stand for; of an officer's interest is the stay"`
}

// ChargedLine is a fee or the fitting of a device as the institution charged it.
type ChargedLine struct {
	Kind       claimwatch.Kind    `json:"kind"`
	RecordID   string             `json:"record_id"`
	StayID     string             `json:"stay_id,omitempty"`
	OccurredAt claimwatch.Instant `json:"occurred_at"`
	ItemCode   string             `json:"item_code"`
	ItemName   string             `json:"item_name"`
	Net        claimwatch.Fen     `json:"net" doc:"the amount less its refunds"`
}

// shown is the state of a finding for callers: retracted while the facts no
// longer hold, unless it was decided before.
func shown(held claimwatch.Held, standing journal.Standing) claimwatch.State {
	return shownAs(held.Retracted != nil, standing)
}

func shownAs(retracted bool, standing journal.Standing) claimwatch.State {
	if retracted && standing.Retractable() {
		return claimwatch.StateRetracted
	}
	return standing.State
}

func view(held claimwatch.Held, standing journal.Standing) FindingView {
	v := FindingView{
		FindingID: held.ID, Revision: standing.Revision, FactsSHA256: held.Facts, Rule: held.Rule, RuleVersion: held.RuleVersion,
		Severity: held.Severity, State: shown(held, standing), SuppressedBy: held.SuppressedBy, InstitutionID: held.InstitutionID, PersonID: held.PersonID,
		StayID: held.StayID, Subject: held.Subject, From: held.From, Until: held.Until, Amount: held.Amount,
		Lines: make([]LineView, len(held.Lines)), Evidence: held.Evidence, Basis: orEmpty(held.Basis), Grounds: orEmpty(held.Grounds),
		OpenedAt: held.OpenedAt, RevisedAt: held.RevisedAt, DueOn: standing.DueOn, DueProvisional: standing.Provisional,
		Assignee: standing.Assignee, Claim: standing.Claim, Proposed: standing.ProposalFor(held.Facts),
	}
	for i, line := range held.Lines {
		v.Lines[i].Line = line
	}
	if standing.Notice != nil {
		v.NotifiedAt = &standing.Notice.At
	}
	if len(v.Evidence) == 0 {
		v.Evidence = json.RawMessage("{}")
	}
	return v
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// forHospital takes everything out of a view that is not the hospital's own: the
// lines of others, and whatever could tell that they exist.
func forHospital(v FindingView, institution string) FindingView {
	own := slices.DeleteFunc(slices.Clone(v.Lines), func(l LineView) bool { return l.InstitutionID != institution })
	shared := len(own) != len(v.Lines) || v.InstitutionID != institution
	v.Assignee, v.Claim, v.Proposed = "", nil, nil
	if !shared && !namesAnother(v.Evidence, institution) {
		return v
	}
	v.Evidence = json.RawMessage("{}")
	if !shared {
		return v
	}
	v.Lines, v.Amount, v.Subject = own, 0, ""
	for _, line := range own {
		v.Amount += line.Amount
	}
	if v.InstitutionID != institution {
		// A row of the whitelist is about whom the finding belongs to.
		v.InstitutionID, v.StayID, v.From, v.Until, v.SuppressedBy = institution, nil, nil, nil, nil
	}
	return v
}

// journalForHospital keeps of what happened to a finding what the hospital was part
// of: its own notices, statements and appeals, and the outcome; not the agency's
// inner steps, and nothing that others were told or have said.
func journalForHospital(events []review.Event, institution string) []review.Event {
	kept := []review.Event{}
	appealed := false
	for _, e := range events {
		switch e.Action {
		case claimwatch.ActionAssign, claimwatch.ActionRefer, claimwatch.ActionClaim, claimwatch.ActionUnclaim, claimwatch.ActionDecline:
			continue
		case claimwatch.ActionExplain, claimwatch.ActionAppeal:
			if e.Institution != institution {
				continue
			}
			appealed = appealed || e.Action == claimwatch.ActionAppeal
		case claimwatch.ActionNotify:
			if !slices.Contains(e.Told, institution) {
				continue
			}
			e.State = claimwatch.StateNotified // whatever others have said meanwhile
		case claimwatch.ActionExtend:
			e.State = claimwatch.StateNotified
		case claimwatch.ActionUphold:
			if !appealed {
				continue
			}
		default: // the outcome, and what the system tells
		}
		if e.Proposed {
			continue
		}
		e.Assignee, e.From, e.Told = "", "", nil
		e.Lines = slices.DeleteFunc(slices.Clone(e.Lines), func(p review.Part) bool { return p.InstitutionID != institution })
		kept = append(kept, e)
	}
	return kept
}
