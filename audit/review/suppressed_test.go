package review

import (
	"fmt"
	"testing"

	"claimwatch"
)

// While a whitelist row suppresses a finding nobody is told of it and nothing of
// it is denied, and the answer names the row; all else goes on, and once the row
// is gone so do these two.
func TestASuppressedFindingIsNeitherNotifiedNorRejected(t *testing.T) {
	row := "W7"
	for _, c := range []struct {
		state  claimwatch.State
		action claimwatch.Action
		want   string
	}{
		{claimwatch.StateOpen, claimwatch.ActionNotify, "notify"},
		{claimwatch.StateExplained, claimwatch.ActionReject, "reject"},
		{claimwatch.StateLapsed, claimwatch.ActionReject, "reject"},
		{claimwatch.StateOpen, claimwatch.ActionRelease, ""},
		{claimwatch.StateNotified, claimwatch.ActionRelease, ""},
		{claimwatch.StateNotified, claimwatch.ActionExtend, ""},
		{claimwatch.StateNotified, claimwatch.ActionExplain, ""},
		{claimwatch.StateOpen, claimwatch.ActionAssign, ""},
		{claimwatch.StateLapsed, claimwatch.ActionRefer, ""},
	} {
		r, moment := reach(t, c.state)
		command := commandOf(r, c.action, moment)
		if _, err := give(r, command, calendarOf2026); err != nil {
			t.Errorf("Decide(%s, %s) without a row error:\n%+v", c.state, c.action, err)
		}
		if command.Seen != nil {
			command.Seen.SuppressedBy = &row
		}
		_, err := give(r, command, calendarOf2026)
		want := ""
		if c.want != "" {
			want = fmt.Sprintf("illegal_transition: whitelist row W7 suppresses the finding: it allows no %s until the row is withdrawn or changed", c.want)
		}
		if got := errorText(err); got != want {
			t.Errorf("Decide(%s, %s) = %q, want %q", c.state, c.action, got, want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
