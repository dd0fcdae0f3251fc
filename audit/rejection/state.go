package rejection

import (
	"claimwatch"
)

// Charge is a line as it was charged when it was rejected: the revision of the
// record, and its amount net of refunds. The item's name is text of the hospital
// and stays out of the journal's chain; Order carries it beside.
type Charge struct {
	Kind          claimwatch.Kind    `json:"kind"`
	InstitutionID string             `json:"institution_id"`
	RecordID      string             `json:"record_id"`
	Revision      int32              `json:"revision"`
	PersonID      string             `json:"person_id"`
	StayID        string             `json:"stay_id"`
	OccurredAt    claimwatch.Instant `json:"occurred_at"`
	ItemCode      string             `json:"item_code"`
	Net           claimwatch.Fen     `json:"net"`
}

// Line names the line that was charged.
func (c Charge) Line() LineKey { return LineKey{c.Kind, c.InstitutionID, c.RecordID} }

// Part is an amount to take from one line.
type Part struct {
	Charge    Charge
	ItemName  string
	Statement string // of the line's institution, whole; the list keeps its beginning
	Amount    claimwatch.Fen
}

// Order is an accepted rejection: what a finding asks for of its lines.
type Order struct {
	FindingID string
	Rule      string
	Severity  claimwatch.Severity
	Rank      int    // the rule's place in the catalogue from 1 on; 0: it has none and comes last
	Subject   string // of the finding, for the order of rules.md 1.21
	Basis     []claimwatch.Basis
	Reason    string
	By        string // ids of the keys that decided, joined with ";"
	At        claimwatch.Instant
	Parts     []Part
}

// Cause is why a line is given back, and by whom.
type Cause struct {
	Reason string
	By     string // ids of the keys, joined with ";"
	At     claimwatch.Instant
}

// LineKey names a line of an institution.
type LineKey struct {
	Kind          claimwatch.Kind
	InstitutionID string
	RecordID      string
}

// State is what has been rejected so far and on which lists it stands. The zero
// State is empty.
//
// What each finding asks for of a line is kept; what it takes follows by
// attribution (rules.md 1.21), so an overturned finding makes room for those that
// came to nothing because of it. A list is what is taken and stands on no sealed
// list yet: while it is open it changes with every decision, once sealed never.
type State struct {
	houses   map[string]*house
	findings map[string][]*claim
	lines    []LineKey // in the order in which they were first rejected
	orders   int
}

// house is what is known of one institution.
type house struct {
	lines    map[LineKey]*line
	open     map[*claim]bool // taken and sealed differ
	sealed   map[string]RejectedList
	numbers  map[string]int // the last number of each year
	revision int
}

// line is a charged line with everything that findings ask for of it.
type line struct {
	month   string // local month of its service date
	claims  []*claim
	changes int
}

// claim is what one finding asks for of one line.
type claim struct {
	order  *Order // without its parts
	place  int    // of the order among all orders
	part   Part
	asked  claimwatch.Fen // 0 when it was given up
	worth  claimwatch.Fen // the line's net amount as far as this decision may count on it
	taken  claimwatch.Fen // what it takes now
	sealed claimwatch.Fen // what stands of it on sealed lists
	number string         // of the latest sealed list that holds it
	cause  *Cause         // why it takes less than before
}

func (s *State) house(institution string) *house {
	if s.houses == nil {
		s.houses = map[string]*house{}
	}
	h := s.houses[institution]
	if h == nil {
		h = &house{lines: map[LineKey]*line{}, open: map[*claim]bool{}, sealed: map[string]RejectedList{}, numbers: map[string]int{}}
		s.houses[institution] = h
	}
	return h
}

// Reject takes an order and gives every item that it changed, those of the order
// first. A line of which nothing is left gives no item. An order for a finding
// that was rejected before replaces what that one asked for of the same lines.
func (s *State) Reject(o Order) []Listed {
	s.orders++
	header := o
	header.Parts = nil
	var touched []LineKey
	for _, part := range o.Parts {
		key := part.Charge.Line()
		s.put(&header, part)
		touched = append(touched, key)
	}
	return s.settle(o.FindingID, touched)
}

