package slice

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"claimwatch"
)

// OverCourse is a line in a finding about a person, item and month: one above
// what courses, intervals and, of rehabilitation, days allow, or one that was
// counted with it (RX-009, REH-002).
type OverCourse struct {
	*Line
	// Month of the finding, YYYY-MM; empty for a line of rehabilitation whose item
	// has no row, so that its limit of a day cannot be told.
	Month string
	// Over says that the line is in excess; Amount is then that of the largest
	// excess in fen, and Limits are the ids of the rows that it exceeds.
	Over   bool
	Amount int64
	Limits []string
}

// Rehab says that the line is REH-002's.
func (o *OverCourse) Rehab() bool { return o.Category == "rehab" }

// course is what is worked out for the lines of one item and person.
type course struct {
	lines   []*Line
	measure []*big.Int // of each line: days of supply or quantity, in 1/(10,000 per)
	per     *big.Int
	excess  []*big.Int       // of each line, the largest of all limits
	limits  [][]string       // that each line exceeds
	counted []map[int]bool   // with each line in excess
	days    []claimwatch.Day // of each line
}

// overCourses are the lines in excess and those counted with them, of every
// person and item that has a limit.
func overCourses(fees []*Line, reference *Reference) []*OverCourse {
	type key struct {
		person, item string
		rehab        bool // lines of rehabilitation are judged by themselves
	}
	groups := map[key][]*Line{}
	var order []key
	var all []*OverCourse
	for _, l := range fees {
		rehab := l.Category == "rehab"
		if rehab && l.Item == nil {
			all = append(all, &OverCourse{Line: l})
		}
		if len(reference.Limits[l.ItemCode]) == 0 && !(rehab && l.Item != nil && l.Item.MaxPerDay != nil) {
			continue
		}
		k := key{l.PersonID, l.ItemCode, rehab}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], l)
	}
	for _, k := range order {
		c := courseOf(groups[k])
		limits := slices.Clone(reference.Limits[k.item])
		slices.SortFunc(limits, func(a, b ItemLimit) int { return cmp.Compare(a.ID, b.ID) })
		for _, limit := range limits {
			c.hold(limit)
		}
		if k.rehab {
			c.holdDays()
		}
		all = append(all, c.rows()...)
	}
	return all
}

// courseOf measures the lines: days of supply for drugs that give them, else
// quantities.
func courseOf(lines []*Line) *course {
	measures := make([]*big.Rat, len(lines))
	c := &course{
		lines: lines, days: make([]claimwatch.Day, len(lines)),
		excess: make([]*big.Int, len(lines)), limits: make([][]string, len(lines)), counted: make([]map[int]bool, len(lines)),
	}
	for i, l := range lines {
		c.days[i], c.excess[i] = l.Day(), new(big.Int)
		measures[i] = new(big.Rat).SetInt64(l.Quantity)
		if l.inDays() {
			measures[i] = scaled(10_000*int64(*l.DaysSupply), l.Quantity, l.Fee.Quantity)
		}
	}
	c.measure, c.per = shared(measures)
	return c
}

// inDays says that courses count the line in days of supply.
func (l *Line) inDays() bool { return l.Category == "drug" && l.DaysSupply != nil }

// hold judges the lines of the days on which a row is valid.
func (c *course) hold(limit ItemLimit) {
	var valid []int
	for i := range c.lines {
		if limit.On(c.days[i]) {
			valid = append(valid, i)
		}
	}
	switch {
	case limit.Kind == "interval":
		c.holdInterval(valid, limit)
	case limit.Max != nil:
		c.holdCourse(valid, limit)
	}
}

// holdInterval finds the lines too soon after the last that was in time; another
// one of the same day is no interval.
func (c *course) holdInterval(valid []int, limit ItemLimit) {
	last := -1
	for _, i := range valid {
		if last >= 0 && c.days[i] != c.days[last] && int32(c.days[i]-c.days[last]) < limit.Days {
			c.exceed(i, c.measure[i], limit.ID, []int{last})
			continue
		}
		last = i
	}
}

