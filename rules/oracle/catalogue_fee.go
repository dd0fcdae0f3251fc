package oracle

// feeRules are those of section 5 that look at lines, orders and refunds.
func feeRules() []rule {
	items := []string{"items"}
	pairs := []string{"item_pairs"}
	capped := []string{"items", "institutions"}
	institutions := []string{"institutions"}
	return []rule{
		{code: "FEE-004", reads: pairs, judge: perPerson(included)},
		{code: "FEE-005", reads: []string{"item_packages"}, judge: perStay(unbundled)},
		{code: "FEE-008", reads: items, judge: perPerson(overDailyLimit)},
		{code: "FEE-009", reads: items, judge: perStay(overStayLimit)},
		{code: "FEE-010", reads: items, judge: perPerson(overDay)},
		{code: "FEE-011", about: inBed, reads: items, judge: perStay(exclusiveCare)},
		{code: "FEE-014", about: inBed, reads: items, judge: perStay(careDays)},
		{code: "FEE-015", about: inBed, reads: capped, needs: institutions, judge: perStay(nursingLevel)},
		{code: "FEE-016", about: inBed, judge: perStay(outsideStay)},
		{code: "FEE-017", about: inBed, judge: perStay(onLeaveFees)},
		{code: "FEE-018", reads: items, judge: perStay(unordered)},
		{code: "FEE-019", judge: perStay(aboveOrdered)},
		{code: "FEE-020", judge: perStay(afterStop)},
		{code: "FEE-021", reads: items, judge: perStay(unreported)},
		{code: "FEE-023", reads: append(capped, pairs...), needs: institutions, judge: perStay(secondOperation)},
		{code: "FEE-024", reads: pairs, judge: perStay(addedOn)},
		{code: "FEE-028", judge: badRefunds},
		{code: "SWP-001", reads: append(capped, "swaps"), needs: institutions, judge: perStay(substituted)},
	}
}

// drugRules are those of drugs, examinations, courses and devices.
func drugRules() []rule {
	items := []string{"items"}
	return []rule{
		{code: "RX-001", about: isVisit, reads: items, judge: perStay(overSupply)},
		{code: "RX-002", reads: items, judge: perStay(overSupplyHome)},
		{code: "RX-003", judge: perPerson(refill)},
		{code: "RX-004", reads: items, judge: perPerson(sameClass)},
		{code: "RX-005", about: isVisit, reads: items, judge: perPerson(splitPrescription)},
		{code: "RX-007", reads: []string{"items", "persons", "institutions"}, judge: perStay(restricted)},
		{code: "RX-008", reads: items, judge: perStay(outOfScope)},
		{code: "RX-009", reads: []string{"item_limits"}, judge: perPerson(overCourse)},
		{code: "RX-010", reads: items, judge: perStay(unindicated)},
		{code: "EXM-001", judge: perPerson(repeatedImaging)},
		{code: "EXM-003", reads: []string{"item_pairs"}, judge: perPerson(included)},
		{code: "REH-002", reads: []string{"items", "item_limits"}, judge: perPerson(overRehab)},
		{code: "DEV-001", reads: items, judge: tooSoon},
		{code: "DEV-003", reads: []string{"items", "appraisals"}, judge: informalDevice},
	}
}
