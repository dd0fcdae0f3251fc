package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// statusView is what a machine reads of status --json.
type statusView struct {
	Clock   string  `json:"clock"`
	AsOf    *string `json:"as_of"`
	Idle    bool    `json:"idle"`
	Records struct {
		Stored int `json:"stored"`
		Behind int `json:"behind"`
	} `json:"records"`
	Touched struct {
		Behind int `json:"behind"`
	} `json:"touched"`
	DueNext *string `json:"due_next"`
}

// testEmptyStatus: with the event clock there is no time before the first record.
func testEmptyStatus(t *testing.T, s *server) {
	s.idle(t)
	same(t, "status", s.good(t, "", "status"),
		"clock    event\nas of    -\nidle     true\nrecords  0 stored, 0 messages behind\ntouched  0 messages behind\nnext due -\n")
	same(t, "status --json", decoded[statusView](t, s.good(t, "", "status", "--json")), []statusView{{Clock: "event", Idle: true}})
}

// testStatus: as_of is the latest event, in local time.
func testStatus(t *testing.T, s *server) {
	got := decoded[statusView](t, s.good(t, "", "status", "--json"))
	if len(got) != 1 || got[0].AsOf == nil {
		t.Fatalf("status --json gave %+v", got)
	}
	same(t, "as_of", *got[0].AsOf, worldAsOf)
	same(t, "stored", got[0].Records.Stored, worldStored)
	says(t, "status", s.good(t, "", "status"), "as of    "+worldAsOf+"\n", "idle     true\n", "records  10 stored, 0 messages behind\n")
}

func TestPositions(t *testing.T) {
	p := newPositions()
	p.advance(map[int]int64{0: 5, 1: 7})
	p.advance(map[int]int64{1: 9})
	if diff := cmp.Diff(map[int]int64{0: 5, 1: 9}, p.handled()); diff != "" {
		t.Errorf("handled (-want, +got):\n%s", diff)
	}
	mine := map[int]int64{1: 3}
	p.assign(mine)
	p.advance(map[int]int64{2: 1})
	handled := p.handled()
	handled[1] = 100
	same(t, "what the caller handed in", mine, map[int]int64{1: 3})
	same(t, "a new generation forgets the old one's, and gives copies", p.handled(), map[int]int64{1: 3, 2: 1})
}
