package live

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
)

func decided(seq uint64) Event {
	return Event{Change: claimwatch.DecidedChange, FindingID: fmt.Sprint("j", seq), At: Position{Journal: seq}}
}

func opened(offset int64, index int) Event {
	return Event{Change: claimwatch.Opened, FindingID: fmt.Sprint("c", offset, ".", index), At: Position{Changes: ChangeAt(offset, index)}}
}

// drain gives everything that a listener has not had, and whether nothing went by.
func drain(l *Listener, most int) (ids []string, whole bool) {
	for {
		events, _, whole := l.Next(most)
		if !whole || len(events) == 0 {
			return ids, whole
		}
		for _, e := range events {
			ids = append(ids, e.FindingID)
		}
	}
}

// Whatever two logs tell in whatever order to two processes, a listener that goes from
// one to the other, or loses its connection at any place, hears of every event at least
// once, and of none twice by the place that it came back with; or it is told that it
// has to look anew.
func TestNobodyMissesAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 5).Draw(t, "size")
		rings := []*Ring{NewRing(size), NewRing(size)}
		told := [2][2]int{} // how far each process has read each log
		var heard []string
		var had Position
		at, listener := 0, rings[0].Listen()
		fresh := false // the listener was told to look anew
		changes, journal := 0, 0
		for range rapid.IntRange(1, 150).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"change", "decide", "read", "read", "hear", "cut", "move"}).Draw(t, "step") {
			case "change":
				changes++
			case "decide":
				journal++
			case "read":
				p := rapid.IntRange(0, 1).Draw(t, "process")
				if told[p][0] < changes && rapid.Bool().Draw(t, "log") {
					rings[p].Put(opened(int64(told[p][0]), 0))
					told[p][0]++
				} else if told[p][1] < journal {
					told[p][1]++
					rings[p].Put(decided(uint64(told[p][1])))
				}
			case "hear":
				events, _, whole := listener.Next(rapid.IntRange(1, 5).Draw(t, "most"))
				if !whole {
					fresh, heard = true, nil
					had = listener.At()
					break
				}
				for _, e := range events {
					heard, had = append(heard, e.FindingID), e.After
				}
			case "cut", "move":
				at = rapid.IntRange(0, 1).Draw(t, "to")
				p, ours, err := ParsePosition(had.String("x"), "x")
				if err != nil || !ours || p != had {
					t.Fatalf("ParsePosition(%q) = %v, %v, %v", had.String("x"), p, ours, err)
				}
				var whole bool
				if listener, whole = rings[at].Resume(had); !whole {
					fresh, heard = true, nil
					had = listener.At()
				}
			}
		}
		for told[at][0] < changes || told[at][1] < journal {
			if told[at][0] < changes {
				rings[at].Put(opened(int64(told[at][0]), 0))
				told[at][0]++
			} else {
				told[at][1]++
				rings[at].Put(decided(uint64(told[at][1])))
			}
			more, whole := drain(listener, 3)
			heard, fresh = append(heard, more...), fresh || !whole
		}
		more, whole := drain(listener, 3)
		if heard = append(heard, more...); fresh || !whole {
			return // it looked at everything anew
		}
		want := map[string]bool{}
		for i := range changes {
			want[opened(int64(i), 0).FindingID] = true
		}
		for i := range journal {
			want[decided(uint64(i+1)).FindingID] = true
		}
		seen := map[string]int{}
		for _, id := range heard {
			seen[id]++
		}
		for id := range want {
			if seen[id] != 1 {
				t.Fatalf("%s was heard %d times, of %v", id, seen[id], heard)
			}
		}
	})
}

// A reader that begins anew puts nothing twice.
func TestPutTwice(t *testing.T) {
	r := NewRing(10)
	l := r.Listen()
	r.Put(opened(0, 0), opened(0, 1))
	r.Put(opened(0, 0), opened(0, 1), decided(3))
	r.Put(decided(3), opened(1, 0))
	got, whole := drain(l, 2)
	if diff := cmp.Diff([]string{"c0.0", "c0.1", "j3", "c1.0"}, got); diff != "" || !whole {
		t.Errorf("heard (-want, +got), whole %v:\n%s", whole, diff)
	}
	if r.Count() != 4 {
		t.Errorf("Count() = %d: what comes again pushes other events out", r.Count())
	}
}

