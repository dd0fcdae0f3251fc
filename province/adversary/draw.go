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
	stays   []key
	begun   []claimwatch.Instant // when each stay was, or would have been, admitted
	illness [2]string            // what most stays of a world about split stays are for
	records []claimwatch.Record
	serial  int
}

// key is a visit number at an institution of a person.
type key struct{ institution, person, stay string }

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

// themes are what most records of a world are about, so that rules with many
// conditions are met.
const (
	anything = "anything"
	split    = "split" // stays of one person, one after the other
	faces    = "faces" // identity checks
	tests    = "tests" // the same tests on the same days
	beds     = "beds"  // bed days
	gaps     = "gaps"  // bed days with leaves and little else
)

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
func (d *drawer) newRecord(kind claimwatch.Kind, k key, at claimwatch.Instant) *claimwatch.Record {
	d.serial++
	d.records = append(d.records, claimwatch.Record{
		Kind: kind, RecordID: one(d, "id", "r", "R", "f-") + itoa(d.serial), Revision: 1,
		InstitutionID: k.institution, PersonID: k.person, StayID: k.stay, OccurredAt: at,
		Values: make([]claimwatch.Value, len(kind.Fields())),
	})
	return &d.records[len(d.records)-1]
}

func itoa(n int) string { return string(claimwatch.AppendDecimal(nil, int64(n), 0)) }

func setText(r *claimwatch.Record, field, text string) {
	if text != "" {
		r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: text, Set: true}
	}
}

func setNumber(r *claimwatch.Record, field string, n int64) {
	r.Values[r.Kind.Slot(field)] = claimwatch.Value{Num: n, Set: true}
}

// setList sets a list of codes, empty when none is given.
func setList(r *claimwatch.Record, field, codes string) {
	r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: codes, Set: true}
}
