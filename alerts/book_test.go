package alerts

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func toldRecord(t interface{ Fatalf(string, ...any) }, token, group string, n uint64, told ...Told) claimwatch.Message {
	m := Message{Version: BodyVersion, GroupKey: group, Sequence: n, Status: StatusFiring, Alerts: told}
	m.identify("hook/webhook/0")
	body, err := json.Marshal(&m)
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	return encoded(t, &record{Type: recordTold, ID: fmt.Sprint(token, group, n), Token: token, Integration: "hook/webhook/0", Body: body})
}

func encoded(t interface{ Fatalf(string, ...any) }, r *record) claimwatch.Message {
	m, err := r.encode()
	if err != nil {
		t.Fatalf("encode() error:\n%+v", err)
	}
	return m
}

// TestTwoThatBelieveTheySend: whatever two processes write while both believe that they
// were elected, each place of a group is taken once, in order, and by the one whose term
// it was.
func TestTwoThatBelieveTheySend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book, place := NewBook(), map[string]map[string]uint64{"A": {}, "B": {}}
		owner := ""
		var messages []claimwatch.Message
		taken := 0
		for range rapid.IntRange(1, 60).Draw(t, "records") {
			who, group := rapid.SampledFrom([]string{"A", "B"}).Draw(t, "who"), rapid.SampledFrom([]string{"g", "h"}).Draw(t, "group")
			if rapid.IntRange(0, 5).Draw(t, "claim") == 0 {
				owner = who
				messages = append(messages, encoded(t, &record{Type: recordOwner, Token: who}))
				book.Fold(messages[len(messages)-1:])
				for _, g := range []string{"g", "h"} { // whoever is elected has read everything
					l, _ := book.lane("hook/webhook/0", g)
					place[who][g] = l.n
				}
				continue
			}
			place[who][group]++
			messages = append(messages, toldRecord(t, who, group, place[who][group], Told{Fingerprint: fmt.Sprint(len(messages)), Status: StatusFiring}))
			before := len(book.Undelivered())
			book.Fold(messages[len(messages)-1:])
			took := len(book.Undelivered()) > before
			if took != (who == owner) {
				t.Fatalf("record of %s taken %t, while %s sends", who, took, owner)
			}
			if took {
				taken++
			}
		}
		last := map[string]uint64{}
		for _, p := range book.Undelivered() {
			if last[p.GroupKey]++; p.Sequence != last[p.GroupKey] {
				t.Fatalf("group %s: message %d at place %d", p.GroupKey, p.Sequence, last[p.GroupKey])
			}
		}
		again := NewBook()
		again.Fold(messages)
		if len(again.Undelivered()) != taken {
			t.Fatalf("read again: %d messages, want %d", len(again.Undelivered()), taken)
		}
	})
}

// TestPlaceIsTakenOnce: a write that was answered as unknown and made again has no effect
// the second time.
func TestPlaceIsTakenOnce(t *testing.T) {
	book := NewBook()
	book.Fold([]claimwatch.Message{
		encoded(t, &record{Type: recordOwner, Token: "A"}),
		toldRecord(t, "A", "g", 1, Told{Fingerprint: "1", Status: StatusFiring}), toldRecord(t, "A", "g", 1, Told{Fingerprint: "1", Status: StatusFiring}),
		toldRecord(t, "A", "g", 3, Told{Fingerprint: "2", Status: StatusFiring}),
		{Value: []byte("nonsense"), Headers: map[string]string{"v": version}},
		{Value: []byte(`{"type":"told"}`), Headers: map[string]string{"v": "9"}},
	})
	if got := book.Undelivered(); len(got) != 1 {
		t.Errorf("%d messages, want 1: %+v", len(got), got)
	}
	if book.next("hook/webhook/0", "B", func(uint32) bool { return true }) != nil {
		t.Errorf("a process that does not send is given messages")
	}
}
