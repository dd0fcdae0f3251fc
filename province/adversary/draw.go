package adversary

import (
	"pgregory.net/rapid"

	"claimwatch"
)

const (
	second = claimwatch.Instant(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// start is the first day of a world, 2026-03-02.
const start = claimwatch.Day(20_514)

// shifts are the distances at which the rules change their minds, and beside.
var shifts = []claimwatch.Instant{
	0, 1, 60, 999, second, minute, hour, 6 * hour, 10 * hour,
	day - 1, day, day + 1, 30*hour - 1, 30 * hour, 2*day - 1, 2 * day, 2*day + 1,
	3 * day, 7*day - 1, 7 * day, 8 * day, 15 * day, 16 * day,
}

// drawer draws one world.
type drawer struct {
	t       *rapid.T
	theme   string
	pool    []claimwatch.Instant // moments drawn so far: others are drawn close to them
	stays   []stay
	illness [2]string // what most stays of a world about split stays are for
	log     []*upload
	serial  int
	wishes  map[string][]string            // values of columns that a scene needs, by table, key and column
	rows    map[string][]map[string]string // the reference tables
	later   []func()                       // what depends on everything else
}

// upload is a record on its way into the log.
type upload struct {
	claimwatch.Record
	received claimwatch.Instant // 0: after a delay of its own
}

// key is a visit number at an institution of a person.
type key struct{ institution, person, stay string }

// stay is a visit number and when it was, or would have been, admitted and
// discharged; an open one has no end.
type stay struct {
	key
	class, route string
	begun, ended claimwatch.Instant
}

// day is a moment on the n-th day of the stay, counted from 0.
func (s stay) day(n int, since claimwatch.Instant) claimwatch.Instant {
	return (s.begun.Day() + claimwatch.Day(n)).Midnight() + since
}

// one picks an element. Earlier ones are the simpler ones.
func one[T any](d *drawer, label string, list ...T) T {
	return list[d.upTo(len(list)-1, label)]
}

// often is true in n of ten draws.
func (d *drawer) often(n int, label string) bool { return d.upTo(9, label) >= 10-n }

// upTo draws a number from 0 to n, each as likely as the others: rapid's own
// ranges prefer their ends, which makes worlds too poor. It shrinks towards 0.
func (d *drawer) upTo(n int, label string) int {
	const bits = 10
	scaled := 0
	for range bits {
		scaled *= 2
		if rapid.Bool().Draw(d.t, label) {
			scaled++
		}
	}
	return scaled * (n + 1) >> bits
}

// like draws the first element in most of the worlds of a theme, any otherwise.
func like[T any](d *drawer, theme, label string, list ...T) T {
	if d.theme == theme && d.often(8, label+" as the theme") {
		return list[0]
	}
	return one(d, label, list...)
}

// moment draws an instant at one of the distances from one drawn before, or on a
// midnight beside it.
func (d *drawer) moment(label string) claimwatch.Instant {
	return d.near(d.pool[d.upTo(len(d.pool)-1, label+" anchor")], label)
}

// near draws an instant close to another.
func (d *drawer) near(at claimwatch.Instant, label string) claimwatch.Instant {
	shift := shifts[d.upTo(len(shifts)-1, label+" shift")]
	switch d.upTo(9, label+" side") {
	case 0, 1, 2, 3, 4, 5:
		at += shift
	case 6, 7:
		at -= shift
	case 8:
		at = at.Day().Midnight()
	case 9:
		at = (at.Day() + 1).Midnight() - 1
	}
	d.pool = append(d.pool, at)
	return at
}

// newRecord starts a record. Identifiers are short and repeat between kinds and
// institutions; only within one they are unique.
func (d *drawer) newRecord(kind claimwatch.Kind, k key, at claimwatch.Instant) *upload {
	d.serial++
	r := &upload{Record: claimwatch.Record{
		Kind: kind, RecordID: one(d, "id", "r", "R", "f-") + itoa(d.serial), Revision: 1,
		InstitutionID: k.institution, PersonID: k.person, StayID: k.stay, OccurredAt: at,
		Values: make([]claimwatch.Value, len(kind.Fields())),
	}}
	d.log = append(d.log, r)
	return r
}

func itoa(n int) string { return string(claimwatch.AppendDecimal(nil, int64(n), 0)) }

// text sets a field unless the text is empty.
func (r *upload) text(field, text string) *upload {
	if text != "" {
		r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: text, Set: true}
	}
	return r
}

// number sets a field to a number in the unit of its type.
func (r *upload) number(field string, n int64) *upload {
	r.Values[r.Kind.Slot(field)] = claimwatch.Value{Num: n, Set: true}
	return r
}

// numberFrom0 sets a field unless the number is less than 0.
func (r *upload) numberFrom0(field string, n int64) *upload {
	if n >= 0 {
		r.number(field, n)
	}
	return r
}

// moment sets a field to an instant.
func (r *upload) moment(field string, at claimwatch.Instant) *upload {
	return r.number(field, int64(at))
}

// list sets a list of codes, empty when none is given.
func (r *upload) list(field, codes string) *upload {
	r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: codes, Set: true}
	return r
}
