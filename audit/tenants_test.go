package audit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/rejection"
)

var houses = []string{"H1", "H2", "H3"}

func hospitalOf(institution string) claimwatch.Caller {
	return claimwatch.Caller{KeyID: "40500000000000" + institution, Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: institution}
}

// constellation is a finding of one house in which each of the three has no
// line, a line that is only named, or a line at issue.
func constellation(owner string, roles [3]claimwatch.Role) claimwatch.Finding {
	f := sample(fmt.Sprint(owner, "|P1|", roles), false)
	f.InstitutionID, f.Lines, f.Amount = owner, nil, 0
	f.Evidence = json.RawMessage(`{"lines":[{"record_id":"` + owner + `-R"}]}`)
	for i, role := range roles {
		if role == "" {
			continue
		}
		line := claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: houses[i], RecordID: houses[i] + "-R", Role: role}
		if role == claimwatch.Violating {
			line.Amount = claimwatch.Fen(100 * (i + 1))
			f.Amount += line.Amount
		}
		f.Lines = append(f.Lines, line)
	}
	claimwatch.SortLines(f.Lines)
	return f
}

// Every constellation of three institutions: an institution learns of a finding
// when it was told, never before; of its own lines and their sum, and of nothing
// by which it could tell that there are others.
func TestEveryConstellationOfInstitutions(t *testing.T) {
	d := newDesk(t)
	var all []claimwatch.Finding
	roles := []claimwatch.Role{"", claimwatch.Involved, claimwatch.Violating}
	for i := range 27 {
		for _, owner := range houses[:2] {
			all = append(all, constellation(owner, [3]claimwatch.Role{roles[i%3], roles[i/3%3], roles[i/9]}))
		}
	}
	for _, f := range all {
		d.facts.put(f)
	}
	for _, house := range houses {
		d.refused(d.call(hospitalOf(house), "GET", "/v1/findings/"+all[0].ID, nil), 404, claimwatch.CodeNotFound)
		if subjects, _ := d.listed(hospitalOf(house), ""); len(subjects) != 0 {
			t.Errorf("%s is shown %d findings before it was told", house, len(subjects))
		}
	}
	told := map[string]int{}
	for _, f := range all {
		good[FindingDetail](d, d.decide(officer, d.facts.held[f.ID], "notify", 0))
		for i, house := range houses {
			role := claimwatch.Role("")
			var sum claimwatch.Fen
			own := 0
			for _, line := range f.Lines {
				if line.InstitutionID == house {
					role, sum, own = line.Role, line.Amount, own+1
				}
			}
			r := d.call(hospitalOf(house), "GET", "/v1/findings/"+f.ID, nil)
			if f.InstitutionID != house && role != claimwatch.Violating {
				d.refused(r, 404, claimwatch.CodeNotFound)
				d.refused(d.explain(hospitalOf(house), f.ID), 404, claimwatch.CodeNotFound)
				continue
			}
			told[house]++
			got := good[FindingDetail](d, r)
			if got.InstitutionID != house || len(got.Lines) != own || own != len(f.Lines) && got.Amount != sum {
				t.Errorf("%s: %s is shown %s of %s with %d lines, want %s with %d", f.Subject, house, got.Amount, got.InstitutionID, len(got.Lines), sum, own)
			}
			for k, other := range houses {
				if k != i && strings.Contains(r.Body.String(), `"`+other) {
					t.Errorf("%s: %s reads of %s: %s", f.Subject, house, other, r.Body)
				}
			}
		}
	}
	for _, house := range houses {
		r := d.call(hospitalOf(house), "GET", "/v1/findings?limit=1000", nil)
		if got := good[page[FindingView]](d, r); len(got.Items) != told[house] || told[house] < 18 {
			t.Errorf("%s is shown %d findings, was told of %d", house, len(got.Items), told[house])
		}
		for _, other := range houses {
			if other != house && strings.Contains(r.Body.String(), `"`+other) {
				t.Errorf("the list of %s names %s", house, other)
			}
		}
	}
}

// What one institution explains, and what the agency does inside, stays from the
// other; the outcome does not, and each finds its own money on its own list.
func TestTwoInstitutionsOfOneFinding(t *testing.T) {
	d := newDesk(t)
	f := constellation("H1", [3]claimwatch.Role{claimwatch.Violating, claimwatch.Violating, claimwatch.Involved})
	held := d.facts.put(f)
	path := "/v1/findings/" + f.ID
	decide := func(revision int, more map[string]any) {
		t.Helper()
		body := map[string]any{"expected_revision": revision, "facts_sha256": held.Facts, "reason": "r"}
		for name, value := range more {
			body[name] = value
		}
		good[FindingDetail](d, d.call(officer, "POST", path+"/decisions", body))
	}
	decide(0, map[string]any{"action": "notify"})
	decide(1, map[string]any{"action": "assign", "to": "desk-of-wang"})
	decide(2, map[string]any{"action": "refer", "to": "expert-pool"})
	good[FindingDetail](d, d.call(hospitalOf("H2"), "POST", path+"/statements", map[string]string{"text": "our-own-words"}))
	d.clock("2026-03-10T00:00:00+08:00") // H1 has let its term pass
	decide(4, map[string]any{"action": "reject", "lines": []any{
		map[string]string{"record_id": "H1-R", "institution_id": "H1", "amount": "0.60"}, map[string]string{"record_id": "H2-R", "institution_id": "H2", "amount": "2.00"},
	}})
	for house, want := range map[string]struct {
		actions, amount string
	}{"H1": {"notify reject", "0.60"}, "H2": {"notify explain reject", "2.00"}} {
		r := d.call(hospitalOf(house), "GET", path, nil)
		got := good[FindingDetail](d, r)
		var actions []string
		for _, e := range got.Journal {
			actions = append(actions, string(e.Action))
			if e.Action == claimwatch.ActionReject && e.Amount().String() != want.amount {
				t.Errorf("%s reads that %s was rejected, want %s", house, e.Amount(), want.amount)
			}
		}
		if strings.Join(actions, " ") != want.actions || got.State != claimwatch.StateRejected {
			t.Errorf("%s reads %v and %s, want %s", house, actions, got.State, want.actions)
		}
		for _, secret := range []string{"desk-of-wang", "expert-pool"} {
			if strings.Contains(r.Body.String(), secret) {
				t.Errorf("%s reads of %s", house, secret)
			}
		}
		if strings.Contains(r.Body.String(), "our-own-words") != (house == "H2") {
			t.Errorf("%s reads the statement of H2, or H2 does not", house)
		}
		list := good[rejection.RejectedList](d, d.call(hospitalOf(house), "GET", "/v1/rejections?month=2026-02", nil))
		if list.InstitutionID != house || list.Total.String() != want.amount || len(list.Items) != 1 || list.Items[0].RecordID != house+"-R" {
			t.Errorf("the list of %s = %+v", house, list)
		}
		csv := d.call(hospitalOf(house), "GET", "/v1/rejections?month=2026-02&format=csv", nil).Body.String()
		if strings.Count(csv, "\r\n") != 2 || !strings.Contains(csv, want.amount) {
			t.Errorf("the CSV of %s: %s", house, csv)
		}
		for _, other := range houses {
			if other != house {
				d.refused(d.call(hospitalOf(house), "GET", "/v1/rejections?month=2026-02&institution_id="+other, nil), 403, claimwatch.CodeForbidden)
			}
		}
	}
	d.refused(d.call(hospitalOf("H3"), "GET", path, nil), 404, claimwatch.CodeNotFound)
}
