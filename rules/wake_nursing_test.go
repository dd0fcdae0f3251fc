package rules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules"
)

// TestAnOpenNursingOrderWakes: an order without end is active at the last line of
// an open stay as soon as the present has moved on. Nobody touches the person
// meanwhile: being due is enough.
func TestAnOpenNursingOrderWakes(t *testing.T) {
	s := openStore(t)
	world, err := rules.WorldOf(
		"institutions institution_id=H1 level=2 city=Taiyuan",
		"items item_code=N1 category=nursing nursing_level=1 price_cap_2=50",
		"items item_code=N2 category=nursing nursing_level=2 price_cap_2=30",
		"A1 admission 01-01T08:00",
		"O1 order 01-01T09:00 class=nursing nursing_level=2",
		"F1 fee 01-02T09:00 item_code=N1 category=nursing unit_price=50",
		"C1 care_record 01-02T09:00:00.001 person_id=P2", // somebody else moves the present
	)
	if err != nil {
		t.Fatalf("WorldOf() error:\n%+v", err)
	}
	for table, rows := range world.Reference {
		if err := s.LoadReference(t.Context(), table, rows); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table, err)
		}
	}
	var records []claimwatch.Stored
	for i, r := range world.Records {
		records = append(records, claimwatch.Stored{
			Record: r.Record, Position: claimwatch.Position{Offset: int64(i)}, ReceivedAt: r.OccurredAt, Hash: r.ContentHash(),
		})
	}
	last := len(records) - 1
	scopes := []claimwatch.Scope{claimwatch.PersonScope("P1")}
	l := newLive(t, s)
	l.asOf = records[last].Record.OccurredAt + 1
	insert(t, s, records[:last])
	l.evaluate(s.touchedBy(t, records[:last])) // nobody after this
	before := nursingFindings(l, scopes)
	insert(t, s, records[last:])
	l.look()
	l.sweep()
	if diff := cmp.Diff([]int{0, 1}, []int{before, nursingFindings(l, scopes)}); diff != "" {
		t.Errorf("findings before and after the present moved (-want, +got):\n%s", diff)
	}
}

// nursingFindings counts what stands of FEE-015.
func nursingFindings(l *live, scopes []claimwatch.Scope) (count int) {
	for _, scope := range scopes {
		for _, f := range l.stands[scope].Findings {
			if f.Rule == "FEE-015" {
				count++
			}
		}
	}
	return count
}
