package slice

// Charges are lines that their items, their hours or their times set against
// something else.
type Charges struct {
	Inclusions   []*Inclusion
	Bundles      []*Bundle
	Seconds      []*SecondOperation
	AddOns       []*AddOn
	Hours        []*Hours // of items by the hour
	CareHours    []*Hours // of nursing
	NursingLines []*NursingLine
	Outside      []*Line // of inpatient stays, before or after them
	Absences     []*Absence
}

// fillCharges fills them out of the charges to the fund.
func (w *World) fillCharges(t *Tables, reference *Reference) {
	entries := ledgerOf(t.Fees, reference)
	t.Inclusions = inclusions(t.Fees, entries, reference)
	t.Bundles = bundles(t.Fees, entries, reference)
	t.Seconds = secondOperations(t.Fees, entries, reference)
	t.AddOns = addOns(t.Fees, entries, reference)
	t.Hours, t.CareHours = hoursOfItems(t.Fees), hoursOfCare(t.Fees)
	t.NursingLines = nursingLines(t.Fees, t.Orders, reference)
	t.Outside, t.Absences = outsideLines(t.Fees), absences(t.Fees, w.facts.Leaves)
}
