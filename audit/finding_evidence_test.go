package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// attic holds what was uploaded.
type attic struct{ asked []claimwatch.Identity }

func (a *attic) Uploaded(_ context.Context, records []claimwatch.Identity) (list []Uploaded, err error) {
	a.asked = records
	for i, id := range records {
		body := fmt.Appendf(nil, `{"kind":"%s","record_id":"%s","institution_id":"%s","item_code":"A1"}`, id.Kind, id.RecordID, id.InstitutionID)
		sum := sha256.Sum256(body)
		list = append(list, Uploaded{
			Record: id, Revision: 1, Canonical: body, SHA256: hex.EncodeToString(sum[:]), ReceiptID: "r_1", ReceivedAt: 1_772_000_000_000, Offset: int64(i),
		})
	}
	return list, nil
}

func (a *attic) Receipt(_ context.Context, id string) (claimwatch.Receipt, bool, error) {
	return claimwatch.Receipt{ReceiptID: id, Accepted: 2}, true, nil
}

// sickroom has one stay with its admission, a refund of F1 and a line of no concern.
type sickroom struct{}

func (sickroom) StayRecords(context.Context, string, string) (list []StayRecord, err error) {
	for _, r := range []struct {
		kind     claimwatch.Kind
		id       string
		reverses string
	}{{claimwatch.Admission, "A1", ""}, {claimwatch.Fee, "R1", "F1"}, {claimwatch.Fee, "F77", ""}, {claimwatch.CareRecord, "C1", ""}} {
		record := &claimwatch.Record{Kind: r.kind, RecordID: r.id, InstitutionID: "H1", Values: make([]claimwatch.Value, len(r.kind.Fields()))}
		if r.reverses != "" {
			record.Values[r.kind.Slot("reverses")] = claimwatch.Value{Text: r.reverses, Set: true}
		}
		list = append(list, StayRecord{Record: record})
	}
	return list, nil
}

func (sickroom) Present(context.Context, string, claimwatch.Instant) (claimwatch.Instant, bool, error) {
	return 0, false, nil
}

func (d *desk) pack(id string) map[string]string {
	d.t.Helper()
	return d.packAt("/v1/findings/" + id + "/evidence")
}

// packAt gives the files of a pack that verifies.
func (d *desk) packAt(path string) map[string]string {
	d.t.Helper()
	r := d.call(officer, "GET", path, nil)
	if r.Code != http.StatusOK || r.Header().Get("Content-Type") != "application/zip" {
		d.t.Fatalf("evidence: %d %s", r.Code, r.Body)
	}
	report, err := verify.Pack(r.Body.Bytes(), verify.Options{Keys: []*proof.Verifier{d.notary.Key()}})
	if err != nil || !report.Whole {
		d.t.Fatalf("Pack() error %v:\n%+v", err, report)
	}
	places, _ := evidence.Read(r.Body.Bytes())
	files := map[string]string{}
	for _, place := range places {
		files[place.Name] = string(place.Body)
	}
	return files
}

