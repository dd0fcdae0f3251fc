package journal

import (
	"testing"

	"claimwatch"
	"claimwatch/audit/term"
)

// TestReportSeal: a month that is over is sealed once, of each city and of the
// province; the payload is frozen.
func TestReportSeal(t *testing.T) {
	var s State
	month := term.MonthIn(2026, 3)
	over := (month + 1).First().Midnight()
	by := Actor{Key: "50be000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleSupervisor}}
	seal := func(id string, at claimwatch.Instant, city string, data []byte) (*Accepted, Answer) {
		c := build(t, Command{ID: id, Type: TypeReportSeal, At: at, Actor: by, Request: hexSum([]byte(id))},
			ReportSeal{Report: "supervision", Month: month, City: city, Size: len(data)}, data)
		want := `{"report":"supervision","month":"2026-03","city":"太原","size":2}`
		if city != "" && data != nil && string(c.Payload) != want {
			t.Errorf("payload = %s, want %s", c.Payload, want)
		}
		taken := apply(t, &s, c)
		return taken.Accepted, taken.Answer
	}
	for _, c := range []struct {
		id      string
		at      claimwatch.Instant
		city    string
		data    []byte
		refused claimwatch.Code
	}{
		{"early", over - 1, "", []byte("{}"), claimwatch.CodeIllegalTransition},
		{"empty", over, "", nil, claimwatch.CodeInvalid},
		{"first", over, "", []byte("{}"), ""},
		{"second", over + 1, "", []byte("[]"), claimwatch.CodeIllegalTransition},
		{"city", over + 1, "太原", []byte("[]"), ""},
	} {
		accepted, answer := seal(c.id, c.at, c.city, c.data)
		switch {
		case c.refused == "" && (answer.Refusal != nil || accepted == nil || accepted.File == nil || accepted.File.MediaType != "application/json"):
			t.Errorf("%s: %+v, refused %v", c.id, accepted, answer.Refusal)
		case c.refused != "" && (answer.Refusal == nil || answer.Refusal.Code != c.refused):
			t.Errorf("%s: refused %v, want %s", c.id, answer.Refusal, c.refused)
		}
	}
	if got := s.reports[reported{"supervision", "", month}]; got.SHA256 != hexSum([]byte("{}")) || got.At != over || got.By != by.Key || got.Seq != 1 {
		t.Errorf("seal = %+v", got)
	}
}
