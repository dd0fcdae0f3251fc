package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// letter is what the hospital attaches to its statement.
var letter = []byte("%PDF-1.7 discharge letter")

// put sends a file and gives its hash.
func (s *server) put(t testing.TB, key string, data []byte, mediaType string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://"+s.address+"/v1/attachments", bytes.NewReader(data))
	must(t, err)
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Content-Type", mediaType)
	answer, err := http.DefaultClient.Do(request)
	must(t, err)
	defer answer.Body.Close()
	var kept struct {
		SHA256, Type string
		Size         int
	}
	must(t, json.NewDecoder(answer.Body).Decode(&kept))
	sum := sha256.Sum256(data)
	same(t, "kept", []any{answer.StatusCode, kept.SHA256, kept.Type, kept.Size}, []any{http.StatusOK, hex.EncodeToString(sum[:]), mediaType, len(data)})
	return kept.SHA256
}

// attached reads a file back.
func (s *server) attached(t testing.TB, key, sum string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.address+"/v1/attachments/"+sum, nil)
	must(t, err)
	request.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(request)
	must(t, err)
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	must(t, err)
	same(t, "how a browser takes it", []string{answer.Header.Get("X-Content-Type-Options"), strings.SplitN(answer.Header.Get("Content-Disposition"), ";", 2)[0]}, []string{"nosniff", "attachment"})
	return data
}

// rejectedTwice uploads a stay with a line charged twice and gives its finding,
// explained and rejected.
func (s *server) rejectedTwice(t *testing.T, hospital, officer, person string, files ...string) findingView {
	t.Helper()
	stay := "S" + person
	s.good(t, hospital, "upload", written(t, "twice.ndjson", strings.Join([]string{
		admission(person, stay), order(person, stay), fee("F1-"+person, person, stay, "12.50"), fee("F2-"+person, person, stay, "12.50"),
	}, "\n")))
	s.idle(t)
	found := decoded[findingView](t, s.good(t, officer, "findings", "--rule", "FEE-001", "--person", person, "--json"))
	if len(found) != 1 {
		t.Fatalf("%d findings about %s", len(found), person)
	}
	id := found[0].FindingID
	s.good(t, officer, "decide", id, "notify")
	h := &client{server: "http://" + s.address, key: hospital, http: http.DefaultClient}
	var answer json.RawMessage
	must(t, h.post(t.Context(), "/v1/findings/"+id+"/statements", map[string]any{"text": "see the letter", "attachments": files}, &answer))
	return decoded[findingView](t, s.good(t, officer, "decide", id, "reject", "--reason", "once is enough", "--json"))[0]
}

// total is that of the list of March, as the server prints it.
func (s *server) total(t testing.TB, key string) string {
	t.Helper()
	var list struct{ Total string }
	must(t, json.Unmarshal([]byte(s.good(t, key, "rejections", "--institution", "H1", "--month", "2026-03")), &list))
	return list.Total
}

// testProcedure: a statement with a file, an appeal that is right, and a refund after
// a rejection. What was taken comes back to the fen.
func testProcedure(t *testing.T, s *server, hospital, officer string) {
	reviewer := s.key(t, "--role", "reviewer")
	before := s.total(t, officer)
	sum := s.put(t, hospital, letter, "application/pdf")
	f := s.rejectedTwice(t, hospital, officer, "P71", sum)
	after := s.total(t, officer)
	if after == before {
		t.Errorf("the rejection took nothing: %s", after)
	}
	h := &client{server: "http://" + s.address, key: hospital, http: http.DefaultClient}
	var answer json.RawMessage
	must(t, h.post(t.Context(), "/v1/findings/"+f.FindingID+"/appeals", map[string]any{"text": "another patient's tube", "attachments": []string{sum}}, &answer))
	s.bad(t, exitFailed, "forbidden (403)", officer, "decide", f.FindingID, "overturn", "--reason", "r")
	says(t, "the appeal", s.good(t, reviewer, "decide", f.FindingID, "overturn", "--reason", "they are right"), `"state": "overturned"`)
	same(t, "after the appeal", s.total(t, officer), before)
	for _, key := range []string{hospital, officer} {
		same(t, "the letter", string(s.attached(t, key, sum)), string(letter))
	}

	s.rejectedTwice(t, hospital, officer, "P72")
	same(t, "after another rejection", s.total(t, officer), after)
	s.good(t, hospital, "upload", written(t, "refund.ndjson", strings.NewReplacer(
		`"F2-P72"`, `"R2-P72","reverses":"F2-P72"`, `"quantity":"1"`, `"quantity":"-1"`, `"amount":"12.50"`, `"amount":"-12.50"`,
	).Replace(fee("F2-P72", "P72", "SP72", "12.50"))))
	s.idle(t)
	same(t, "after the refund", s.total(t, officer), before)
	says(t, "the notice", s.good(t, officer, "decide", s.rejectedTwice(t, hospital, officer, "P73").FindingID, "reopen", "--reason", "seen anew"),
		`"proposed"`, `"state": "rejected"`)
}

// testAfterReplay: a store rebuilt from the log has every file.
func testAfterReplay(t *testing.T, data, hospital string) {
	s := startServer(t, data)
	sum := sha256.Sum256(letter)
	same(t, "the letter after a replay", string(s.attached(t, hospital, hex.EncodeToString(sum[:]))), string(letter))
	if code := s.stop(t); code != exitDone {
		t.Errorf("exit %d after Ctrl-C:\n%s", code, s.errs.String())
	}
}
