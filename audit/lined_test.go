package audit

import (
	"slices"
	"strings"
	"testing"

	"claimwatch"
)

// TestFindingsByPhysician: every road of a list, and the counts, know the physician and
// the item of a violating line; a hospital's own lines count and no other's.
func TestFindingsByPhysician(t *testing.T) {
	d := newDesk(t)
	mine := d.facts.put(constellation("H1", [3]claimwatch.Role{claimwatch.Violating, "", ""}))
	both := d.facts.put(constellation("H1", [3]claimwatch.Role{claimwatch.Violating, claimwatch.Violating, ""}))
	theirs := d.facts.put(constellation("H2", [3]claimwatch.Role{claimwatch.Involved, claimwatch.Violating, ""}))
	d.facts.physicians = map[string]string{"H1|H1-R": "D1", "H2|H2-R": "D2"}
	for _, f := range []claimwatch.Held{mine, both} {
		good[FindingDetail](d, d.decide(officer, f, "notify", 0))
	}
	for _, c := range []struct {
		caller claimwatch.Caller
		query  string
		want   []claimwatch.Held
	}{
		{officer, "physician_id=D1", []claimwatch.Held{mine, both}},
		{officer, "physician_id=D2", []claimwatch.Held{both, theirs}},
		{officer, "physician_id=D2&item_code=A1", []claimwatch.Held{both, theirs}},
		{officer, "physician_id=D2&item_code=B1", nil},
		{officer, "item_code=A1&state=open", []claimwatch.Held{theirs}},
		{officer, "physician_id=D2&state=notified", []claimwatch.Held{both}},
		{officer, "physician_id=D2&sort=amount", []claimwatch.Held{both, theirs}},
		{hospital, "physician_id=D1", []claimwatch.Held{mine, both}},
		{hospital, "physician_id=D1&sort=amount", []claimwatch.Held{mine, both}},
		{hospital, "physician_id=D2", nil}, // not a line of its own
		{hospital, "physician_id=D2&sort=amount", nil},
	} {
		var want []string
		for _, f := range c.want {
			if c.caller.IsHospital() && f.ID == both.ID {
				f.Subject = "" // it names the lines of others
			}
			want = append(want, f.Subject)
		}
		got, _ := d.listed(c.caller, c.query)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("findings?%s = %v, want %v", c.query, got, want)
		}
		if strings.Contains(c.query, "sort") {
			continue
		}
		if counts := good[FindingCounts](d, d.call(c.caller, "GET", "/v1/findings/counts?"+c.query, nil)); counts.Findings != len(want) {
			t.Errorf("counts?%s = %d, want %d", c.query, counts.Findings, len(want))
		}
	}
}