// What the topic held before this process began to read it is not here.
func TestFromTheMiddle(t *testing.T) {
	r := NewRing(10)
	r.From(7)
	r.Put(opened(7, 0))
	for _, c := range []struct {
		at    Position
		whole bool
	}{
		{Position{Changes: ChangeAt(6, perMessage-1)}, true},
		{Position{Changes: ChangeAt(6, perMessage-2)}, false},
		{Position{Changes: ChangeAt(7, 0)}, true},
		{Position{}, false},
	} {
		if _, whole := r.Resume(c.at); whole != c.whole {
			t.Errorf("Resume(%v) whole = %v, want %v", c.at, whole, c.whole)
		}
	}
}

// A listener that sleeps is woken by what is put, and by nothing else.
func TestWake(t *testing.T) {
	r := NewRing(2)
	l := r.Listen()
	_, wake, _ := l.Next(1)
	r.Put()
	select {
	case <-wake:
		t.Fatal("woken by nothing")
	default:
	}
	r.Put(decided(1))
	<-wake
	r.Put(decided(2), decided(3))
	if _, _, whole := l.Next(1); whole {
		t.Error("three events went by in a ring of two, and the listener was not told")
	}
	r.Put(decided(4))
	if got, whole := drain(l, 1); !whole || !slices.Equal(got, []string{"j4"}) {
		t.Errorf("after that it hears %v, %v", got, whole)
	}
}

func TestParsePosition(t *testing.T) {
	for _, bad := range []string{"", "x", "x.1", "x.1.2.3", "x.-1.2", "x.1.b", "x..", "x.18446744073709551616.0"} {
		if _, _, err := ParsePosition(bad, "x"); claimwatch.CodeOf(err) != claimwatch.CodeBadQuery {
			t.Errorf("ParsePosition(%q) error:\n%+v", bad, err)
		}
	}
	if _, ours, err := ParsePosition("y.1.2", "x"); err != nil || ours {
		t.Errorf("an id of another journal: %v, %v", ours, err)
	}
}

// Messages are read as they were written, and split where they must be.
func TestMessages(t *testing.T) {
	changes := map[claimwatch.Change][]string{claimwatch.Opened: nil, claimwatch.RetractedNow: {"f_z", "f_a"}}
	for i := range 2*perMessage + 1 {
		changes[claimwatch.Opened] = append(changes[claimwatch.Opened], fmt.Sprintf("f_%05d", i))
	}
	messages := Messages(changes)
	if len(messages) != 3 {
		t.Fatalf("%d messages, want 3", len(messages))
	}
	r := NewRing(3 * perMessage)
	l := r.Listen()
	count := map[claimwatch.Change]int{}
	for i, m := range messages {
		m.Offset = int64(i)
		events, ok := Read(m)
		if !ok {
			t.Fatal("Read() of a message of this version = false")
		}
		r.Put(events...)
		for _, e := range events {
			count[e.Change]++
		}
	}
	ids, _ := drain(l, 1000)
	if count[claimwatch.Opened] != 2*perMessage+1 || count[claimwatch.RetractedNow] != 2 || len(ids) != 2*perMessage+3 {
		t.Errorf("read %v, heard %d", count, len(ids))
	}
	if len(Messages(nil)) != 0 {
		t.Error("nothing changed, and a message says so")
	}
	if _, ok := Read(claimwatch.Message{Value: []byte("opened f_1"), Headers: map[string]string{"v": "2"}}); ok {
		t.Error("a message of another version is read")
	}
	events, ok := Read(claimwatch.Message{Offset: 4, Value: []byte("merged f_1\nrevised f_2"), Headers: map[string]string{"v": "1"}})
	want := []Event{{Change: claimwatch.Revised, FindingID: "f_2", At: Position{Changes: ChangeAt(4, 1)}}}
	if diff := cmp.Diff(want, events); diff != "" || !ok {
		t.Errorf("Read() with an unknown change (-want, +got):\n%s", diff)
	}
}
