package audit

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// places of the store in memory are made of its lists.
func (f *facts) places(ctx context.Context, q FindingQuery, yield func(Place) error) error {
	q.Limit = 1 << 20
	items, _, err := f.Findings(ctx, q)
	for _, h := range items {
		v := FindingView{
			FindingID: h.ID, Rule: h.Rule, InstitutionID: h.InstitutionID, PersonID: h.PersonID, StayID: h.StayID,
			Severity: h.Severity, Amount: h.Amount, From: h.From, OpenedAt: h.OpenedAt, RevisedAt: h.RevisedAt,
		}
		p := v.place()
		p.Retracted = h.Retracted != nil
		if err := yield(p); err != nil {
			return err
		}
	}
	return err
}

// queue puts findings A to F of rising amounts: A and B notified, B lapses last; C
// claimed, D a suspicion, E retracted, F of another stay.
func queue(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	held := map[string]claimwatch.Held{}
	for i, name := range []string{"A", "B", "C", "D", "E", "F"} {
		f := sample(name, false)
		f.Amount = claimwatch.Fen(100 * (i + 1))
		if name == "D" {
			f.Severity = claimwatch.Suspicion
		}
		if name == "F" {
			stay := "S2"
			f.StayID = &stay
		}
		held[name] = d.facts.put(f)
	}
	good[FindingDetail](d, d.decide(officer, held["A"], "notify", 0))
	good[FindingDetail](d, d.decide(officer, held["B"], "notify", 0))
	d.act(officer, held["B"], "extend", 1)
	d.act(officer, held["C"], "claim", 0)
	d.facts.retract(held["E"].ID)
	return d
}

func TestSortedLists(t *testing.T) {
	d := queue(t)
	for query, want := range map[string]string{
		"sort=amount":                 "F D C B A",
		"sort=due_on":                 "A B F D C",
		"sort=severity":               "F C B A D",
		"sort=amount&state=open":      "F D C",
		"sort=amount&state=notified":  "B A",
		"sort=amount&state=retracted": "E",
		"sort=amount&min_amount=3":    "F D C",
		"sort=amount&mine=true":       "C",
		"mine=true":                   "C",
		"sort=severity&rule=ADM-001":  "",
	} {
		for _, limit := range []int{1, 2, 5, 100} {
			subjects, _ := d.listed(officer, fmt.Sprint(query, "&limit=", limit))
			if got := strings.Join(subjects, " "); got != want {
				t.Errorf("%s in pages of %d: %q, want %q", query, limit, got, want)
			}
		}
	}
	// What is decided waits for no deadline any more.
	d.act(officer, d.facts.held[claimwatch.FindingID("FEE-001", "A")], "release", 1)
	if subjects, _ := d.listed(officer, "sort=due_on"); strings.Join(subjects, " ") != "B F D C A" {
		t.Errorf("by deadline: %v, want the released one last", subjects)
	}
	if subjects, _ := d.listed(hospital, "sort=amount&limit=1"); strings.Join(subjects, " ") != "B A" {
		t.Errorf("the hospital is shown %v, want what it was told", subjects)
	}
	if subjects, _ := d.listed(hospital, "mine=true"); len(subjects) != 0 {
		t.Errorf("the hospital works on %v, want nothing: claims are the agency's", subjects)
	}
	next := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?sort=amount&limit=1", nil)).Next
	d.refused(d.call(officer, "GET", "/v1/findings?sort=due_on&cursor="+url.QueryEscape(next), nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(officer, "GET", "/v1/findings?cursor="+url.QueryEscape(next), nil), 400, claimwatch.CodeBadQuery)
}

// What comes or goes before a page shifts nothing behind it.
func TestSortedListsWhileTheyChange(t *testing.T) {
	d := queue(t)
	first := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?sort=amount&limit=2", nil))
	greater := sample("G", false)
	greater.Amount = 9900
	d.facts.put(greater)
	d.facts.retract(claimwatch.FindingID("FEE-001", "F"))
	second := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?sort=amount&limit=2&cursor="+url.QueryEscape(first.Next), nil))
	var got []string
	for _, v := range slices.Concat(first.Items, second.Items) {
		got = append(got, v.Subject)
	}
	if diff := cmp.Diff(got, []string{"F", "D", "C", "B"}); diff != "" {
		t.Errorf("two pages (-got, +want):\n%s", diff)
	}
}

func TestCounts(t *testing.T) {
	d := queue(t)
	got := good[FindingCounts](d, d.call(officer, "GET", "/v1/findings/counts?state=open", nil))
	want := FindingCounts{
		Findings: 3, Amount: 1300, Mine: 1,
		States:     []CountView{{"notified", 2, 300}, {"open", 3, 1300}},
		Severities: []CountView{{"suspicion", 1, 400}, {"violation", 2, 900}},
		Rules:      []CountView{{"FEE-001", 3, 1300}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("counts (-got, +want):\n%s", diff)
	}
	if gone := good[FindingCounts](d, d.call(officer, "GET", "/v1/findings/counts?state=retracted", nil)); gone.Findings != 1 || len(gone.States) != 3 {
		t.Errorf("retracted: %+v, want one, beside the other states", gone)
	}
	if told := good[FindingCounts](d, d.call(hospital, "GET", "/v1/findings/counts", nil)); told.Findings != 2 || told.Mine != 0 {
		t.Errorf("the hospital counts %+v, want the two that it was told", told)
	}
	other := claimwatch.Caller{KeyID: "other", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}, City: "C9", Jurisdiction: func(string) bool { return false }}
	if none := good[FindingCounts](d, d.call(other, "GET", "/v1/findings/counts", nil)); none.Findings != 0 || len(none.States) != 0 {
		t.Errorf("another city counts %+v, want nothing", none)
	}
}

func TestCases(t *testing.T) {
	d := queue(t)
	got := good[page[CaseView]](d, d.call(officer, "GET", "/v1/cases?sort=amount", nil))
	if len(got.Items) != 2 || got.Next != "" {
		t.Fatalf("cases: %+v, want those of two stays", got)
	}
	c := got.Items[0]
	if *c.StayID != "S1" || c.Findings != 4 || c.Amount != 1000 || c.Severity != claimwatch.Violation || c.DueOn == nil || len(c.FindingIDs) != 4 {
		t.Errorf("the case of S1: %+v", c)
	}
	if diff := cmp.Diff(c.States, []claimwatch.State{"notified", "open"}); diff != "" {
		t.Errorf("its states (-got, +want):\n%s", diff)
	}
	for _, order := range []string{"amount", "due_on", "severity", "revised", ""} {
		first := good[page[CaseView]](d, d.call(officer, "GET", "/v1/cases?limit=1&sort="+order, nil))
		second := good[page[CaseView]](d, d.call(officer, "GET", "/v1/cases?limit=1&sort="+order+"&cursor="+url.QueryEscape(first.Next), nil))
		if len(first.Items) != 1 || len(second.Items) != 1 || second.Next != "" || *first.Items[0].StayID == *second.Items[0].StayID {
			t.Errorf("by %q: %+v, then %+v", order, first, second)
		}
	}
	if mine := good[page[CaseView]](d, d.call(officer, "GET", "/v1/cases?mine=true", nil)); len(mine.Items) != 1 || mine.Items[0].Findings != 1 {
		t.Errorf("mine: %+v, want the one that is claimed", mine)
	}
}