// A pack holds everything that the finding rests on, verifies, and loses a text that
// was erased.
func TestEvidence(t *testing.T) {
	d := newDesk(t)
	store := &attic{}
	d.audit.deps.Originals, d.audit.deps.Stays = store, sickroom{}
	good[any](d, d.call(admin, "PUT", "/v1/reference/institutions", "institution_id,name,kind,level,city,face_required\nH1,甲医院,medical,3,太原,0\nH9,乙医院,medical,3,太原,0\n"))
	held, statement := explained(d, "a")
	files := d.pack(held.ID)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	for _, want := range []string{
		"README.txt", "finding.json", "rule/rule.json", "rule/query.sql", "rule/parameters.json", "law/shanxi-2022-measures-23.txt",
		"records/index.ndjson", "records/H1/fee/F1.r1.json", "records/H1/fee/F0.r1.json", "records/H1/fee/R1.r1.json", "records/H1/admission/A1.r1.json",
		"receipts/r_1.json", "knowledge/institutions.ndjson", "correspondence/history.json", "correspondence/notices.json",
		fmt.Sprintf("correspondence/%06d-statement.txt", statement), "journal/entries.ndjson", "journal/checkpoint.txt", "report.pdf", "manifest.json", "manifest.note",
	} {
		if files[want] == "" {
			t.Errorf("the pack has no %s, but %v", want, names)
		}
	}
	if slices.ContainsFunc(store.asked, func(id claimwatch.Identity) bool { return id.RecordID == "F77" || id.RecordID == "C1" }) {
		t.Errorf("records of no concern are asked for: %v", store.asked)
	}
	if !strings.Contains(files["knowledge/institutions.ndjson"], "甲医院") || strings.Contains(files["knowledge/institutions.ndjson"], "乙医院") {
		t.Errorf("the rows of institutions are %s", files["knowledge/institutions.ndjson"])
	}
	if !strings.HasPrefix(files["report.pdf"], "%PDF") || files[fmt.Sprintf("correspondence/%06d-statement.txt", statement)] != "the patient needed it" {
		t.Errorf("report or statement is another: %.20q", files["report.pdf"])
	}
	if got := strings.Count(files["journal/entries.ndjson"], "\n"); got != 2 {
		t.Errorf("%d entries are about the finding, want 2", got)
	}
	if !strings.Contains(files["README.txt"], "第 2 版") {
		t.Errorf("the README does not say that the rule has another version now:\n%s", files["README.txt"])
	}
	good[any](d, d.call(admin, "POST", fmt.Sprintf("/v1/journal/%d/erasure", statement), map[string]string{"reason": "asked for"}))
	files = d.pack(held.ID)
	for name, body := range files {
		if strings.Contains(body, "the patient needed it") {
			t.Errorf("%s still holds the erased text", name)
		}
	}
	d.refused(d.call(hospital, "GET", "/v1/findings/"+held.ID+"/evidence", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(admin, "GET", "/v1/findings/"+held.ID+"/evidence", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(officer, "GET", "/v1/findings/f_none/evidence", nil), 404, claimwatch.CodeNotFound)
}

// A row of a reference table that changed after the finding stands in the pack as the
// evaluation knew it; what was decided upon has the rows of its own facts.
func TestEvidenceKnowsWhatTheEvaluationKnew(t *testing.T) {
	d := newDesk(t)
	d.audit.deps.Originals, d.audit.deps.Stays = &attic{}, sickroom{}
	load := func(name string) uint64 {
		t.Helper()
		rows := "institution_id,name,kind,level,city,face_required\nH1," + name + ",medical,3,太原,0\n"
		return good[struct {
			Version uint64 `json:"version"`
		}](d, d.call(admin, "PUT", "/v1/reference/institutions", rows)).Version
	}
	first := load("旧名")
	held, _ := explained(d, "a")
	load("中间")
	second := load("新名")
	note := func(known uint64, event FindingEvent) {
		held := d.facts.held[held.ID]
		held.Evidence = fmt.Appendf(nil, `{"knowledge_version":%d}`, known)
		d.facts.held[held.ID] = held
		d.facts.history[held.ID] = append(d.facts.history[held.ID], event)
	}
	for _, step := range []struct {
		what         string
		known        uint64
		event        FindingEvent
		now, decided string
	}{
		{"not noted", 0, FindingEvent{Change: claimwatch.Opened, Facts: held.Facts}, "新名", ""},
		{"noted", first, FindingEvent{Change: claimwatch.Opened, Facts: held.Facts, Knowledge: first}, "旧名", ""},
	} {
		note(step.known, step.event)
		files := d.pack(held.ID)
		if got := files["knowledge/institutions.ndjson"]; !strings.Contains(got, step.now) {
			t.Errorf("%s: the row is %s, want %s", step.what, got, step.now)
		}
		if got := files["knowledge-decided/institutions.ndjson"]; got != "" {
			t.Errorf("%s: nothing else was decided upon, and there is %s", step.what, got)
		}
		if says := strings.Contains(files["README.txt"], "未记录"); says != (step.known == 0) {
			t.Errorf("%s: the README says that the version is not known: %t", step.what, says)
		}
	}
	grown := held.Finding
	grown.Amount += 100
	d.facts.put(grown)
	note(second, FindingEvent{Change: claimwatch.Revised, Facts: grown.FactsSHA256(), Knowledge: second})
	files := d.pack(held.ID)
	if now, then := files["knowledge/institutions.ndjson"], files["knowledge-decided/institutions.ndjson"]; !strings.Contains(now, "新名") || !strings.Contains(then, "旧名") {
		t.Errorf("the rows are %s, of what was told %s", now, then)
	}
	d.facts.history[held.ID] = nil // as a store that was rebuilt has it
	if then := d.pack(held.ID)["knowledge-decided/institutions.ndjson"]; !strings.Contains(then, "旧名") {
		t.Errorf("after a replay the rows of what was told are %s", then)
	}
}

// The same state gives the same files; only the times of making differ.
func TestEvidenceOfUntouchedFinding(t *testing.T) {
	d := newDesk(t)
	d.audit.deps.Originals, d.audit.deps.Stays = &attic{}, sickroom{}
	held := d.facts.put(sample("untouched", true))
	first, second := d.pack(held.ID), d.pack(held.ID)
	for name := range first {
		if !bytes.Equal([]byte(first[name]), []byte(second[name])) && name != evidence.FileNote {
			t.Errorf("%s differs between two packs of one state", name)
		}
	}
	if first["journal/entries.ndjson"] != "" {
		t.Errorf("nobody has touched the finding, and the journal says %s", first["journal/entries.ndjson"])
	}
}

// The pack of a sanction holds its course with proofs, the notice, and the pack of
// each finding, which verifies by itself.
func TestEvidenceOfSanction(t *testing.T) {
	d := settled(t)
	d.audit.deps.Originals, d.audit.deps.Stays = &attic{}, sickroom{}
	held, _ := explained(d, "a")
	m := good[MatterView](d, d.call(officer, "POST", "/v1/sanctions", map[string]any{
		"institution_id": "H1", "measure": "agreement_suspended", "grounds": []string{"38.1"}, "months": 3, "findings": []string{held.ID, "f_none"}, "reason": "查实",
	}))
	m = d.sanction(officer, m, "propose", nil)
	m = d.sanction(director, m, "confirm", nil)
	files := d.packAt("/v1/sanctions/" + m.ID + "/evidence")
	for _, name := range []string{"sanction.json", "notice.pdf", "README.txt", evidence.FileEntries, evidence.FileCheckpoint} {
		if files[name] == "" {
			t.Errorf("the pack has no %s", name)
		}
	}
	if n := strings.Count(files[evidence.FileEntries], "\n"); n != 4 {
		t.Errorf("%d entries, want those of opening, proposing, confirming and the notice", n)
	}
	if !strings.Contains(files["README.txt"], "f_none") {
		t.Errorf("the pack does not say that a finding is missing: %s", files["README.txt"])
	}
	report, err := verify.Pack([]byte(files["findings/"+held.ID+".zip"]), verify.Options{Keys: []*proof.Verifier{d.notary.Key()}})
	if err != nil || !report.Whole {
		t.Errorf("Pack() of the finding inside error %v:\n%+v", err, report)
	}
	d.refused(d.call(hospital, "GET", "/v1/sanctions/"+m.ID+"/evidence", nil), 403, claimwatch.CodeForbidden)
	d.refused(d.call(cityOfficer("大同", "H2"), "GET", "/v1/sanctions/"+m.ID+"/evidence", nil), 404, claimwatch.CodeNotFound)
}
