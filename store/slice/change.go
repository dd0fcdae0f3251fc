package slice

import (
	"cmp"
	"slices"

	"claimwatch"
)

// Changed is a stay whose records were changed or contradicted after the fact
// (DAT-004).
type Changed struct {
	Stay *Stay
	// Named are the fees with the claims that came before their later revisions, and
	// the records that were sent with two contents.
	Named []NamedRecord
	// Revised fees differ by Amount in fen from what they were when the claim came.
	Revised, Contradicted int32
	Amount                int64
}

// changes are what the reception times and the conflicts tell of known stays.
func (w *World) changes(stays map[stayKey]*Stay, claims map[stayKey][]*Claim) []*Changed {
	byStay := map[*Stay]*Changed{}
	of := func(h *Head) *Changed {
		s := stays[h.stay()]
		if s == nil || s.AdmissionID == "" { // a device may be fitted outside of any stay
			return nil
		}
		if byStay[s] == nil {
			byStay[s] = &Changed{Stay: s}
		}
		return byStay[s]
	}
	for _, rows := range w.changed {
		if key := rows[0].stay(); stays[key] != nil && len(claims[key]) > 0 {
			w.changedAfterClaim(revisionsOf(rows), claims[key], of)
		}
	}
	for _, id := range w.Contradicted {
		for _, h := range w.heads(id) {
			if c := of(h); c != nil {
				c.Contradicted++
				c.Named = append(c.Named, NamedRecord{id.Kind, h.RecordID, h.At})
			}
		}
	}
	var changes []*Changed
	for _, c := range byStay {
		if len(c.Named) > 0 {
			slices.SortFunc(c.Named, NamedRecord.compare)
			c.Named = slices.Compact(c.Named)
			changes = append(changes, c)
		}
	}
	slices.SortFunc(changes, func(a, b *Changed) int { return cmp.Compare(a.Stay.Number, b.Stay.Number) })
	return changes
}

// revisionsOf are the revisions of a fee in order, of contents sent twice the
// first in the log.
func revisionsOf(rows []*Fee) []*Fee {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, func(a, b *Fee) int {
		return cmp.Or(cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Index, b.Index))
	})
	return slices.CompactFunc(rows, func(a, b *Fee) bool { return a.Revision == b.Revision })
}

// changedAfterClaim names a fee of which a later revision was received after the
// first claim of that revision's month. Revisions ahead of as_of do not exist yet,
// and what never was a charge to the fund is none of its business.
func (w *World) changedAfterClaim(revisions []*Fee, claims []*Claim, of func(*Head) *Changed) {
	newest := revisions[len(revisions)-1]
	selfPay := !slices.ContainsFunc(revisions, func(f *Fee) bool { return !f.SelfPay })
	if newest.At > w.asOf || selfPay {
		return
	}
	var stood *Fee // before the first late revision
	for i, later := range revisions[1:] {
		claim := firstClaim(claims, later.At.Day().Month())
		if claim == nil || later.At > w.asOf || later.ReceivedAt <= claim.FirstReceived {
			continue
		}
		if stood == nil {
			stood = revisions[i]
		}
		c := of(&newest.Head)
		c.Named = append(c.Named, feeRecord(newest), NamedRecord{claimwatch.Claim, claim.RecordID, claim.At})
	}
	if stood == nil {
		return
	}
	c := of(&newest.Head)
	c.Revised++
	c.Amount -= stood.Amount
	if !newest.Cancelled {
		c.Amount += newest.Amount
	}
}

// firstClaim is the claim for a month that was received first, of several at one
// moment the first in order; nil without one.
func firstClaim(claims []*Claim, month string) *Claim {
	var earliest *Claim
	for _, c := range claims {
		if c.Month == month && (earliest == nil || c.FirstReceived < earliest.FirstReceived) {
			earliest = c
		}
	}
	return earliest
}

// heads are those of the newest revision of a record, cancelled or not, that
// exists at as_of; none or one.
func (w *World) heads(id claimwatch.Identity) []*Head {
	var found []*Head
	note := func(h *Head) {
		if h.RecordID == id.RecordID && h.InstitutionID == id.InstitutionID && h.At <= w.asOf {
			found = append(found, h)
		}
	}
	for _, h := range w.void[id.Kind] {
		note(h)
	}
	for _, h := range w.facts.heads(id.Kind) {
		note(h)
	}
	return found
}

// heads are those of the records of a kind.
func (f *Facts) heads(kind claimwatch.Kind) []*Head {
	switch kind {
	case claimwatch.Admission:
		return headsOf(f.Admissions)
	case claimwatch.Transfer:
		return headsOf(f.Transfers)
	case claimwatch.Leave:
		return headsOf(f.Leaves)
	case claimwatch.Discharge:
		return headsOf(f.Discharges)
	case claimwatch.Order:
		return headsOf(f.Orders)
	case claimwatch.Fee:
		return headsOf(f.Fees)
	case claimwatch.IdentityCheck:
		return headsOf(f.Checks)
	case claimwatch.CareRecord:
		return headsOf(f.CareRecords)
	case claimwatch.Operation:
		return headsOf(f.Operations)
	case claimwatch.ExamReport:
		return headsOf(f.ExamReports)
	case claimwatch.FrontPage:
		return headsOf(f.FrontPages)
	case claimwatch.DeviceFitting:
		return headsOf(f.Fittings)
	case claimwatch.Claim:
		return headsOf(f.Claims)
	default:
		return nil
	}
}

func headsOf[F Fact](rows []F) []*Head {
	heads := make([]*Head, len(rows))
	for i, row := range rows {
		heads[i] = row.Common()
	}
	return heads
}
