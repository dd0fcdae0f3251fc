package slice

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Line is a fee line net of its refunds (rules.md 1.7 to 1.10).
type Line struct {
	*Fee
	Stay *Stay
	// Number is the place in the order of records of all lines: a greater number
	// is a later line.
	Number           uint32
	Category         string // resolved
	Quantity, Amount int64  // net
	DayUnit          bool
	ItemFound        bool
	Cap, MaxPerDay   *int64
	// Of lines that are equal within a stay (FEE-001) there are Copies, and Kept is
	// the smallest record_id of them.
	Copies uint32
	Kept   string

	charged   bool // a charge to the fund
	performed bool // self-pay and for nothing too
}

// taken is what refunds take back from a line. A self-pay refund gives nothing
// back to the fund, but what it takes back was not done.
type taken struct{ quantity, amount, everything int64 }

type lineKey struct {
	stay   stayKey
	record string
}

// lines are the net lines of known stays that exist for some rule, in the order
// of records.
func (w *World) lines(stays map[stayKey]*Stay, reference *Reference) []*Line {
	refunds := w.refunds()
	lines := make([]*Line, 0, len(w.facts.Fees))
	for i := range w.facts.Fees {
		fee := &w.facts.Fees[i]
		stay := stays[fee.stay()]
		if stay == nil || fee.Reverses != "" {
			continue
		}
		back := refunds[lineKey{fee.stay(), fee.RecordID}]
		line := &Line{
			Fee: fee, Stay: stay, Category: fee.Category,
			Quantity: fee.Quantity + back.quantity, Amount: fee.Amount + back.amount,
			performed: fee.Quantity+back.everything > 0,
		}
		line.charged = line.Quantity > 0 && line.Amount > 0 && !fee.SelfPay
		if line.Quantity > 0 || line.performed {
			line.resolve(reference)
			lines = append(lines, line)
		}
	}
	slices.SortFunc(lines, func(a, b *Line) int {
		return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.RecordID, b.RecordID), strings.Compare(a.InstitutionID, b.InstitutionID))
	})
	for i, line := range lines {
		line.Number = uint32(i + 1)
	}
	countCopies(lines)
	return lines
}

// refunds adds up what refunds take back, by the line that they name.
func (w *World) refunds() map[lineKey]taken {
	refunds := map[lineKey]taken{}
	for i := range w.facts.Fees {
		fee := &w.facts.Fees[i]
		if fee.Reverses == "" {
			continue
		}
		key := lineKey{fee.stay(), fee.Reverses}
		back := refunds[key]
		back.everything += fee.Quantity
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

// resolve takes category, unit and limits from the item on the service date.
func (l *Line) resolve(reference *Reference) {
	unit := ""
	if row := reference.item(l.ItemCode, l.Stay.city, l.At.Day()); row != nil {
		l.ItemFound, l.Category, unit = true, row.Category, row.Unit
		l.Cap, l.MaxPerDay = row.capOf(l.Stay.Level), row.MaxPerDay
	}
	l.DayUnit = slices.Contains(dayCategories[:], l.Category) && slices.Contains(dayUnits[:], unit)
}

// equal is what lines share that are the same charge several times (FEE-001).
type equal struct {
	stay                 *Stay
	item                 string
	second               int64
	quantity, price      int64
	physicianID, orderID string
}

// countCopies counts equal lines among those that are a charge to the fund.
func countCopies(lines []*Line) {
	same := map[equal][]*Line{}
	for _, l := range lines {
		if l.charged {
			key := equal{l.Stay, l.ItemCode, int64(l.At) / 1000, l.Quantity, l.UnitPrice, l.PhysicianID, l.OrderID}
			same[key] = append(same[key], l)
		}
	}
	for _, copies := range same {
		kept := copies[0].RecordID
		for _, l := range copies {
			kept = min(kept, l.RecordID)
		}
		for _, l := range copies {
			l.Copies, l.Kept = uint32(len(copies)), kept
		}
	}
}

// Day is the local day of the line.
func (l *Line) Day() claimwatch.Day { return l.At.Day() }