// holdCourse goes through the windows from the day of each line, in order; what
// one window finds in excess the later ones do not count.
func (c *course) holdCourse(valid []int, limit ItemLimit) {
	most := new(big.Int).Mul(big.NewInt(*limit.Max), c.per)
	left := make(map[int]*big.Int, len(valid))
	given := make(map[int]*big.Int)
	with := make(map[int][]int)
	sum := new(big.Int)
	first, next := 0, 0 // the window is valid[first:next]
	for k, i := range valid {
		if k > 0 && c.days[i] == c.days[valid[k-1]] {
			continue // the same window again
		}
		for ; c.days[valid[first]] < c.days[i]; first++ {
			sum.Sub(sum, left[valid[first]])
		}
		for ; next < len(valid) && int32(c.days[valid[next]]-c.days[i]) < limit.Days; next++ {
			left[valid[next]] = new(big.Int).Set(c.measure[valid[next]])
			sum.Add(sum, c.measure[valid[next]])
		}
		if rest := new(big.Int).Sub(sum, most); rest.Sign() > 0 {
			sum.Set(most)
			take(valid[first:next], rest, left, given, with)
		}
	}
	for _, i := range valid {
		if given[i] != nil {
			c.exceed(i, given[i], limit.ID, with[i])
		}
	}
}

// take takes the rest of a window from its last lines: what is left of each line
// becomes less, what it has given more. With each go the lines of the window.
func take(window []int, rest *big.Int, left, given map[int]*big.Int, with map[int][]int) {
	for _, i := range slices.Backward(window) {
		part := new(big.Int).Set(rest)
		if part.Cmp(left[i]) > 0 {
			part.Set(left[i])
		}
		if part.Sign() == 0 {
			continue
		}
		rest.Sub(rest, part)
		left[i].Sub(left[i], part)
		if given[i] == nil {
			given[i] = new(big.Int)
		}
		given[i].Add(given[i], part)
		with[i] = append(with[i], window...)
	}
}

// holdDays finds what is above the limit of a day at one institution.
func (c *course) holdDays() {
	type place struct {
		institution string
		day         claimwatch.Day
	}
	days := map[place][]int{}
	for i, l := range c.lines {
		if l.Item != nil && l.Item.MaxPerDay != nil {
			at := place{l.InstitutionID, c.days[i]}
			days[at] = append(days[at], i)
		}
	}
	for _, lines := range days {
		rest := new(big.Int).Mul(big.NewInt(-*c.lines[lines[0]].Item.MaxPerDay), c.per)
		left, given, with := map[int]*big.Int{}, map[int]*big.Int{}, map[int][]int{}
		for _, i := range lines {
			left[i] = new(big.Int).Set(c.measure[i])
			rest.Add(rest, left[i])
		}
		if rest.Sign() > 0 {
			take(lines, rest, left, given, with)
		}
		for i, excess := range given {
			c.exceed(i, excess, "max_per_day", with[i])
		}
	}
}

// exceed notes that a line is in excess of a limit, counted with others. Of
// several limits the largest excess counts.
func (c *course) exceed(i int, excess *big.Int, limit string, with []int) {
	if excess.Cmp(c.excess[i]) > 0 {
		c.excess[i] = excess
	}
	c.limits[i] = append(c.limits[i], limit)
	if c.counted[i] == nil {
		c.counted[i] = map[int]bool{}
	}
	for _, other := range with {
		c.counted[i][other] = true
	}
}

// rows are the lines of the findings, one finding a month.
func (c *course) rows() []*OverCourse {
	type place struct {
		month string
		line  int
	}
	rows := map[place]*OverCourse{}
	for i, l := range c.lines {
		if c.counted[i] == nil {
			continue
		}
		month := c.days[i].Month()
		rows[place{month, i}] = &OverCourse{Line: l, Month: month, Over: true, Amount: c.amount(i), Limits: c.limits[i]}
		for other := range c.counted[i] {
			if at := (place{month, other}); rows[at] == nil {
				rows[at] = &OverCourse{Line: c.lines[other], Month: month}
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(rows), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.month, b.month), cmp.Compare(a.line, b.line))
	})
	all := make([]*OverCourse, len(order))
	for i, at := range order {
		all[i] = rows[at]
	}
	return all
}

// amount is what the excess of a line costs: days of supply in proportion,
// quantities at the line's price (rules.md 1.15).
func (c *course) amount(i int) int64 {
	l := c.lines[i]
	number, by := big.NewInt(l.Amount), c.measure[i]
	if !l.inDays() {
		number, by = big.NewInt(l.UnitPrice), new(big.Int).Mul(big.NewInt(100_000_000), c.per)
	}
	amount := rounded(number.Mul(number, c.excess[i]), by)
	if !amount.IsInt64() {
		return l.Amount
	}
	return min(amount.Int64(), l.Amount)
}
