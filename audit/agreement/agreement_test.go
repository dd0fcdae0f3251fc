package agreement

import (
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func day(n int) claimwatch.Day { return claimwatch.Day(20500 + n) }

func some(n int) *claimwatch.Day {
	d := day(n)
	return &d
}

func state(rows ...Row) *State {
	s := &State{}
	for _, r := range rows {
		s.Set(r)
	}
	return s
}

func put(t testing.TB, s *State, rows []Row, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("rows: %v", err)
	}
	for _, r := range rows {
		s.Set(r)
	}
}

func active(from, until int) Row {
	return Row{InstitutionID: "H1", Kind: "medical", From: day(from), AgreementID: "A", Status: Active, Until: some(until), TermFrom: some(from), TermUntil: some(until)}
}

// whole spells what counts on each of the days 0 to n-1, a letter a day.
func whole(s *State, n int) string {
	out := make([]byte, n)
	for i := range out {
		r, ok := s.On("H1", "medical", day(i))
		switch {
		case !ok:
			out[i] = '.'
		case r.Status == Active:
			out[i] = 'a'
		case r.Status == Suspended:
			out[i] = 's'
		default:
			out[i] = 't'
		}
	}
	return string(out)
}

func TestCourseOfDays(t *testing.T) {
	s := state(active(2, 10))
	if got := whole(s, 12); got != "..aaaaaaaa.." {
		t.Errorf("one agreement: %s", got)
	}
	rows, err := s.Suspend("H1", "medical", day(4), nil)
	put(t, s, rows, err)
	if got := whole(s, 12); got != "..aassssssss" {
		t.Errorf("suspended without end: %s", got)
	}
	rows, err = s.End("H1", "medical", day(4), day(7))
	put(t, s, rows, err)
	if got := whole(s, 12); got != "..aasssaaa.." {
		t.Errorf("resumed: %s", got)
	}
	rows, err = s.End("H1", "medical", day(4), day(9))
	put(t, s, rows, err)
	if got := whole(s, 12); got != "..aasssaaa.." {
		t.Errorf("ended twice: %s", got)
	}
	rows, err = s.Holdover("H1", "medical", day(10))
	put(t, s, rows, err)
	if got := whole(s, 12); got != "..aasssaaaaa" {
		t.Errorf("held over: %s", got)
	}
	if n := len(s.Suspensions("H1", "medical", day(9))); n != 1 {
		t.Errorf("%d suspensions within the term", n)
	}
	rows, err = s.Begin(Row{InstitutionID: "H1", Kind: "medical", From: day(11), AgreementID: "B", Status: Active, Until: some(20), TermFrom: some(11), TermUntil: some(20)})
	put(t, s, rows, err)
	if got := whole(s, 21); got != "..aasssaaaaaaaaaaaaa." {
		t.Errorf("a new term after a holdover: %s", got)
	}
	if n := len(s.Suspensions("H1", "medical", day(12))); n != 0 {
		t.Errorf("%d suspensions within the new term", n)
	}
	rows, err = s.Terminate("H1", "medical", day(13))
	put(t, s, rows, err)
	if got := whole(s, 21); got != "..aasssaaaaaatttttttt" {
		t.Errorf("terminated: %s", got)
	}
	if kinds := s.Kinds("H1", day(14)); len(kinds) != 0 {
		t.Errorf("kinds in force: %v", kinds)
	}
	if _, err := s.Terminate("H1", "medical", day(14)); err == nil {
		t.Error("terminated twice")
	}
	rows, err = s.Begin(Row{InstitutionID: "H1", Kind: "medical", From: day(16), AgreementID: "C", Status: Active, Until: some(18)})
	put(t, s, rows, err)
	if got := whole(s, 21); got != "..aasssaaaaaatttaattt" {
		t.Errorf("a new agreement after a termination: %s", got)
	}
}

func TestRefusedChanges(t *testing.T) {
	s := state(active(2, 10))
	for name, f := range map[string]func() ([]Row, error){
		"suspend what is not there": func() ([]Row, error) { return s.Suspend("H1", "medical", day(10), nil) },
		"suspend another kind":      func() ([]Row, error) { return s.Suspend("H1", "rehab", day(5), nil) },
		"end no suspension":         func() ([]Row, error) { return s.End("H1", "medical", day(2), day(5)) },
		"terminate after the end":   func() ([]Row, error) { return s.Terminate("H1", "medical", day(10)) },
		"hold over nothing":         func() ([]Row, error) { return s.Holdover("H1", "medical", day(11)) },
		"close nothing":             func() ([]Row, error) { return s.Close("H1", "medical", day(11)) },
	} {
		if rows, err := f(); err == nil || rows != nil {
			t.Errorf("%s: %+v, %v", name, rows, err)
		}
	}
}

// Whatever happens in whatever order: a day outside of what a change is about
// keeps what it says, and nothing is settled on a day that it takes.
func TestChangesKeepOtherDays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := state(active(2, 30))
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			before := whole(s, 40)
			at := rapid.IntRange(0, 35).Draw(rt, "day")
			end := at + rapid.IntRange(1, 10).Draw(rt, "days")
			var rows []Row
			var err error
			want := []byte(before)
			switch rapid.IntRange(0, 3).Draw(rt, "change") {
			case 0:
				rows, err = s.Suspend("H1", "medical", day(at), some(end))
				for i := at; i < min(end, 40); i++ {
					if want[i] == 'a' || want[i] == '.' { // a suspension without an agreement says so too
						want[i] = 's'
					}
				}
			case 1:
				rows, err = s.Suspend("H1", "medical", day(at), nil)
				if err == nil {
					for _, r := range rows {
						s.Set(r)
					}
					rows, err = s.End("H1", "medical", day(at), day(at)) // as if it had never been
				}
			case 2:
				rows, err = s.Terminate("H1", "medical", day(at))
				for i := at; i < 40; i++ {
					want[i] = 't'
				}
			default:
				rows, err = s.Close("H1", "medical", day(at))
				for i := at; i < 40; i++ {
					if want[i] != 't' {
						want[i] = '.'
					}
				}
			}
			if err != nil {
				want = []byte(before)
			}
			for _, r := range rows {
				if s.Set(r); !r.Void && r.Until != nil && *r.Until <= r.From {
					rt.Fatalf("a row from %s until %s", r.From, r.Until)
				}
			}
			if got := whole(s, 40); err == nil && got != string(want) {
				rt.Fatalf("day %d to %d:\n%s\n%s, want\n%s", at, end, before, got, want)
			}
		}
	})
}
