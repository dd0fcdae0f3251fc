package settlement

import "claimwatch"

// Agreement is a row of an institution's agreements.
type Agreement struct {
	Kind     string          // medical, rehab, device
	Status   string          // active, suspended, terminated
	From     claimwatch.Day  // first day
	Until    *claimwatch.Day // first day that is no longer covered; nil: without end
	Holdover bool            // it goes on past its end (Shanxi Art. 51)
}

// Covers says whether the row covers a day (rules.md, section 2).
func (a *Agreement) Covers(day claimwatch.Day) bool {
	return a.From <= day && (a.Until == nil || day < *a.Until || a.Holdover)
}

// Hold is a row of an institution's holds: payment is withheld during an inquiry
// (Shanxi Art. 45).
type Hold struct {
	ID    string
	From  claimwatch.Day
	Until *claimwatch.Day // the day of release; nil while it stands
}

// Covers says whether the hold keeps back fees of a service date in a settlement on
// a day: it began by the service date and is not released on the day of closing.
// Once it is released nothing of it is held, whatever the service date: what was
// kept is paid when the inquiry is over.
func (h *Hold) Covers(service, closing claimwatch.Day) bool {
	return h.From <= service && (h.Until == nil || service < *h.Until && closing < *h.Until)
}

// Agreements are an institution's agreements.
type Agreements []Agreement

// NotPayable says why a fee of a day under an agreement of a kind is not settled:
// the agreement is suspended (Shanxi Art. 37) or terminated (Art. 39); empty when
// it is. A suspended row beats an active one (AGR-002). A terminated row is beaten
// by an active one that began later: a new agreement. No row at all is a matter of
// rule AGR-001, on which people decide.
func (rows Agreements) NotPayable(kind string, day claimwatch.Day) string {
	var terminated, active *Agreement
	for i := range rows {
		row := &rows[i]
		if row.Kind != kind || !row.Covers(day) {
			continue
		}
		switch row.Status {
		case "suspended":
			return "suspended"
		case "terminated":
			if terminated == nil || row.From > terminated.From {
				terminated = row
			}
		default:
			if active == nil || row.From > active.From {
				active = row
			}
		}
	}
	if terminated != nil && (active == nil || active.From <= terminated.From) {
		return "terminated"
	}
	return ""
}
