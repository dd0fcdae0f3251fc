package rules_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// TestTwoOpenOrdersWake: two drugs of one class without end in open stays of two
// institutions. Nobody touches the person while the presents move on, one after
// the other: being due is enough.
func TestTwoOpenOrdersWake(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	start := claimwatch.InstantOf(time.Date(2026, 1, 1, 8, 0, 0, 0, claimwatch.Shanghai))
	const hour = claimwatch.Instant(time.Hour / time.Millisecond)
	set := func(kind claimwatch.Kind, house, person, id string, after claimwatch.Instant, fields map[string]claimwatch.Value) claimwatch.Stored {
		r := &claimwatch.Record{
			Kind: kind, Revision: 1, InstitutionID: house, PersonID: person, StayID: "S-" + house, RecordID: id,
			OccurredAt: start + after*hour, Values: make([]claimwatch.Value, len(kind.Fields())),
		}
		for name, value := range fields {
			value.Set = true
			r.Values[kind.Slot(name)] = value
		}
		return claimwatch.Stored{Record: r, ReceivedAt: r.OccurredAt, Hash: r.ContentHash()}
	}
	text := func(v string) claimwatch.Value { return claimwatch.Value{Text: v} }
	records := []claimwatch.Stored{}
	for house, item := range map[string]string{"H1": "SIM", "H2": "ATO"} {
		inpatient := map[string]claimwatch.Value{"class": text("inpatient"), "route": text("elective"), "department": text("d")}
		records = append(records, set(claimwatch.Admission, house, "P1", "A-"+house, 0, inpatient),
			set(claimwatch.Order, house, "P1", "O-"+house, 1, map[string]claimwatch.Value{"class": text("drug"), "item_code": text(item), "physician_id": text("D")}))
	}
	// Somebody else is cared for and moves the presents on.
	moves := []struct {
		house string
		after claimwatch.Instant
	}{{"H1", 30}, {"H2", 40}, {"H1", 73}, {"H2", 72}, {"H2", 73}, {"H2", 74}, {"H1", 90}, {"H2", 91}, {"H1", 120}}
	for i, m := range moves {
		records = append(records, set(claimwatch.CareRecord, m.house, "P2", string(rune('a'+i)), m.after, map[string]claimwatch.Value{"type": text("round")}))
	}
	items := [][]claimwatch.Value{}
	for code, atc := range map[string]string{"SIM": "C10AA01", "ATO": "C10AA05"} {
		items = append(items, referenceRow("items", map[string]string{
			"item_code": code, "valid_from": "2020-01-01", "name": code, "category": "drug", "unit": "u", "in_scope": "true", "atc": atc,
		}))
	}
	if err := s.LoadReference(t.Context(), "items", items); err != nil {
		t.Fatalf("LoadReference() error:\n%+v", err)
	}
	fixed := len(records) - len(moves)
	insert(t, s, records[:fixed])
	l := newLive(t, s)
	l.asOf = start + 200*hour
	l.evaluate(s.touchedBy(t, records[:fixed])) // nobody after this
	found := []int{}
	for i := range moves {
		insert(t, s, records[fixed+i:fixed+i+1])
		l.look()
		found = append(found, l.sweep())
	}
	// Three days together at 73 h; the order of H1 alone is not enough.
	if diff := cmp.Diff([]int{0, 0, 0, 0, 1, 1, 1, 1, 1}, found); diff != "" {
		t.Errorf("findings after each move (-want, +got):\n%s", diff)
	}
}
