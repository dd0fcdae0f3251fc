package oracle

import (
	"math/big"

	"claimwatch"
)

// daysLimit is the limit of a line in days of supply: the column of its item's
// row, and without one what the text says.
func daysLimit(l *line, column string, otherwise int64) *big.Rat {
	if days, ok := number(l.row[column], 0); ok {
		return ratio(days, 1)
	}
	return ratio(otherwise, 1)
}

// visitLimit is the limit of a line that is not for taking home.
func visitLimit(l *line) *big.Rat {
	if l.stay.admissionText("route") == "emergency" || l.Field("usage").Text == "emergency" {
		return daysLimit(l, "max_days_supply", 3)
	}
	return daysLimit(l, "max_days_supply", 7)
}

func homeLimit(l *line) *big.Rat { return daysLimit(l, "discharge_max_days", 7) }

func takenHome(l *line) bool { return l.Field("usage").Text == "discharge" }

// largestLimit is the limit of several lines.
func largestLimit(lines []line, limit func(*line) *big.Rat) *big.Rat {
	most := limit(&lines[0])
	for _, l := range lines {
		if own := limit(&l); less(most, own) {
			most = own
		}
	}
	return most
}

// overSupply is RX-001: more days in one prescription of a visit than its limit.
func overSupply(t *trial, s *stay) []*finding {
	return t.prescribed(s, func(l *line) bool { return !takenHome(l) }, visitLimit)
}

// overSupplyHome is RX-002: the same of what is taken home.
func overSupplyHome(t *trial, s *stay) []*finding {
	return t.prescribed(s, takenHome, homeLimit)
}

func (t *trial) prescribed(s *stay, keep func(*line) bool, limit func(*line) *big.Rat) (out []*finding) {
	type group struct{ item, prescription, record string }
	groups := map[group][]line{}
	for _, l := range s.lines {
		if !keep(&l) || l.daysSupply() == nil {
			continue
		}
		k := group{item: l.item, prescription: l.Field("prescription_id").Text}
		if k.prescription == "" {
			k.record = l.RecordID
		}
		groups[k] = append(groups[k], l)
	}
	for k, lines := range groups {
		rest := minus(totalOf(lines, netSupply), largestLimit(lines, limit))
		if rest.Sign() <= 0 {
			continue
		}
		f := newFinding(t.rule.code, claimwatch.Suspicion, s, k.item, k.prescription+k.record)
		f.putShares(lines, fromLast(lines, netSupply, rest), inDays)
		f.ofLines()
		out = append(out, f)
	}
	return out
}

// refill is RX-003: the same drug again more than three days before the supply
// ends. Of several lines with the furthest end the first is named.
func refill(t *trial, person string) (out []*finding) {
	for _, lines := range t.itemsOf(person, countsForRefill) {
		for i, l := range lines {
			var previous *line
			for j := range lines[:i] {
				sameSlip := lines[j].InstitutionID == l.InstitutionID && l.Field("prescription_id").Text != "" &&
					lines[j].Field("prescription_id").Text == l.Field("prescription_id").Text
				if !sameSlip && (previous == nil || less(supplyEnd(previous), supplyEnd(&lines[j]))) {
					previous = &lines[j]
				}
			}
			if previous == nil {
				continue
			}
			left := times(minus(supplyEnd(previous), ratio(int64(l.OccurredAt), 1)), ratio(1, int64(24*hour)))
			if !less(ratio(3, 1), left) {
				continue
			}
			whole := new(big.Rat).SetInt(new(big.Int).Quo(left.Num(), left.Denom())) // whole days, rounded down
			f := aboutRecord("RX-003", claimwatch.Suspicion, l.Record)
			f.violating[l.Record] = inDays(l, lesser(whole, l.daysSupply()))
			f.involve(previous.Record)
			f.ofLines()
			out = append(out, f)
		}
	}
	return out
}

// countsForRefill are the drug lines that a person keeps at home for three days
// or more.
func countsForRefill(l *line) bool {
	days := l.daysSupply()
	return l.category == "drug" && days != nil && !less(days, ratio(3, 1)) && (isVisit(l.stay) || takenHome(l))
}

// supplyEnd is occurred_at + days of supply, in milliseconds.
func supplyEnd(l *line) *big.Rat {
	return sum(ratio(int64(l.OccurredAt), 1), times(l.daysSupply(), ratio(int64(24*hour), 1)))
}

// splitPrescription is RX-005: several prescriptions of a day that keep to the
// limit one by one and exceed it together. A prescription above the limit by
// itself is RX-001's and is left out; the limit is that of all lines.
func splitPrescription(t *trial, person string) (out []*finding) {
	type group struct {
		physician, item string
		day             claimwatch.Day
	}
	groups := map[group][]line{}
	for _, l := range t.personLines(person) {
		physician := l.Field("physician_id").Text
		if isVisit(l.stay) && !takenHome(&l) && l.daysSupply() != nil &&
			physician != "" && l.Field("prescription_id").Text != "" {
			k := group{physician, l.item, l.day()}
			groups[k] = append(groups[k], l)
		}
	}
	for k, lines := range groups {
		limit := largestLimit(lines, visitLimit)
		slips := map[string][]line{}
		for _, l := range lines {
			slips[l.Field("prescription_id").Text] = append(slips[l.Field("prescription_id").Text], l)
		}
		within := 0
		var split []line
		for _, l := range lines { // in the order of records
			slip := slips[l.Field("prescription_id").Text]
			if less(limit, totalOf(slip, netSupply)) {
				continue
			}
			split = append(split, l)
			if slip[0].Record == l.Record {
				within++
			}
		}
		rest := minus(totalOf(split, netSupply), limit)
		if within < 2 || rest.Sign() <= 0 {
			continue
		}
		f := findingOf("RX-005", claimwatch.Suspicion, person, k.physician, k.item, k.day.String())
		f.putShares(split, fromLast(split, netSupply, rest), inDays)
		f.ofDay(k.day)
		out = append(out, f)
	}
	return out
}
