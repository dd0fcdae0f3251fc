package audit

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/notary"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// newNotary signs the heads of a journal with a key of its own.
func newNotary(t *testing.T, j *journal.Journal) *notary.Notary {
	t.Helper()
	private, _, err := proof.GenerateKey(rand.Reader, proof.SM2, "claimwatch/desk")
	if err != nil {
		t.Fatalf("GenerateKey() error:\n%+v", err)
	}
	n, err := notary.New(notary.DefaultConfig(), notary.Deps{
		Journal: j, CaughtUp: j.CaughtUp(), Book: notary.Files{Dir: t.TempDir()}, Now: time.Now,
		Signer: func() (*proof.Signer, error) { return proof.NewSigner(private, rand.Reader) },
	}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("notary.New() error:\n%+v", err)
	}
	return n
}

// explained makes a finding that the hospital has explained, and gives the entry of
// the statement.
func explained(d *desk, subject string) (claimwatch.Held, uint64) {
	d.t.Helper()
	held := d.facts.put(sample(subject, false))
	good[FindingDetail](d, d.decide(officer, held, "notify", 0))
	detail := good[FindingDetail](d, d.explain(hospital, held.ID))
	return held, detail.Journal[1].Entry
}

func (d *desk) head() proof.Checkpoint {
	d.t.Helper()
	r := d.call(watcher, "GET", "/v1/journal/checkpoint", nil)
	if r.Code != http.StatusOK || r.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		d.t.Fatalf("checkpoint: %d %s %s", r.Code, r.Header(), r.Body)
	}
	head, _, err := proof.Open(r.Body.Bytes(), d.notary.Key())
	if err != nil {
		d.t.Fatalf("Open() error:\n%+v", err)
	}
	return head
}

// What the API proves holds against what it signed, and against nothing else.
func TestProofs(t *testing.T) {
	d := newDesk(t)
	explained(d, "a")
	early := d.head()
	explained(d, "b")
	late := d.head()
	if early.Size != 2 || late.Size != 4 {
		t.Fatalf("the heads have %d and %d entries", early.Size, late.Size)
	}
	for seq := uint64(1); seq <= late.Size; seq++ {
		got := good[struct {
			Leaf       proof.Hash
			Hashes     []proof.Hash
			Size       uint64
			Checkpoint string
		}](d, d.call(officer, "GET", fmt.Sprintf("/v1/journal/%d/proof", seq), nil))
		if err := proof.CheckInclusion(got.Hashes, seq, got.Leaf, late); err != nil || got.Size != 4 {
			t.Errorf("proof of entry %d under %d error:\n%+v", seq, got.Size, err)
		}
		if _, _, err := proof.Open([]byte(got.Checkpoint), d.notary.Key()); err != nil {
			t.Errorf("the checkpoint beside the proof error:\n%+v", err)
		}
	}
	got := good[struct {
		Hashes     []proof.Hash
		FromRoot   proof.Hash `json:"from_root"`
		Root       proof.Hash
		Checkpoint string
	}](d, d.call(officer, "GET", "/v1/journal/consistency?from=2&size=4", nil))
	if err := proof.CheckConsistency(got.Hashes, early, late); err != nil || got.FromRoot != early.Root || got.Root != late.Root || got.Checkpoint == "" {
		t.Errorf("consistency of 2 and 4 error:\n%+v\n%+v", err, got)
	}
	small := good[struct {
		Checkpoint string
		Root       proof.Hash
	}](d, d.call(officer, "GET", "/v1/journal/1/proof?size=2", nil))
	if small.Checkpoint != "" || small.Root != early.Root {
		t.Errorf("a proof under 2 entries carries the checkpoint of another size, or another root: %+v", small)
	}
	for path, code := range map[string]claimwatch.Code{
		"/v1/journal/9/proof": claimwatch.CodeNotFound, "/v1/journal/x/proof": claimwatch.CodeNotFound, "/v1/journal/3/proof?size=2": claimwatch.CodeNotFound,
		"/v1/journal/1/proof?size=x": claimwatch.CodeBadQuery, "/v1/journal/consistency?from=0": claimwatch.CodeNotFound,
		"/v1/journal/consistency?from=x": claimwatch.CodeBadQuery, "/v1/journal/consistency?from=5&size=4": claimwatch.CodeNotFound,
	} {
		d.refused(d.call(officer, "GET", path, nil), statusOf(code), code)
	}
	for _, path := range []string{"/v1/journal/checkpoint", "/v1/journal/1/proof", "/v1/journal/consistency?from=1", "/v1/journal/export"} {
		d.refused(d.call(hospital, "GET", path, nil), 403, claimwatch.CodeForbidden)
		d.refused(d.call(clerk, "GET", path, nil), 403, claimwatch.CodeForbidden)
		d.refused(d.call(nobody, "GET", path, nil), 401, claimwatch.CodeUnauthenticated)
	}
}

