package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/verify"
)

// testEvidence: the pack of every finding verifies with the server's public key and
// holds the records as the log has them; the export and the answer of the journal do.
// All are kept in dir.
func testEvidence(t *testing.T, s *server, officer, dir string) {
	pub := filepath.Join(s.data, verify.FilePublic)
	type view struct {
		ID    string            `json:"finding_id"`
		Lines []claimwatch.Line `json:"lines"`
	}
	views := decoded[view](t, s.good(t, officer, "findings", "--json"))
	if len(views) < 2 {
		t.Fatalf("only %d findings", len(views))
	}
	for _, v := range views {
		path := filepath.Join(dir, v.ID+".zip")
		s.good(t, officer, "evidence", v.ID, "--out", path)
		text, err := os.ReadFile(path)
		must(t, err)
		files := map[string]string{}
		places, _ := evidence.Read(text)
		for _, place := range places {
			files[place.Name] = string(place.Body)
		}
		for _, line := range v.Lines {
			name := "records/" + line.InstitutionID + "/" + line.Kind.String() + "/" + line.RecordID + ".r1.json"
			says(t, name, files[name], `"record_id":"`+line.RecordID+`"`, `"institution_id":"`+line.InstitutionID+`"`)
		}
		says(t, "rule/query.sql", strings.ToUpper(files["rule/query.sql"]), "SELECT")
		says(t, "knowledge/institutions.ndjson", files["knowledge/institutions.ndjson"], `"institution_id":"H1"`)
		says(t, "verify of a pack", offline(t, exitDone, "verify", path, "--pub", pub), "whole\n")
	}
	s.bad(t, exitFailed, "not_found", officer, "evidence", "f_none")
	for name, path := range map[string]string{"journal.ndjson": "/v1/journal/export", "answer.json": "/v1/journal", "head.note": "/v1/journal/checkpoint"} {
		must(t, os.WriteFile(filepath.Join(dir, name), s.bytes(t, path), 0o600))
		says(t, "verify of "+name, offline(t, exitDone, "verify", filepath.Join(dir, name), "--pub", pub), "whole\n")
	}
}

// testKnowledgeInEvidence: a price cap that changes after a finding takes the finding
// back, and its pack shows the cap that it was found with; the next finding of the
// same subject has the next cap.
func testKnowledgeInEvidence(t *testing.T, s *server, officer string) {
	row := func(pack string) string {
		text, err := os.ReadFile(pack)
		must(t, err)
		places, _ := evidence.Read(text)
		for _, place := range places {
			if place.Name == "knowledge/items.ndjson" {
				return string(place.Body)
			}
		}
		return ""
	}
	type view struct {
		ID    string `json:"finding_id"`
		State string `json:"state"`
	}
	of := func(query string) []view {
		s.idle(t)
		return decoded[view](t, s.good(t, officer, "findings", "--rule", "FEE-007", query, "--json"))
	}
	open := of("--state=open")
	if len(open) == 0 {
		t.Fatal("no price is above its cap")
	}
	for i, step := range []struct{ cap, state, says string }{{"1000", "retracted", "20"}, {"21", "open", "21"}, {"20", "open", "20"}} {
		s.good(t, "", "reference", "load", "items", written(t, "items.csv", strings.ReplaceAll(itemRows, "20,20,20", step.cap+","+step.cap+","+step.cap)))
		found := false
		eventually(t, step.state, func() bool {
			for _, v := range of("--state=" + step.state) {
				found = found || v.ID == open[0].ID
			}
			return found
		})
		path := filepath.Join(t.TempDir(), "pack.zip")
		s.good(t, officer, "evidence", open[0].ID, "--out", path)
		if got := row(path); !strings.Contains(got, `"price_cap_3":"`+step.says+`"`) {
			t.Errorf("step %d: with a cap of %s the pack of the finding, which is %s, shows %s; want %s", i, step.cap, step.state, got, step.says)
		}
	}
}

// bytes reads an answer as it comes.
func (s *server) bytes(t testing.TB, path string) []byte {
	t.Helper()
	c, err := clientFlags{Server: "http://" + s.address, Data: s.data}.client()
	must(t, err)
	answer, err := c.do(t.Context(), request{method: http.MethodGet, path: path})
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	return text
}

// testVerifyStopped: the log of the stopped server is whole, and under the head that
// was fetched while it ran; the copies that were kept are under its last head.
func testVerifyStopped(t *testing.T, data, kept string) {
	out := offline(t, exitDone, "verify", data, "--head", filepath.Join(kept, "head.note"))
	says(t, "verify of the directory", out, "whole\n", "ed25519")
	if strings.Contains(out, "note:") {
		t.Errorf("a server that stopped in good order has left something unsigned:\n%s", out)
	}
	text, err := os.ReadFile(filepath.Join(data, verify.FileCheckpoints))
	must(t, err)
	broken := written(t, "journal.ndjson", strings.Replace(string(mustRead(t, filepath.Join(kept, "journal.ndjson"))), `"seq":2`, `"seq":3`, 1))
	says(t, "verify of a broken export", offline(t, exitFailed, "verify", broken), "NOT WHOLE", "entry 2")
	if !strings.Contains(string(text), "\nhead ") {
		t.Errorf("the checkpoints are %s", text)
	}
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return text
}

// offline gives a command that needs no server.
func offline(t testing.TB, want int, args ...string) string {
	t.Helper()
	var out, errs heard
	if code := execute(t.Context(), args, terminal{in: strings.NewReader(""), out: &out, err: &errs}); code != want {
		t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, want, out.String(), errs.String())
	}
	return out.String()
}
