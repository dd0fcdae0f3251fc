package audit

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/coverage"
)

// ward is what evaluations said of stays, in memory: it narrows nothing but the
// person, as a store may that leaves more than what is asked for.
type ward struct {
	said    []coverage.Said // in order of their keys
	persons []string        // of each, empty for an institution
	records []StayRecord
	counted []coverage.Counted
	told    []coverage.Told
	rules   []coverage.Rule
}

func (w *ward) Coverage(_ context.Context, q CoverageQuery) (list []coverage.Said, next uint64, err error) {
	for i, one := range w.said {
		if one.Key <= q.After || q.PersonID != "" && q.PersonID != w.persons[i] {
			continue
		}
		if len(list) == q.Limit {
			return list, list[len(list)-1].Key, nil
		}
		list = append(list, one)
	}
	return list, 0, nil
}

func (w *ward) CoverageSums(context.Context, claimwatch.Instant, string, string) ([]coverage.Counted, []coverage.Told, error) {
	return w.counted, w.told, nil
}

func (w *ward) StayRecords(_ context.Context, institution, stay string) (list []StayRecord, err error) {
	for _, one := range w.records {
		if one.Record.InstitutionID == institution && one.Record.StayID == stay {
			list = append(list, one)
		}
	}
	return list, nil
}

func (w *ward) Present(_ context.Context, institution string, asOf claimwatch.Instant) (claimwatch.Instant, bool, error) {
	return asOf - 1000, institution == "H1", nil
}

// fullWard has seven persons with two stays each; of every third person H1 could
// not tell faces.
func fullWard() *ward {
	w := &ward{}
	for i := range 7 {
		person := fmt.Sprint("P", i)
		one := coverage.Said{Key: uint64(i+1) * 10, Stays: []coverage.Stay{
			{InstitutionID: "H1", PersonID: person, StayID: "S" + fmt.Sprint(i), Inpatient: true}, {InstitutionID: "H2", PersonID: person, StayID: "V" + fmt.Sprint(i)},
		}}
		if i%3 == 0 {
			one.Missed = []claimwatch.NotEvaluated{{Rule: "IDN-001", InstitutionID: "H1", PersonID: person, StayID: "S" + fmt.Sprint(i), Reason: "face_required is false"}}
		}
		if i == 4 {
			one.Hits = []claimwatch.Hit{{FindingID: "f_4", Rule: "FEE-001", InstitutionID: "H2", PersonID: person, StayID: "V4"}}
		}
		w.said, w.persons = append(w.said, one), append(w.persons, person)
	}
	w.said = append(w.said, coverage.Said{Key: 90, Hits: []claimwatch.Hit{{FindingID: "f_9", Rule: "ADM-019", InstitutionID: "H1"}}})
	w.persons = append(w.persons, "")
	return w
}

func (d *desk) admit(w *ward) {
	d.audit.deps.Coverage, d.audit.deps.Stays = w, w
	d.audit.deps.Rules = func() []coverage.Rule { return w.rules }
	w.rules = []coverage.Rule{{Code: "FEE-001", Stays: "any"}, {Code: "ADM-019", Stays: "inpatient"}, {Code: "IDN-001", Stays: "inpatient"}}
}

// covered reads a list of coverage over all its pages.
func (d *desk) covered(query string) (rows []string, pages int) {
	d.t.Helper()
	for cursor := ""; ; {
		got := good[page[coverage.Row]](d, d.call(officer, "GET", "/v1/coverage?"+query+"&cursor="+url.QueryEscape(cursor), nil))
		for _, r := range got.Items {
			stay := "-"
			if r.StayID != nil {
				stay = *r.StayID
			}
			rows = append(rows, fmt.Sprintf("%s %s %s %s", r.InstitutionID, stay, r.Rule, r.Result))
		}
		pages++
		if cursor = got.Next; cursor == "" || pages > 200 {
			return rows, pages
		}
	}
}

