package journal

import (
	"testing"

	"claimwatch"
	"claimwatch/audit/review"
)

// A proposal has decided nothing until a second person confirms it.
func TestWhatDecides(t *testing.T) {
	for _, c := range []struct {
		event review.Event
		want  bool
	}{
		{review.Event{Action: claimwatch.ActionReject}, true},
		{review.Event{Action: claimwatch.ActionReject, Proposed: true}, false},
		{review.Event{Action: claimwatch.ActionRelease}, true},
		{review.Event{Action: claimwatch.ActionOverturn}, true},
		{review.Event{Action: claimwatch.ActionNotify}, false},
		{review.Event{Action: claimwatch.ActionDecline}, false},
	} {
		if got := decides(&c.event); got != c.want {
			t.Errorf("%s, proposed %t: decides %t, want %t", c.event.Action, c.event.Proposed, got, c.want)
		}
	}
}
