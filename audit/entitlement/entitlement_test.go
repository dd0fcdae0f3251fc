package entitlement

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func morning(t *testing.T) claimwatch.Instant {
	t.Helper()
	day, err := claimwatch.ParseDay("2026-03-02")
	if err != nil {
		t.Fatalf("ParseDay() error:\n%+v", err)
	}
	return day.Midnight()
}

func TestWhoIsAnswered(t *testing.T) {
	at := morning(t)
	hospital, agency := Asker{Key: "k1", InstitutionID: "H1", At: at}, Asker{Key: "k2", At: at}
	for name, c := range map[string]struct {
		ask     Ask
		by      Asker
		granted bool
		wrong   bool
	}{
		"who treats":                  {ask: Ask{PersonID: "P1", InstitutionID: "H1", StayID: "S1", Purpose: Treating}, by: hospital, granted: true},
		"who opens a visit":           {ask: Ask{PersonID: "P1", InstitutionID: "H1", StayID: "S1", Purpose: Opening}, by: hospital, granted: true},
		"who names no visit":          {ask: Ask{PersonID: "P1", InstitutionID: "H1", Purpose: Opening}, by: hospital},
		"who says nothing":            {ask: Ask{PersonID: "P1", InstitutionID: "H1", Purpose: Unstated}, by: hospital},
		"the agency":                  {ask: Ask{PersonID: "P1", Purpose: Review}, by: agency, granted: true},
		"a hospital as the agency":    {ask: Ask{PersonID: "P1", InstitutionID: "H1", Purpose: Review}, by: hospital, wrong: true},
		"a hospital for another":      {ask: Ask{PersonID: "P1", InstitutionID: "H2", StayID: "S1", Purpose: Treating}, by: hospital, wrong: true},
		"nobody":                      {ask: Ask{InstitutionID: "H1", StayID: "S1", Purpose: Opening}, by: hospital, wrong: true},
		"by the identity-card number": {ask: Ask{PersonID: "11010519491231002X", InstitutionID: "H1", StayID: "S1", Purpose: Opening}, by: hospital, wrong: true},
		"for another reason":          {ask: Ask{PersonID: "P1", InstitutionID: "H1", Purpose: "curious"}, by: hospital, wrong: true},
	} {
		t.Run(name, func(t *testing.T) {
			var b Book
			asked, err := b.Decide(c.ask, c.by, 1)
			if (err != nil) != c.wrong || asked.Granted != c.granted {
				t.Errorf("Decide() = %v, %v, want granted %v, an error %v", asked.Granted, err, c.granted, c.wrong)
			}
		})
	}
}

// TestOpeningsADay: whatever is asked in whatever order, no institution is answered
// about more persons a day for visits that it only opens than was set; those that it
// was answered about may be asked again; each day begins anew; all of it is kept.
func TestOpeningsADay(t *testing.T) {
	first := morning(t)
	rapid.Check(t, func(t *rapid.T) {
		var b Book
		most, kept := rapid.IntRange(1, 4).Draw(t, "most"), 0
		answered := map[string]map[string]bool{} // by institution and day
		for seq := range rapid.IntRange(1, 60).Draw(t, "questions") {
			day := rapid.IntRange(0, 1).Draw(t, "day")
			house := rapid.SampledFrom([]string{"H1", "H2"}).Draw(t, "house")
			person := fmt.Sprint("P", rapid.IntRange(1, 8).Draw(t, "person"))
			purpose := rapid.SampledFrom([]Purpose{Treating, Opening, Unstated}).Draw(t, "purpose")
			by := Asker{Key: "k", InstitutionID: house, At: first + claimwatch.Instant(day)*86_400_000, Seq: uint64(seq)}
			asked, err := b.Decide(Ask{PersonID: person, InstitutionID: house, StayID: "S", Purpose: purpose}, by, most)
			if err != nil {
				t.Fatalf("Decide() error:\n%+v", err)
			}
			b.Apply(asked)
			kept++
			key := fmt.Sprint(house, day)
			if answered[key] == nil {
				answered[key] = map[string]bool{}
			}
			want := purpose == Treating || purpose == Opening && (answered[key][person] || len(answered[key]) < most)
			if purpose == Opening && want {
				answered[key][person] = true
			}
			if asked.Granted != want {
				t.Fatalf("question %d of %s about %s (%s): granted %v, want %v", seq, key, person, purpose, asked.Granted, want)
			}
		}
		all := 0
		for i := range 9 {
			all += len(b.Of(fmt.Sprint("P", i)))
		}
		if all != kept {
			t.Fatalf("%d questions are kept of %d", all, kept)
		}
	})
}