// Whatever the size of a page, the list is the same; filters leave what is asked
// for; a hospital without face devices has passed no rule about faces.
func TestCoverage(t *testing.T) {
	d := newDesk(t)
	w := fullWard()
	d.admit(w)
	all, _ := d.covered("limit=1000")
	if len(all) != 7*4+1 {
		t.Fatalf("%d rows: %v", len(all), all)
	}
	for _, limit := range []int{1, 2, 3, 4, 5, 13, 28, 29, 30} {
		rows, pages := d.covered(fmt.Sprint("limit=", limit))
		if diff := cmp.Diff(rows, all); diff != "" || pages != (len(all)+limit-1)/limit {
			t.Errorf("in %d pages of %d (-got, +want):\n%s", pages, limit, diff)
		}
	}
	for query, want := range map[string][]string{
		"rule=IDN-001&result=not_evaluated": {"H1 S0 IDN-001 not_evaluated", "H1 S3 IDN-001 not_evaluated", "H1 S6 IDN-001 not_evaluated"},
		"rule=IDN-001&stay_id=S0":           {"H1 S0 IDN-001 not_evaluated"},
		"result=hit":                        {"H2 V4 FEE-001 hit", "H1 - ADM-019 hit"},
		"result=hit&rule=FEE-001":           {"H2 V4 FEE-001 hit"},
		"person_id=P5":                      {"H1 S5 FEE-001 pass", "H1 S5 ADM-019 pass", "H1 S5 IDN-001 pass", "H2 V5 FEE-001 pass"},
		"institution_id=H2&stay_id=V1":      {"H2 V1 FEE-001 pass"},
		"institution_id=H3":                 nil,
	} {
		for _, limit := range []string{"", "&limit=1"} {
			if rows, _ := d.covered(query + limit); !slices.Equal(rows, want) {
				t.Errorf("%s: %v, want %v", query+limit, rows, want)
			}
		}
	}
	w.rules = w.rules[2:] // a reload: the other rules are retired
	if rows, _ := d.covered("person_id=P5"); !slices.Equal(rows, []string{"H1 S5 IDN-001 pass"}) {
		t.Errorf("after a reload: %v", rows)
	}
	d.refused(d.call(hospital, "GET", "/v1/coverage", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(nobody, "GET", "/v1/coverage/sums", nil), 401, claimwatch.CodeUnauthenticated)
	d.refused(d.call(officer, "GET", "/v1/coverage?cursor=xx", nil), 400, claimwatch.CodeBadQuery)
}

func TestCoverageSumsByPage(t *testing.T) {
	d := newDesk(t)
	w := fullWard()
	w.counted = []coverage.Counted{{InstitutionID: "H1", Inpatient: 7}, {InstitutionID: "H2", Visit: 7}}
	w.told = []coverage.Told{
		{InstitutionID: "H1", Rule: "IDN-001", Reason: "face_required is false", All: 7, Inpatient: 7},
		{InstitutionID: "H2", Rule: "FEE-001", Hit: true, All: 1, Visit: 1},
	}
	d.admit(w)
	var got []string
	for cursor := ""; ; {
		one := good[page[coverage.Sum]](d, d.call(officer, "GET", "/v1/coverage/sums?limit=3&cursor="+cursor, nil))
		for _, s := range one.Items {
			got = append(got, fmt.Sprintf("%s %s %d: %d %d %d", s.InstitutionID, s.Rule, s.Stays, s.Hit, s.Pass, s.NotEvaluated))
		}
		if cursor = one.Next; cursor == "" {
			break
		}
	}
	want := []string{"H1 FEE-001 7: 0 7 0", "H1 ADM-019 7: 0 7 0", "H1 IDN-001 7: 0 0 7", "H2 FEE-001 7: 1 6 0"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("sums (-got, +want):\n%s", diff)
	}
	one := good[page[coverage.Sum]](d, d.call(officer, "GET", "/v1/coverage/sums?rule=IDN-001&institution_id=H1", nil))
	if len(one.Items) < 1 || one.Items[0].Reasons[0] != (coverage.Reason{Reason: "face_required is false", Stays: 7}) {
		t.Errorf("sums of a rule: %+v", one.Items)
	}
}

// The timeline holds every record in order, marks what is cancelled or ahead,
// shows lines net, and the findings that speak of the stay wherever they belong.
func TestStay(t *testing.T) {
	d := newDesk(t)
	w := fullWard()
	d.admit(w)
	put := func(kind claimwatch.Kind, id string, at claimwatch.Instant, change func(*claimwatch.Record)) {
		r := &claimwatch.Record{Kind: kind, Revision: 1, RecordID: id, InstitutionID: "H2", PersonID: "P4", StayID: "V4", OccurredAt: at, Values: make([]claimwatch.Value, len(kind.Fields()))}
		if change != nil {
			change(r)
		}
		w.records = append(w.records, StayRecord{r, at + 7})
	}
	class := func(r *claimwatch.Record) {
		r.Values[r.Kind.Slot("class")] = claimwatch.Value{Text: "outpatient", Set: true}
	}
	begun := claimwatch.Instant(1_772_000_000_000)
	ill := func(field, codes string) func(*claimwatch.Record) {
		return func(r *claimwatch.Record) {
			class(r)
			r.Values[r.Kind.Slot(field)] = claimwatch.Value{Text: codes, Set: true}
		}
	}
	d.audit.deps.Diagnosis = func(code string) (string, bool) { return "骨折 " + code, code != "U99" }
	d.audit.deps.Procedure = func(code string) (string, bool) { return "手术 " + code, true }
	put(claimwatch.Admission, "A1", begun, ill("diagnoses", "S72.0"+claimwatch.ListSeparator+"U99"))
	put(claimwatch.Admission, "A2", begun+1, class)
	put(claimwatch.Fee, "F1", begun+2, nil)
	put(claimwatch.Fee, "F0", begun+3, func(r *claimwatch.Record) {
		r.Values[r.Kind.Slot("reverses")] = claimwatch.Value{Text: "F1", Set: true}
	})
	put(claimwatch.Discharge, "D1", begun+4, func(r *claimwatch.Record) { r.Cancelled = true })
	put(claimwatch.Operation, "P1", begun+5, func(r *claimwatch.Record) {
		r.Values[r.Kind.Slot("procedure_code")] = claimwatch.Value{Text: "79.35", Set: true}
	})
	put(claimwatch.Order, "O1", begun+1e12, nil)
	f := sample("H2|P4|V4|x", false)
	f.ID, f.InstitutionID, f.Lines = "f_4", "H1", []claimwatch.Line{{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "F1", Role: claimwatch.Violating, Amount: 700}}
	d.facts.put(f)

	got := good[StayView](d, d.call(officer, "GET", "/v1/stays/H2/V4", nil))
	var records []string
	for _, r := range got.Records {
		net := ""
		if r.Net != nil {
			net = " " + r.Net.String()
		}
		records = append(records, fmt.Sprintf("%s %s %t %t%s", r.Kind, r.RecordID, r.Cancelled, r.Ahead, net))
	}
	if diff := cmp.Diff(records, []string{
		"admission A1 false false", "admission A2 false false", "fee F1 false false 7.00", "fee F0 false false",
		"discharge D1 true false", "operation P1 false false", "order O1 false true",
	}); diff != "" {
		t.Errorf("records (-got, +want):\n%s", diff)
	}
	codes := [][]NamedCode{got.Records[0].Diagnoses, got.Records[1].Diagnoses, got.Records[0].Procedures, got.Records[5].Procedures}
	if diff := cmp.Diff(codes, [][]NamedCode{{{"S72.0", "骨折 S72.0"}, {Code: "U99"}}, nil, nil, {{"79.35", "手术 79.35"}}}); diff != "" {
		t.Errorf("names of codes (-got, +want):\n%s", diff)
	}
	if diff := cmp.Diff(got.Persons, []StayPerson{{PersonID: "P4", Class: "outpatient", AdmittedAt: &begun}}); diff != "" {
		t.Errorf("persons (-got, +want):\n%s", diff)
	}
	if len(got.Findings) != 1 || got.Findings[0].FindingID != "f_4" || len(got.Coverage) != 1 || got.Coverage[0].Result != coverage.Hit || got.Present != nil {
		t.Errorf("findings %+v, coverage %+v, present %v", got.Findings, got.Coverage, got.Present)
	}
	d.facts.retract("f_4")
	if got = good[StayView](d, d.call(officer, "GET", "/v1/stays/H2/V4", nil)); len(got.Findings) != 0 {
		t.Errorf("a retracted finding is shown: %+v", got.Findings)
	}
	d.refused(d.call(officer, "GET", "/v1/stays/H2/V9", nil), 404, claimwatch.CodeNotFound)
	d.refused(d.call(hospital, "GET", "/v1/stays/H2/V4", nil), 403, claimwatch.CodeForbidden)
}
