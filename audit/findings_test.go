package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// The shape of the contract, section 3, field by field.
func TestFindingJSON(t *testing.T) {
	d := newDesk(t)
	f := sample("H1|P1|S1", false)
	held := d.facts.put(f)
	var got map[string]json.RawMessage
	r := d.call(officer, "GET", "/v1/findings?rule=FEE-001", nil)
	items := good[page[json.RawMessage]](d, r).Items
	if err := json.Unmarshal(items[0], &got); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	want := map[string]string{
		"finding_id": `"` + f.ID + `"`, "revision": "0", "facts_sha256": `"` + held.Facts + `"`, "rule": `"FEE-001"`, "rule_version": "2",
		"severity": `"violation"`, "state": `"open"`, "suppressed_by": "null", "institution_id": `"H1"`, "person_id": `"P1"`, "stay_id": `"S1"`,
		"subject": `"H1|P1|S1"`, "from": `"2026-02-25T14:13:20.000+08:00"`, "until": "null", "amount": `"256.00"`, "attributed": `"256.00"`,
		"lines": `[{"kind":"fee","institution_id":"H1","record_id":"F1","role":"violating","amount":"256.00","attributed":"256.00"},` +
			`{"kind":"fee","institution_id":"H1","record_id":"F0","role":"involved","amount":"0.00"}]`,
		"evidence": `{"seconds":2,"lines":[{"record_id":"F0"}]}`, "basis": `[{"law":"shanxi-2022-measures","article":"23","in_force":true}]`,
		"grounds": `["38.1"]`, "opened_at": `"2026-02-25T14:13:20.000+08:00"`, "revised_at": `"2026-02-25T14:13:20.000+08:00"`,
		"notified_at": "null", "due_on": "null", "due_provisional": "false",
	}
	texts := map[string]string{}
	for name, raw := range got {
		texts[name] = string(raw)
	}
	if diff := cmp.Diff(texts, want); diff != "" {
		t.Errorf("finding (-got, +want):\n%s", diff)
	}
}

func TestListFilters(t *testing.T) {
	d := newDesk(t)
	small := sample("H1|P1|S1", false)
	large := sample("H1|P1|S2", true)
	other := sample("H1|P1|S3", false)
	other.Rule, other.Severity, other.ID = "ADM-001", claimwatch.Suspicion, claimwatch.FindingID("ADM-001", "H1|P1|S3")
	for _, f := range []claimwatch.Finding{small, large, other} {
		d.facts.put(f)
	}
	good[FindingDetail](d, d.decide(officer, d.facts.held[small.ID], "notify", 0))
	cases := []struct {
		query string
		want  []string
	}{
		{"", []string{small.ID, large.ID, other.ID}},
		{"state=open", []string{large.ID, other.ID}},
		{"state=notified", []string{small.ID}},
		{"state=notified&rule=ADM-001", nil},
		{"state=notified&min_amount=256.00", []string{small.ID}},
		{"state=notified&min_amount=256.01", nil},
		{"state=notified&person_id=P2", nil},
		{"state=notified&from=2026-02-26", nil},
		{"state=notified&until=2026-02-25T14:13:20%2B08:00", nil},
		{"state=notified&until=2026-02-25T14:13:20.001+08:00&from=2026-02-25", []string{small.ID}},
		{"state=rejected", nil},
		{"rule=ADM-001", []string{other.ID}},
		{"severity=suspicion", []string{other.ID}},
		{"min_amount=266", []string{large.ID}},
	}
	for _, c := range cases {
		got := map[string]bool{}
		for _, item := range good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?"+c.query, nil)).Items {
			got[item.FindingID] = true
		}
		want := map[string]bool{}
		for _, id := range c.want {
			want[id] = true
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got, +want):\n%s", c.query, diff)
		}
	}
}

func TestBadQueries(t *testing.T) {
	d := newDesk(t)
	for _, query := range []string{"limit=0", "limit=1001", "limit=x", "from=yesterday", "until=2026-01-01T00:00:00", "min_amount=1e3", "min_amount=1.234", "cursor=!", "cursor=aQ"} {
		d.refused(d.call(officer, "GET", "/v1/findings?"+query, nil), http.StatusBadRequest, claimwatch.CodeBadQuery)
	}
	for _, query := range []string{"month=2026-02", "institution_id=H1&month=2026-13", "institution_id=H1&month=202602"} {
		d.refused(d.call(officer, "GET", "/v1/rejections?"+query, nil), http.StatusBadRequest, claimwatch.CodeBadQuery)
	}
	// Unknown parameters and words are refused by huma; package api gives them the same code.
	for _, query := range []string{"state=closed", "severity=high", "colour=red"} {
		if r := d.call(officer, "GET", "/v1/findings?"+query, nil); r.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", query, r.Code)
		}
	}
}

