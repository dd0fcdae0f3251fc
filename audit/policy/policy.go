// Package policy knows what the agency has set for its own procedure (the
// reference table policies) by city and day, folded from the journal.
package policy

import (
	"strconv"

	"claimwatch"
)

// State is every policy that was set. The zero State has the defaults.
type State struct {
	rows map[key]row
}

type key struct {
	name claimwatch.PolicyName
	city string
	from claimwatch.Day
}

type row struct {
	until *claimwatch.Day // first day that is no longer covered
	value string
}

// Row is a row of the table.
type Row struct {
	Name  claimwatch.PolicyName
	City  string // empty: everywhere
	From  claimwatch.Day
	Until *claimwatch.Day // first day that is no longer covered; nil: without end
	Value string
	Void  bool
}

// Set takes a row of the table, or withdraws it when it is void.
func (s *State) Set(r Row) {
	k := key{r.Name, r.City, r.From}
	if r.Void {
		delete(s.rows, k)
		return
	}
	if s.rows == nil {
		s.rows = map[key]row{}
	}
	s.rows[k] = row{r.Until, r.Value}
}

// Value is what holds in a city on a day: the city's own row before the one for
// everywhere, of several the one that began last, else the default.
func (s *State) Value(name claimwatch.PolicyName, city string, on claimwatch.Day) string {
	for _, where := range []string{city, ""} {
		best, value := claimwatch.Day(0), ""
		for k, r := range s.rows {
			if k.name != name || k.city != where || k.from > on || r.until != nil && on >= *r.until {
				continue
			}
			if value == "" || k.from > best {
				best, value = k.from, r.value
			}
		}
		if value != "" {
			return value
		}
	}
	return claimwatch.PolicyDefault(name)
}

// Amount is the value of a policy that is an amount.
func (s *State) Amount(name claimwatch.PolicyName, city string, on claimwatch.Day) claimwatch.Fen {
	var amount claimwatch.Fen
	_ = amount.UnmarshalText([]byte(s.Value(name, city, on))) // checked when it was loaded
	return amount
}

// Number is the value of a policy that is a whole number.
func (s *State) Number(name claimwatch.PolicyName, city string, on claimwatch.Day) int {
	n, _ := strconv.Atoi(s.Value(name, city, on)) // checked when it was loaded
	return n
}
