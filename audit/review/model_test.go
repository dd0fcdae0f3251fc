package review

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

// model is the procedure once more, written as plainly as possible: what the
// law says, in the order in which it says it.
type model struct {
	told, heard, rejected, released bool
	due                             claimwatch.Day
	entries                         int
}

// allows says whether the law allows an action at a moment.
func (m *model) allows(action claimwatch.Action, day claimwatch.Day) bool {
	if m.rejected || m.released {
		return false
	}
	over := m.told && day > m.due
	switch action {
	case claimwatch.ActionNotify:
		return !m.told
	case claimwatch.ActionExplain, claimwatch.ActionExtend:
		return m.told && !m.heard && !over
	case claimwatch.ActionReject:
		return m.heard || over
	default: // release, refer, assign
		return true
	}
}

func (m *model) do(action claimwatch.Action, day claimwatch.Day) {
	m.entries++
	switch action {
	case claimwatch.ActionNotify:
		m.told, m.due = true, workingDaysAfter(day, 5)
	case claimwatch.ActionExplain:
		m.heard = true
	case claimwatch.ActionExtend:
		m.due = workingDaysAfter(m.due, 5)
	case claimwatch.ActionReject:
		m.rejected = true
	case claimwatch.ActionRelease:
		m.released = true
	}
}

// workingDaysAfter counts Monday to Friday, as the calendar of 2026 in these tests does.
func workingDaysAfter(day claimwatch.Day, n int) claimwatch.Day {
	for ; n > 0; n-- {
		for day++; ; day++ {
			if weekday := day.Date().Weekday(); weekday != 0 && weekday != 6 {
				break
			}
		}
	}
	return day
}

// Random actions by random people at random times: the fold allows exactly what
// the model allows, and says so with the right code.
func TestAgainstTheModel(t *testing.T) {
	actions := []claimwatch.Action{
		claimwatch.ActionNotify, claimwatch.ActionExplain, claimwatch.ActionReject, claimwatch.ActionRelease,
		claimwatch.ActionRefer, claimwatch.ActionAssign, claimwatch.ActionExtend,
	}
	start := mustDay("2026-02-02").Midnight()
	rapid.Check(t, func(t *rapid.T) {
		f := finding(100, 200)
		r := &Review{FindingID: f.ID}
		var m model
		now := start
		for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
			now += claimwatch.Instant(rapid.Int64Range(0, 60*60*60*1000).Draw(t, "later")) // up to two and a half days
			action := rapid.SampledFrom(actions).Draw(t, "action")
			stale := rapid.IntRange(0, 5).Draw(t, "stale") == 0
			c := Command{FindingID: f.ID, Action: action, At: now, By: fmt.Sprint("officer", i%3), Reason: "r", Seen: See(f)}
			if action == claimwatch.ActionExplain {
				c = Command{FindingID: f.ID, Action: action, At: now, By: "hospital", Institution: "H1", Text: "t"}
			} else {
				revision := m.entries
				if stale {
					revision++
				}
				c.ExpectedRevision = &revision
			}
			event, err := give(r, c, calendarOf2026)
			want := claimwatch.Code("")
			switch {
			case stale && action != claimwatch.ActionExplain:
				want = claimwatch.CodeChanged
			case !m.allows(action, now.Day()):
				want = claimwatch.CodeIllegalTransition
			}
			if code := claimwatch.CodeOf(err); code != want {
				t.Fatalf("step %d: %s at %s: %q, want %q; model %+v", i, action, now, code, want, m)
			}
			if err != nil {
				continue
			}
			r.Apply(event)
			m.do(action, now.Day())
			if r.Revision != m.entries || len(r.History) != m.entries {
				t.Fatalf("revision %d with %d events, want %d", r.Revision, len(r.History), m.entries)
			}
			if m.told {
				if due, _ := r.Notice.Due(calendarOf2026); due != m.due {
					t.Fatalf("due %s, want %s", due, m.due)
				}
			}
		}
	})
}