// Every finding comes once, whatever the page size and the road.
func TestPages(t *testing.T) {
	d := newDesk(t)
	for i := range 23 {
		held := d.facts.put(sample(fmt.Sprint("H1|P1|S", i), i%2 == 0))
		if i%3 == 0 {
			good[FindingDetail](d, d.decide(officer, held, "notify", 0))
		}
		if i%5 == 0 {
			d.facts.retract(held.ID)
		}
	}
	for query, want := range map[string]int{"": 18, "state=open": 12, "state=notified": 6, "state=retracted": 5} {
		for _, limit := range []int{1, 2, 3, 7, 100} {
			seen := map[string]bool{}
			cursor, pages := "", 0
			for {
				path := fmt.Sprintf("/v1/findings?limit=%d&%s&cursor=%s", limit, query, url.QueryEscape(cursor))
				got := good[page[FindingView]](d, d.call(officer, "GET", path, nil))
				for _, item := range got.Items {
					if seen[item.FindingID] {
						t.Fatalf("%s limit %d: %s comes twice", query, limit, item.FindingID)
					}
					seen[item.FindingID] = true
				}
				if len(got.Items) > limit {
					t.Fatalf("%d items on a page of %d", len(got.Items), limit)
				}
				if cursor = got.Next; cursor == "" {
					break
				}
				if pages++; pages > 100 {
					t.Fatal("the list does not end")
				}
			}
			if len(seen) != want {
				t.Errorf("%q limit %d: %d findings, want %d", query, limit, len(seen), want)
			}
		}
	}
}

func TestHospitalSeesItsOwn(t *testing.T) {
	d := newDesk(t)
	shared := d.facts.put(sample("H1|P1|S1|H2|S9", true))
	alone := d.facts.put(sample("H1|P1|S2", false))
	if got := good[page[FindingView]](d, d.call(hospital, "GET", "/v1/findings", nil)); len(got.Items) != 0 {
		t.Errorf("before notice a hospital sees %d findings", len(got.Items))
	}
	for _, held := range []claimwatch.Held{shared, alone} {
		good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	}
	for _, c := range []struct {
		caller        claimwatch.Caller
		other, amount string
		count         int
	}{{hospital, "H2", "256.00", 2}, {another, "H1", "10.00", 1}} {
		list := d.call(c.caller, "GET", "/v1/findings", nil)
		if got := good[page[FindingView]](d, list); len(got.Items) != c.count {
			t.Errorf("%s sees %d findings, want %d", c.caller.InstitutionID, len(got.Items), c.count)
		}
		one := d.call(c.caller, "GET", "/v1/findings/"+shared.ID, nil)
		for _, r := range [][]byte{list.Body.Bytes(), one.Body.Bytes()} {
			if bytes.Contains(r, []byte(`"`+c.other+`"`)) || bytes.Contains(r, []byte(c.other+"|")) || bytes.Contains(r, []byte("|"+c.other)) {
				t.Errorf("%s reads about %s: %s", c.caller.InstitutionID, c.other, r)
			}
		}
		if got := good[FindingDetail](d, one); got.Amount.String() != c.amount || got.InstitutionID != c.caller.InstitutionID {
			t.Errorf("%s sees %s of %s, want %s", c.caller.InstitutionID, got.Amount, got.InstitutionID, c.amount)
		}
	}
	// It is told what its own lines stand for, whoever's stay the finding is of.
	d.facts.lines["H2|F9"] = LineFacts{ItemName: "of H2", StayID: "S9", Net: 1000, Found: true}
	d.facts.lines["H1|F1"] = LineFacts{ItemName: "of H1", StayID: "S1", Net: 25600, Found: true}
	for caller, name := range map[string]string{"H1": "of H1", "H2": "of H2"} {
		got := good[FindingDetail](d, d.call(hospitalOf(caller), "GET", "/v1/findings/"+shared.ID, nil)).Charged
		if len(got) != 1 || got[0].ItemName != name {
			t.Errorf("%s is told of %+v", caller, got)
		}
	}
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+shared.ID, nil)).Charged; got != nil {
		t.Errorf("an officer is told of %+v", got)
	}
	// No filter tells more than the view.
	for _, query := range []string{"min_amount=266", "institution_id=H1", "stay_id=S1"} {
		if got := good[page[FindingView]](d, d.call(another, "GET", "/v1/findings?"+query, nil)); len(got.Items) != 0 {
			t.Errorf("%s lets the other hospital learn of %d findings", query, len(got.Items))
		}
	}
	d.refused(d.call(another, "GET", "/v1/findings/"+alone.ID, nil), 404, claimwatch.CodeNotFound)
}

