package review

import (
	"fmt"
	"slices"

	"claimwatch"
)

// parts checks the lines of a rejection, every fault at once: each belongs to
// the finding and is at issue, is named once, and its amount is above zero and
// not above the line's. Without lines the whole finding is rejected.
func parts(c Command) ([]Part, error) {
	var chosen []Part
	if len(c.Lines) == 0 {
		for _, line := range c.Seen.Lines {
			if line.Role == claimwatch.Violating && line.Amount > 0 {
				chosen = append(chosen, Part{line.Kind, line.InstitutionID, line.RecordID, line.Amount})
			}
		}
		return chosen, nil
	}
	var faults []claimwatch.Fault
	for i, asked := range c.Lines {
		part, fault := match(c.Seen.Lines, asked)
		if fault == nil && slices.ContainsFunc(chosen, part.same) {
			fault = &claimwatch.Fault{Code: claimwatch.CodeDuplicateKey, Message: "the line is named twice"}
		}
		if fault != nil {
			fault.Column = fmt.Sprintf("lines[%d]", i)
			faults = append(faults, *fault)
			continue
		}
		chosen = append(chosen, part)
	}
	if len(faults) > 0 {
		return nil, &claimwatch.Error{
			Code: claimwatch.CodeInvalid, Field: faults[0].Column, Message: faults[0].Message, Faults: faults,
		}
	}
	return chosen, nil
}

func (p Part) same(q Part) bool {
	return p.Kind == q.Kind && p.InstitutionID == q.InstitutionID && p.RecordID == q.RecordID
}

// match finds the violating line that a part names. A request names no kind;
// of two records with one id the first with an amount is meant.
func match(lines []claimwatch.Line, asked Part) (Part, *claimwatch.Fault) {
	var found *claimwatch.Line
	for i := range lines {
		line := &lines[i]
		if line.InstitutionID != asked.InstitutionID || line.RecordID != asked.RecordID ||
			(asked.Kind != claimwatch.KindNone && line.Kind != asked.Kind) {
			continue
		}
		if found == nil || (found.Role != claimwatch.Violating || found.Amount <= 0) && line.Role == claimwatch.Violating {
			found = line
		}
	}
	switch {
	case found == nil:
		return Part{}, &claimwatch.Fault{Code: claimwatch.CodeNotFound, Message: "the finding has no such line"}
	case found.Role != claimwatch.Violating:
		return Part{}, &claimwatch.Fault{Code: claimwatch.CodeInvalid, Message: "the line is involved only, nothing of it is at issue"}
	case asked.Amount <= 0 || asked.Amount > found.Amount:
		return Part{}, &claimwatch.Fault{
			Code: claimwatch.CodeRange, Message: fmt.Sprintf("the amount is above 0 and at most %s", found.Amount),
		}
	}
	return Part{found.Kind, found.InstitutionID, found.RecordID, asked.Amount}, nil
}
