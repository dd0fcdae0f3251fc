package rules_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/rules"
)

// acrossReference is what the rules of these tests read.
var acrossReference = []string{
	"institutions institution_id=H1 beds=1",
	"items item_code=LEG category=device",
	"appraisals appraisal_id=1 person_id=P1 item_code=LEG",
	"appraisals appraisal_id=2 person_id=P2 item_code=LEG",
}

const photo = "stay_id= item_code=LEG laser_mark=M photo_sha256=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

// tell opens a store with reference rows and gives it with the records of facts
// that are not stored yet, in the notation of cases.
func tell(t *testing.T, facts ...string) (*testStore, []claimwatch.Stored) {
	t.Helper()
	world, err := rules.WorldOf(slices.Concat(acrossReference, facts)...)
	if err != nil {
		t.Fatalf("WorldOf() error:\n%+v", err)
	}
	s := openStore(t)
	for table, rows := range world.Reference {
		if err := s.LoadReference(t.Context(), table, rows); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table, err)
		}
	}
	var records []claimwatch.Stored
	for i, r := range world.Records {
		records = append(records, claimwatch.Stored{
			Record: r.Record, Position: claimwatch.Position{Offset: int64(i)}, ReceivedAt: r.ReceivedAt, Hash: r.ContentHash(),
		})
	}
	return s, records
}

// standing are the scopes of which a finding of the rule stands.
func (l *live) standing(rule string) (scopes []string) {
	for scope, e := range l.stands {
		for _, f := range e.Findings {
			if f.Rule == rule {
				scopes = append(scopes, string(scope))
			}
		}
	}
	slices.Sort(scopes)
	return scopes
}

// TestTimeBringsWhatConcernsOthers stores everything at once and lets time pass:
// the last record, when it comes into being, changes what is found about
// somebody else, or about the institution, and these wake with it.
func TestTimeBringsWhatConcernsOthers(t *testing.T) {
	for name, test := range map[string]struct {
		facts []string
		rule  string
		stand []string
	}{
		"another fitting with the photograph": {
			[]string{"D1 device_fitting 01-01T08:00 " + photo, "D2 device_fitting 01-01T18:00 person_id=P2 " + photo},
			"DEV-003", []string{"P1", "P2"},
		},
		"the line that a refund of another person names": {
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T08:00 person_id=P2", "R1 fee 01-01T09:00 quantity=-1 reverses=F9",
				"F9 fee 01-01T18:00 person_id=P2",
			},
			"FEE-028", []string{"P1"},
		},
		"the admission of the stay with the line that a refund of another person names": {
			[]string{
				"A1 admission 01-01T08:00", "R1 fee 01-01T09:00 quantity=-1 reverses=F9", "F9 fee 01-01T10:00 person_id=P2",
				"A2 admission 01-01T18:00 person_id=P2",
			},
			"FEE-028", []string{"P1"},
		},
		"an order with which an open stay lasts longer in a bed that another came into": {
			[]string{
				"A1 admission 01-01T08:00 ward=W bed=1", "A2 admission 01-01T10:00 person_id=P2 ward=W bed=1",
				"C2 care_record 01-01T20:00 person_id=P2 type=round", "O1 order 01-01T21:00",
			},
			"ADM-012", []string{"inst:H1"},
		},
		"a record with which the present leaves midnight": {
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T10:00 person_id=P2",
				"C1 care_record 01-02T00:00 type=round", "C2 care_record 01-02T00:01 type=round",
			},
			"ADM-019", []string{"inst:H1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, records := tell(t, test.facts...)
			insert(t, s, records)
			l := newLive(t, s)
			l.asOf = records[0].Record.OccurredAt - 1
			l.evaluate(s.touchedBy(t, records))
			last := records[len(records)-1].Record.OccurredAt
			for _, step := range []struct {
				asOf  claimwatch.Instant
				stand []string
			}{{records[len(records)-2].Record.OccurredAt, nil}, {last - 1, nil}, {last, test.stand}} {
				l.asOf = step.asOf
				l.look()
				l.sweep()
				if diff := cmp.Diff(step.stand, l.standing(test.rule)); diff != "" {
					t.Errorf("as of %s (-want, +got):\n%s", step.asOf, diff)
				}
			}
		})
	}
}

// TestRecordsConcernOthers lets records come one after the other: who else the
// last one concerns is touched by it.
func TestRecordsConcernOthers(t *testing.T) {
	for name, test := range map[string]struct {
		facts         []string
		rule          string
		before, after []string
	}{
		"a fitting with the photograph": {
			[]string{"D1 device_fitting 01-01T08:00 " + photo, "D2 device_fitting 01-01T09:00 person_id=P2 " + photo},
			"DEV-003", nil, []string{"P1", "P2"},
		},
		"the admission of the stay in which another was fitted with the photograph": {
			[]string{"D1 device_fitting 01-01T09:00 " + photo + " stay_id=S1", "D2 device_fitting 01-01T09:00 person_id=P2 " + photo, "A1 admission 01-01T08:00"},
			"DEV-003", nil, []string{"P1", "P2"},
		},
		"the line that a refund of another person names": {
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T08:00 person_id=P2", "R1 fee 01-01T09:00 quantity=-1 reverses=F9",
				"F9 fee 01-01T09:00 person_id=P2",
			},
			"FEE-028", nil, []string{"P1"},
		},
		"the admission of the stay with the line that a refund of another person names": {
			[]string{
				"A1 admission 01-01T08:00", "R1 fee 01-01T09:00 quantity=-1 reverses=F9", "F9 fee 01-01T09:00 person_id=P2",
				"A2 admission 01-01T08:00 person_id=P2",
			},
			"FEE-028", nil, []string{"P1"},
		},
		"the admission of whoever refunds first": {
			[]string{
				"A2 admission 01-01T08:00 person_id=P2", "A3 admission 01-01T08:00 person_id=P3", "F9 fee 01-01T09:00 person_id=P2",
				"R1 fee 01-01T10:00 quantity=-1 reverses=F9", "R3 fee 01-01T11:00 person_id=P3 quantity=-1 reverses=F9",
				"A1 admission 01-01T08:00",
			},
			"FEE-028", []string{"P3"}, []string{"P1"},
		},
		"a revision of the first of two refunds that names another line": {
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T08:00 person_id=P2", "A3 admission 01-01T08:00 person_id=P3",
				"F1 fee 01-01T09:00", "F9 fee 01-01T09:00 person_id=P2",
				"R1 fee 01-01T10:00 quantity=-1 reverses=F9", "R3 fee 01-01T11:00 person_id=P3 quantity=-1 reverses=F9",
				"R1 fee 01-01T10:00 quantity=-1 reverses=F1 revision=2",
			},
			"FEE-028", []string{"P1"}, []string{"P3"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, records := tell(t, test.facts...)
			l := newLive(t, s)
			l.asOf = records[0].Record.OccurredAt + 12*60*60*1000
			for i := range records {
				if i == len(records)-1 {
					if diff := cmp.Diff(test.before, l.standing(test.rule)); diff != "" {
						t.Errorf("before (-want, +got):\n%s", diff)
					}
				}
				insert(t, s, records[i:i+1])
				l.evaluate(s.touchedBy(t, records[i:i+1]))
				l.look()
				l.sweep()
			}
			if diff := cmp.Diff(test.after, l.standing(test.rule)); diff != "" {
				t.Errorf("after (-want, +got):\n%s", diff)
			}
		})
	}
}