func TestEvidenceIsKeptFromAHospitalThatItWouldTell(t *testing.T) {
	d := newDesk(t)
	own := sample("H1|P1|S1", false)
	telling := sample("H1|P1|S2", false)
	telling.Evidence = json.RawMessage(`{"seen_at":{"institution_id":"H2"}}`)
	for _, f := range []claimwatch.Finding{own, telling} {
		good[FindingDetail](d, d.decide(officer, d.facts.put(f), "notify", 0))
	}
	if got := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+own.ID, nil)); string(got.Evidence) != string(own.Evidence) {
		t.Errorf("evidence = %s, want %s", got.Evidence, own.Evidence)
	}
	if got := good[FindingDetail](d, d.call(hospital, "GET", "/v1/findings/"+telling.ID, nil)); string(got.Evidence) != "{}" {
		t.Errorf("evidence = %s, want none", got.Evidence)
	}
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+telling.ID, nil)); string(got.Evidence) != string(telling.Evidence) {
		t.Errorf("the officer's evidence = %s, want %s", got.Evidence, telling.Evidence)
	}
}

func TestEvidenceThatNamesAnother(t *testing.T) {
	cases := []struct {
		evidence string
		want     bool
	}{
		{`{}`, false},
		{`{"institution_id":"H1"}`, false},
		{`{"institution_id":"H2"}`, true},
		{`{"a":[{"to_institution_id":"H2"}]}`, true},
		{`{"institutions":["H1","H2"]}`, true},
		{`{"institutions":["H1"]}`, false},
		{`{"institutions":[{"institution_id":"H2"}]}`, true},
		{`{"other_institution":"H2"}`, true},
		{`not json`, true},
		{`{"institution_count":2}`, false},
	}
	for _, c := range cases {
		if got := namesAnother(json.RawMessage(c.evidence), "H1"); got != c.want {
			t.Errorf("namesAnother(%s) = %t, want %t", c.evidence, got, c.want)
		}
	}
}

func TestRetraction(t *testing.T) {
	d := newDesk(t)
	open := d.facts.put(sample("H1|P1|S1", false))
	decided := d.facts.put(sample("H1|P1|S2", false))
	good[FindingDetail](d, d.decide(officer, decided, "release", 0))
	d.facts.retract(open.ID)
	d.facts.retract(decided.ID)
	list := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings", nil))
	if len(list.Items) != 1 || list.Items[0].State != claimwatch.StateReleased {
		t.Errorf("listed %+v, want the released one only", list.Items)
	}
	retracted := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?state=retracted", nil))
	if len(retracted.Items) != 1 || retracted.Items[0].FindingID != open.ID {
		t.Errorf("retracted: %+v", retracted.Items)
	}
	d.refused(d.decide(officer, open, "notify", 0), 409, claimwatch.CodeIllegalTransition)
	if got := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+open.ID, nil)); got.State != claimwatch.StateRetracted || len(got.History) != 1 {
		t.Errorf("by id: %+v", got)
	}
	d.facts.put(open.Finding) // the facts are back
	if got := good[FindingDetail](d, d.decide(officer, open, "notify", 0)); got.State != claimwatch.StateNotified {
		t.Errorf("after its return: %s", got.State)
	}
}

func TestDigest(t *testing.T) {
	sums := map[string]string{}
	run := func(name, order string, decide bool) {
		d := newDesk(t)
		if order == "other clock" {
			d.clock("2026-04-13T10:00:00+08:00")
		}
		for _, subject := range strings.Fields("a b c") {
			held := d.facts.put(sample(subject, false))
			if decide {
				good[FindingDetail](d, d.decide(officer, held, "notify", 0))
				good[FindingDetail](d, d.explain(hospital, held.ID))
				good[FindingDetail](d, d.decide(officer, held, "reject", 2))
			}
		}
		for query, key := range map[string]string{"": name, "?findings=true": name + " findings"} {
			sums[key] = good[struct{ Digest string }](d, d.call(officer, "GET", "/v1/digest"+query, nil)).Digest
		}
	}
	run("one", "", true)
	run("two", "other clock", true)
	run("undecided", "", false)
	if sums["one"] != sums["two"] || sums["one findings"] != sums["undecided findings"] {
		t.Errorf("the same facts give other digests: %v", sums)
	}
	if sums["one"] == sums["undecided"] || sums["one"] == sums["one findings"] || len(sums["one"]) != 64 {
		t.Errorf("decisions do not count: %v", sums)
	}
	d := NewDigest()
	d.Finding("f_1", "abc", "")
	if got := d.String(); got != frozenDigest {
		t.Errorf("digest = %s, want %s", got, frozenDigest)
	}
}

// frozenDigest is the sum of one finding: two versions of the product compare
// their digests.
const frozenDigest = "68a6021cf2a1523686818d3941c8d2350625ba37246a676a9dc0c6c5fc263772"
