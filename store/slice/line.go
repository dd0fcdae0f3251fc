package slice

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// Line is a fee line net of its refunds (rules.md 1.7 to 1.10).
type Line struct {
	*Fee
	Stay *Stay
	// Number is the place in the order of records of the person's lines: a greater
	// number is a later line.
	Number           uint32
	Category         string // resolved
	Quantity, Amount int64  // net
	DayUnit          bool
	Item             *Item  // on the service date; nil without a row
	Cap              *int64 // of the institution's level
	// Agreed, Suspended and RehabAgreed tell what agreements say of the day.
	Agreed, Suspended, RehabAgreed bool
	// Of lines that are equal within a stay (FEE-001) there are Copies, and Kept is
	// the smallest record_id of them.
	Copies uint32
	Kept   string

	exists    bool // for a rule: net quantity and amount, self-pay or not
	charged   bool // a charge to the fund
	performed bool // self-pay and for nothing too
	paid      bool // by the person, net of every refund
}

// taken is what refunds take back from a line. A self-pay refund gives nothing
// back to the fund, but what it takes back was not done.
type taken struct{ quantity, amount, everything, money int64 }

type lineKey struct {
	stay   stayKey
	record string
}

// lines are the net lines of known stays that exist for some rule, person by
// person in the order of records.
func (w *World) lines(stays map[stayKey]*Stay, reference *Reference) []*Line {
	refunds := w.refunds()
	lines := make([]Line, 0, len(w.facts.Fees)) // one piece of memory; it never grows
	byPerson := map[string][]*Line{}
	var stay *Stay
	for _, fee := range w.facts.Fees {
		if stay == nil || !stay.has(&fee.Head) { // mostly the one of the row before
			stay = stays[fee.stay()]
		}
		if stay == nil || fee.Reverses != "" {
			continue
		}
		line := netLine(fee, stay, refunds)
		if line.Quantity > 0 || line.performed {
			line.resolve(reference)
			lines = append(lines, line)
			byPerson[fee.PersonID] = append(byPerson[fee.PersonID], &lines[len(lines)-1])
		}
	}
	sorted := make([]*Line, 0, len(lines))
	for _, person := range slices.Sorted(maps.Keys(byPerson)) {
		own := byPerson[person]
		slices.SortFunc(own, func(a, b *Line) int { return compareRecords(&a.Head, &b.Head) })
		countCopies(own)
		sorted = append(sorted, own...)
	}
	for i, line := range sorted {
		line.Number = uint32(i + 1)
	}
	return sorted
}

func netLine(fee *Fee, stay *Stay, refunds map[lineKey]taken) Line {
	line := Line{Fee: fee, Stay: stay, Category: fee.Category, Quantity: fee.Quantity, Amount: fee.Amount}
	done, money := fee.Quantity, fee.Amount
	if len(refunds) > 0 {
		back := refunds[lineKey{fee.stay(), fee.RecordID}]
		line.Quantity, line.Amount = line.Quantity+back.quantity, line.Amount+back.amount
		done, money = done+back.everything, money+back.money
	}
	line.performed = done > 0
	line.exists = line.Quantity > 0 && line.Amount > 0
	if fee.SelfPay {
		line.exists = done > 0 && fee.Amount+refunds[lineKey{fee.stay(), fee.RecordID}].money > 0
	}
	line.charged = line.Quantity > 0 && line.Amount > 0 && !fee.SelfPay
	line.paid = done > 0 && money > 0 && fee.SelfPay
	return line
}

// refunds adds up what refunds take back, by the line that they name.
func (w *World) refunds() map[lineKey]taken {
	refunds := map[lineKey]taken{}
	for _, fee := range w.facts.Fees {
		if fee.Reverses == "" {
			continue
		}
		key := lineKey{fee.stay(), fee.Reverses}
		back := refunds[key]
		back.everything += fee.Quantity
		back.money += fee.Amount
		if !fee.SelfPay {
			back.quantity += fee.Quantity
			back.amount += fee.Amount
		}
		refunds[key] = back
	}
	return refunds
}

// dayCategories are those whose lines may be charged by the day.
var dayCategories = [...]string{"bed", "nursing", "consultation"}

// dayUnits are the units of a charge by the day; none counts as one.
var dayUnits = [...]string{"", "日", "天", "床日", "day"}

// resolve looks up the item and the agreements on the service date.
func (l *Line) resolve(reference *Reference) {
	unit, day := "", l.At.Day()
	if row := reference.item(l.ItemCode, l.Stay.City, day); row != nil {
		l.Item, l.Category, unit, l.Cap = row, row.Category, row.Unit, row.capOf(l.Stay.Level)
	}
	kind := "medical"
	if l.Stay.Class == "rehab" {
		kind = "rehab"
	}
	l.Agreed = reference.agreed(l.InstitutionID, day)
	l.Suspended = reference.suspended(l.InstitutionID, kind, day)
	l.RehabAgreed = reference.rehabAgreed(l.InstitutionID, day)
	l.DayUnit = slices.Contains(dayCategories[:], l.Category) && slices.Contains(dayUnits[:], unit)
}

// compare orders charges of one second; equal ones are the same charge (FEE-001).
func (l *Line) compare(other *Line) int {
	return cmp.Or(
		cmp.Compare(l.Stay.Number, other.Stay.Number), strings.Compare(l.ItemCode, other.ItemCode), cmp.Compare(l.Quantity, other.Quantity),
		cmp.Compare(l.UnitPrice, other.UnitPrice), strings.Compare(l.PhysicianID, other.PhysicianID), strings.Compare(l.OrderID, other.OrderID))
}

// countCopies counts equal lines among those of a person that are a charge to
// the fund. They are in the order of records, so those of one second stand
// together.
func countCopies(lines []*Line) {
	var second []*Line
	for i, l := range lines {
		if i > 0 && l.At/1000 != lines[i-1].At/1000 {
			copiesWithin(second)
			second = second[:0]
		}
		if l.charged {
			second = append(second, l)
		}
	}
	copiesWithin(second)
}

// copiesWithin counts equal lines among those of one second.
func copiesWithin(lines []*Line) {
	slices.SortFunc(lines, func(a, b *Line) int { return cmp.Or(a.compare(b), strings.Compare(a.RecordID, b.RecordID)) })
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && lines[n].compare(lines[0]) == 0 {
			n++
		}
		for _, l := range lines[:n] {
			l.Copies, l.Kept = uint32(n), lines[0].RecordID
		}
		lines = lines[n:]
	}
}

// Day is the local day of the line.
func (l *Line) Day() claimwatch.Day { return l.At.Day() }