// An export verifies, with its texts; an erased text is out of what is shown and of
// the export, and the export verifies still, under a head that continues the first.
func TestExportAndErase(t *testing.T) {
	d := newDesk(t)
	held, statement := explained(d, "a")
	export := func() []byte {
		r := d.call(watcher, "GET", "/v1/journal/export", nil)
		if r.Code != http.StatusOK || r.Header().Get("Content-Type") != "application/x-ndjson" {
			t.Fatalf("export: %d %s", r.Code, r.Body)
		}
		report, err := verify.Export(bytes.NewReader(r.Body.Bytes()), verify.Options{Keys: []*proof.Verifier{d.notary.Key()}})
		if err != nil || !report.Whole || report.Signed != report.Entries {
			t.Fatalf("Export() error %v:\n%+v", err, report)
		}
		return r.Body.Bytes()
	}
	data := `"data":"dGhlIHBhdGllbnQgbmVlZGVkIGl0"` // the patient needed it
	if text := export(); !bytes.Contains(text, []byte(data)) {
		t.Errorf("the export does not hold the statement:\n%s", text)
	}
	before := d.head()
	path := fmt.Sprintf("/v1/journal/%d/erasure", statement)
	body := map[string]string{"reason": "asked for by the patient"}
	d.refused(d.call(officer, "POST", path, body), 403, claimwatch.CodeForbidden)
	d.refused(d.call(hospital, "POST", path, body), 403, claimwatch.CodeForbidden)
	d.refused(d.call(admin, "POST", path, map[string]string{"reason": " "}), 422, claimwatch.CodeInvalid)
	d.refused(d.call(admin, "POST", "/v1/journal/1/erasure", body), 409, claimwatch.CodeIllegalTransition)
	d.refused(d.call(admin, "POST", "/v1/journal/99/erasure", body), 404, claimwatch.CodeNotFound)
	first := d.call(admin, "POST", path, body, "Idempotency-Key", "k1")
	erased := good[struct{ Seq, Erased uint64 }](d, first)
	if again := d.call(admin, "POST", path, body, "Idempotency-Key", "k1"); again.Body.String() != first.Body.String() {
		t.Errorf("a repeat is answered %s, want %s", again.Body, first.Body)
	}
	if erased.Seq != before.Size+1 || erased.Erased != statement {
		t.Errorf("the erasure is answered %s", first.Body)
	}
	detail := good[FindingDetail](d, d.call(officer, "GET", "/v1/findings/"+held.ID, nil))
	if e := detail.Journal[1]; e.Text != "" || !e.Erased || detail.State != claimwatch.StateExplained {
		t.Errorf("the erased statement is shown as %+v, the finding as %s", e, detail.State)
	}
	if text := export(); bytes.Contains(text, []byte(data)) || !strings.Contains(string(text), fmt.Sprintf(`"erased_by":%d`, erased.Seq)) {
		t.Errorf("the export after the erasure:\n%s", text)
	}
	hashes, err := d.j.Consistency(before.Size, erased.Seq)
	if err == nil {
		err = proof.CheckConsistency(hashes, before, d.head())
	}
	if err != nil {
		t.Errorf("the journal after the erasure does not continue the one before:\n%+v", err)
	}
	last := d.rows.Views[len(d.rows.Views)-1]
	if len(last.Erased) != 1 || last.Erased[0].History[1].Text != "" {
		t.Errorf("the views are not written without the text: %+v", last.Erased)
	}
	answer := d.call(officer, "GET", "/v1/journal", nil)
	report, err := verify.Answer(answer.Body.Bytes(), verify.Options{})
	if err != nil || !report.Whole || report.Entries != erased.Seq {
		t.Errorf("Answer() error %v:\n%+v", err, report)
	}
}