// put notes what an order asks for of one line. The net amount that it names is
// the latest knowledge: no earlier decision counts on more.
func (s *State) put(o *Order, part Part) {
	key := part.Charge.Line()
	h := s.house(key.InstitutionID)
	l := h.lines[key]
	if l == nil {
		l = &line{month: part.Charge.OccurredAt.Day().Month()}
		h.lines[key] = l
		s.lines = append(s.lines, key)
	}
	net := max(0, part.Charge.Net)
	var c *claim
	for _, other := range l.claims {
		other.worth = min(other.worth, net)
		if other.order.FindingID == o.FindingID {
			c = other
		}
	}
	if c == nil {
		c = &claim{}
		l.claims = append(l.claims, c)
		if s.findings == nil {
			s.findings = map[string][]*claim{}
		}
		s.findings[o.FindingID] = append(s.findings[o.FindingID], c)
	}
	part.Statement = short(part.Statement)
	c.order, c.place, c.part, c.asked, c.worth, c.cause = o, s.orders, part, max(0, part.Amount), net, nil
}

// Withdraw gives back what a finding took, because its rejection was overturned or
// it was opened again, and gives every item that changed. What other rejected
// findings asked for of the same lines and did not get goes to them.
func (s *State) Withdraw(findingID string, why Cause) []Listed {
	var touched []LineKey
	for _, c := range s.findings[findingID] {
		if c.asked > 0 {
			c.asked, c.cause = 0, &why
			touched = append(touched, c.part.Charge.Line())
		}
	}
	return s.settle(findingID, touched)
}

// Adjust notes that a line is worth less now than what was rejected of it, net of
// refunds, and gives the items that changed. More is never taken: whoever wants a
// line that is worth more again decides anew.
func (s *State) Adjust(key LineKey, net claimwatch.Fen, why Cause) []Listed {
	l := s.line(key)
	if l == nil {
		return nil
	}
	net = max(0, net)
	for _, c := range l.claims {
		if c.worth > net {
			c.worth = net
			if c.taken > 0 {
				c.cause = &why
			}
		}
	}
	return s.settle("", []LineKey{key})
}

func (s *State) line(key LineKey) *line {
	h := s.houses[key.InstitutionID]
	if h == nil {
		return nil
	}
	return h.lines[key]
}

// settle attributes touched lines anew and gives the items that changed, those of
// the finding itself first.
func (s *State) settle(findingID string, touched []LineKey) []Listed {
	var own, others []Listed
	counted := map[string]bool{}
	for _, key := range touched {
		h, l := s.houses[key.InstitutionID], s.line(key)
		if !counted[key.InstitutionID] {
			counted[key.InstitutionID] = true
			h.revision++
		}
		l.changes++
		before := make([]claimwatch.Fen, len(l.claims))
		for i, c := range l.claims {
			before[i] = c.taken - c.sealed
		}
		attribute(l.claims)
		for i, c := range l.claims {
			amount := c.taken - c.sealed
			if amount == 0 {
				delete(h.open, c)
			} else {
				h.open[c] = true
			}
			mine := c.order.FindingID == findingID
			if amount == before[i] && (!mine || amount == 0) {
				continue
			}
			listed := Listed{InstitutionID: key.InstitutionID, Month: h.month(l.month), Void: amount == 0, RejectedItem: h.item(l, c)}
			if mine {
				own = append(own, listed)
			} else {
				others = append(others, listed)
			}
		}
	}
	return append(own, others...)
}

// short is the beginning of a statement, as a list shows it.
func short(text string) string {
	const most = 200 // characters
	count := 0
	for i := range text {
		if count == most {
			return text[:i]
		}
		count++
	}
	return text
}
