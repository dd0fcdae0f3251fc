package audit

import (
	"slices"
	"testing"

	"claimwatch"
)

// cityOfficer is an officer of the agency of a city in which some houses lie.
func cityOfficer(city string, houses ...string) claimwatch.Caller {
	return claimwatch.Caller{
		KeyID: "c1770000000000ff", Roles: officer.Roles, City: city,
		Jurisdiction: func(institution string) bool { return slices.Contains(houses, institution) },
	}
}

// TestCity: a city's officer finds, reads and decides what concerns the
// institutions of the city and nothing else; a list of the province's findings is
// paged over what it sees; what cannot be cut down to a city is refused.
func TestCity(t *testing.T) {
	d := newDesk(t)
	mine := d.facts.put(constellation("H1", [3]claimwatch.Role{claimwatch.Violating, claimwatch.Violating, ""}))
	other := d.facts.put(constellation("H2", [3]claimwatch.Role{"", claimwatch.Violating, ""}))
	third := d.facts.put(constellation("H3", [3]claimwatch.Role{claimwatch.Violating, "", claimwatch.Violating}))
	here := cityOfficer("太原", "H1", "H3")

	subjects, _ := d.listed(here, "limit=1")
	slices.Sort(subjects)
	want := []string{mine.Subject, third.Subject}
	slices.Sort(want)
	if !slices.Equal(subjects, want) {
		t.Errorf("a city's list = %v, want %v", subjects, want)
	}
	d.refused(d.call(here, "GET", "/v1/findings/"+other.ID, nil), 404, claimwatch.CodeNotFound)
	d.refused(d.decide(here, other, "notify", 0), 404, claimwatch.CodeNotFound)
	good[FindingDetail](d, d.decide(here, mine, "notify", 0))
	good[FindingDetail](d, d.decide(officer, other, "notify", 0))
	if subjects, _ := d.listed(here, "state=notified"); !slices.Equal(subjects, []string{mine.Subject}) {
		t.Errorf("a city's list of notified findings = %v, want %s", subjects, mine.Subject)
	}
	for _, path := range []string{"/v1/digest", "/v1/journal"} {
		d.refused(d.call(here, "GET", path, nil), 403, claimwatch.CodeForbidden)
	}
	d.refused(d.call(here, "GET", "/v1/rejections?month=2026-02&institution_id=H2", nil), 403, claimwatch.CodeForbidden)
	if r := d.call(here, "GET", "/v1/rejections?month=2026-02&institution_id=H1", nil); r.Code != 200 {
		t.Errorf("the list of an institution of the city answers %d", r.Code)
	}
	d.refused(d.call(here, "GET", "/v1/stays/H2/V1", nil), 404, claimwatch.CodeNotFound)
}
