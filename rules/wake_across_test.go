package rules_test

import (
	gocmp "cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
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

const photo = "stay_id= item_code=LEG laser_mark=M photo_sha256=PHOTO"

// told is one of several stories that are told in one store, each of persons,
// institutions and photographs of its own.
type told struct {
	prefix  string
	records []claimwatch.Stored // not stored yet
}

// tell opens a store with the reference rows of stories in the notation of cases.
func tell(t *testing.T, stories ...[]string) (*testStore, []told) {
	t.Helper()
	s, list := openStore(t), make([]told, len(stories))
	reference := map[string][][]claimwatch.Value{}
	var offset int64
	for i, facts := range stories {
		list[i].prefix = fmt.Sprintf("c%d.", i)
		facts = slices.Concat(acrossReference, facts)
		for k := range facts {
			facts[k] = strings.ReplaceAll(facts[k], "PHOTO", strings.Repeat(strconv.Itoa(i), 64))
		}
		world, err := rules.PrefixedWorldOf(list[i].prefix, facts...)
		if err != nil {
			t.Fatalf("PrefixedWorldOf() error:\n%+v", err)
		}
		for table, rows := range world.Reference {
			reference[table] = append(reference[table], rows...)
		}
		for _, r := range world.Records {
			list[i].records = append(list[i].records, claimwatch.Stored{
				Record: r.Record, Position: claimwatch.Position{Offset: offset}, ReceivedAt: r.ReceivedAt, Hash: r.ContentHash(),
			})
			offset++
		}
	}
	for table, rows := range reference {
		if err := s.LoadReference(t.Context(), table, rows); err != nil {
			t.Fatalf("LoadReference(%s) error:\n%+v", table, err)
		}
	}
	return s, list
}

// standing are the scopes of a story of which a finding of the rule stands.
func (l *live) standing(of told, rule string) (scopes []string) {
	for scope, e := range l.stands {
		for _, f := range e.Findings {
			if f.Rule == rule && strings.Contains(string(scope), of.prefix) {
				scopes = append(scopes, strings.Replace(string(scope), of.prefix, "", 1))
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
	t.Parallel()
	tests := []struct {
		name  string
		facts []string
		rule  string
		stand []string
	}{
		{
			"another fitting with the photograph",
			[]string{"D1 device_fitting 01-01T10:00 " + photo, "D2 device_fitting 01-01T18:00 person_id=P2 " + photo},
			"DEV-003",
			[]string{"P1", "P2"},
		},
		{
			"the line that a refund of another person names",
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T08:00 person_id=P2", "R1 fee 01-01T10:00 quantity=-1 reverses=F9",
				"F9 fee 01-01T18:00 person_id=P2",
			},
			"FEE-028",
			[]string{"P1"},
		},
		{
			"the admission of the stay with the line that a refund of another person names",
			[]string{
				"A1 admission 01-01T08:00", "R1 fee 01-01T09:00 quantity=-1 reverses=F9", "F9 fee 01-01T10:00 person_id=P2",
				"A2 admission 01-01T18:00 person_id=P2",
			},
			"FEE-028",
			[]string{"P1"},
		},
		{
			"an order with which an open stay lasts longer in a bed that another came into",
			[]string{
				"A1 admission 01-01T05:00 ward=W bed=1", "A2 admission 01-01T07:00 person_id=P2 ward=W bed=1",
				"C2 care_record 01-01T10:00 person_id=P2 type=round", "O1 order 01-01T18:00",
			},
			"ADM-012",
			[]string{"inst:H1"},
		},
		{
			"a record with which the present leaves midnight",
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T10:00 person_id=P2",
				"C1 care_record 01-02T00:00 type=round", "C2 care_record 01-02T00:01 type=round",
			},
			"ADM-019",
			[]string{"inst:H1"},
		},
	}
	var stories [][]string
	for _, test := range tests {
		stories = append(stories, test.facts)
	}
	s, list := tell(t, stories...)
	l := newLive(t, s)
	var all []claimwatch.Stored
	var moments []claimwatch.Instant
	for _, of := range list {
		last := of.records[len(of.records)-1].Record.OccurredAt
		all = append(all, of.records...)
		moments = append(moments, of.records[len(of.records)-2].Record.OccurredAt, last-1, last)
	}
	insert(t, s, all)
	slices.Sort(moments)
	l.asOf = slices.MinFunc(all, func(a, b claimwatch.Stored) int { return gocmp.Compare(a.Record.OccurredAt, b.Record.OccurredAt) }).Record.OccurredAt - 1
	l.evaluate(s.touchedBy(t, all))
	for _, l.asOf = range slices.Compact(moments) {
		l.look()
		l.sweep()
		for i, test := range tests {
			want := test.stand
			switch last := list[i].records[len(list[i].records)-1].Record.OccurredAt; {
			case l.asOf > last:
				continue
			case l.asOf < last:
				want = nil
			}
			if diff := cmp.Diff(want, l.standing(list[i], test.rule)); diff != "" {
				t.Errorf("%s, as of %s (-want, +got):\n%s", test.name, l.asOf, diff)
			}
		}
	}
}

// TestRecordsConcernOthers lets records come one after the other: who else the
// last one concerns is touched by it.
func TestRecordsConcernOthers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name          string
		facts         []string
		rule          string
		before, after []string
	}{
		{
			"a fitting with the photograph",
			[]string{"D1 device_fitting 01-01T08:00 " + photo, "D2 device_fitting 01-01T09:00 person_id=P2 " + photo},
			"DEV-003", nil,
			[]string{"P1", "P2"},
		},
		{
			"the admission of the stay in which another was fitted with the photograph",
			[]string{"D1 device_fitting 01-01T09:00 " + photo + " stay_id=S1", "D2 device_fitting 01-01T09:00 person_id=P2 " + photo, "A1 admission 01-01T08:00"},
			"DEV-003", nil,
			[]string{"P1", "P2"},
		},
		{
			"the line that a refund of another person names",
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T08:00 person_id=P2", "R1 fee 01-01T09:00 quantity=-1 reverses=F9",
				"F9 fee 01-01T09:00 person_id=P2",
			},
			"FEE-028", nil,
			[]string{"P1"},
		},
		{
			"the admission of the stay with the line that a refund of another person names",
			[]string{
				"A1 admission 01-01T08:00", "R1 fee 01-01T09:00 quantity=-1 reverses=F9", "F9 fee 01-01T09:00 person_id=P2",
				"A2 admission 01-01T08:00 person_id=P2",
			},
			"FEE-028", nil,
			[]string{"P1"},
		},
		{
			"the admission of whoever refunds first",
			[]string{
				"A2 admission 01-01T08:00 person_id=P2", "A3 admission 01-01T08:00 person_id=P3", "F9 fee 01-01T09:00 person_id=P2",
				"R1 fee 01-01T10:00 quantity=-1 reverses=F9", "R3 fee 01-01T11:00 person_id=P3 quantity=-1 reverses=F9",
				"A1 admission 01-01T08:00",
			},
			"FEE-028",
			[]string{"P3"},
			[]string{"P1"},
		},
		{
			"a revision of the first of two refunds that names another line",
			[]string{
				"A1 admission 01-01T08:00", "A2 admission 01-01T08:00 person_id=P2", "A3 admission 01-01T08:00 person_id=P3",
				"F1 fee 01-01T09:00", "F9 fee 01-01T09:00 person_id=P2",
				"R1 fee 01-01T10:00 quantity=-1 reverses=F9", "R3 fee 01-01T11:00 person_id=P3 quantity=-1 reverses=F9",
				"R1 fee 01-01T10:00 quantity=-1 reverses=F1 revision=2",
			},
			"FEE-028",
			[]string{"P1"},
			[]string{"P3"},
		},
	}
	var stories [][]string
	longest := 0
	for _, test := range tests {
		stories = append(stories, test.facts)
		longest = max(longest, len(test.facts))
	}
	s, list := tell(t, stories...)
	l := newLive(t, s)
	l.asOf = instantOf(t, "01-01T21:00")
	stand := func(when string, want func(i int) []string) {
		t.Helper()
		for i, test := range tests {
			if diff := cmp.Diff(want(i), l.standing(list[i], test.rule)); diff != "" {
				t.Errorf("%s: %s (-want, +got):\n%s", test.name, when, diff)
			}
		}
	}
	for left := longest; left > 0; left-- { // the last of all stories come together
		if left == 1 {
			stand("before", func(i int) []string { return tests[i].before })
		}
		var part []claimwatch.Stored
		for _, of := range list {
			if at := len(of.records) - left; at >= 0 {
				part = append(part, of.records[at])
			}
		}
		insert(t, s, part)
		l.evaluate(s.touchedBy(t, part))
		l.look()
		l.sweep()
	}
	stand("after", func(i int) []string { return tests[i].after })
}
