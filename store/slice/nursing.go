package slice

import "claimwatch"

// NursingLine is a nursing line beside the order that was active then (FEE-015).
type NursingLine struct {
	*Line
	// Order is the nursing order with a level that is active at the line, the last
	// started of several; nil when there is none.
	Order *ActiveOrder
	// LevelCap is the smallest cap among items of the ordered level that are not
	// charged by the hour; nil when no such item has one, or without an order.
	LevelCap *int64
	// WokenAt is when the institution's present has come so far that another order
	// may be active at the line; 0 for never.
	WokenAt claimwatch.Instant
}

// nursingLines are those of inpatient stays that cannot be compared, that have
// more care than ordered, or that may yet.
func nursingLines(fees []*Line, orders []*ActiveOrder, reference *Reference) []*NursingLine {
	levels := map[*Stay][]*ActiveOrder{}
	for _, o := range orders {
		if o.Class == "nursing" && o.NursingLevel != nil {
			levels[o.Stay] = append(levels[o.Stay], o)
		}
	}
	var found []*NursingLine
	for _, l := range fees {
		if l.Category != "nursing" || !l.Stay.Inpatient() || l.Item != nil && l.Item.NursingLevel == nil {
			continue
		}
		n := &NursingLine{Line: l}
		if l.Item == nil {
			found = append(found, n)
			continue
		}
		n.order(levels[l.Stay])
		if n.Order != nil && *n.Order.NursingLevel <= *l.Item.NursingLevel && n.WokenAt == 0 {
			continue
		}
		if n.Order != nil {
			n.LevelCap = reference.levelCap(*n.Order.NursingLevel, l)
		}
		found = append(found, n)
	}
	return found
}

// order finds the order that is active at the line.
func (n *NursingLine) order(orders []*ActiveOrder) {
	for _, o := range orders {
		switch {
		case o.At > n.At:
		case n.At < o.Until:
			if n.Order == nil || n.Order.before(&o.Head) {
				n.Order = o
			}
		case o.OpenEnded && n.Stay.DischargedAt == nil: // it ends where the stay has come to
			n.WokenAt = n.At + 1
		}
	}
}

// levelCap is the smallest cap, on the day of a line and for its institution,
// among items of a nursing level that are not charged by the hour.
func (r *Reference) levelCap(level int32, l *Line) *int64 {
	var smallest *int64
	for code := range r.Nursing {
		row := r.item(code, l.Stay.City, l.Day())
		if row == nil || row.NursingLevel == nil || *row.NursingLevel != level || row.HourUnit {
			continue
		}
		if limit := row.capOf(l.Stay.Level); limit != nil && (smallest == nil || *limit < *smallest) {
			smallest = limit
		}
	}
	return smallest
}
