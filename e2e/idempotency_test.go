package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
)

// testIdempotency sends with keys: the same again, another body, while the
// first is under way, and after a restart.
func testIdempotency(t *testing.T, p *server, hospital *client) {
	post := func(key, body string) answer {
		t.Helper()
		return hospital.patient(t, http.MethodPost, "/v1/records?wait=30", "application/x-ndjson", []byte(body), "Idempotency-Key", key)
	}
	line := feeLine("IDEM1", "P1", "S1", badInputTime, "LAB1", "")
	bad := feeLine("IDEM2", "P1", "S1", badInputTime, "LAB1", `,"x":1`)
	accepted, refused := post("k-1", line), post("k-2", bad)
	wantStatus(t, "first", accepted, http.StatusAccepted, "")
	wantStatus(t, "refused", refused, http.StatusUnprocessableEntity, "nothing_accepted")
	again := func(when string) {
		t.Helper()
		for key, first := range map[string]answer{"k-1": accepted, "k-2": refused} {
			body := map[string]string{"k-1": line, "k-2": bad}[key]
			got := post(key, body)
			if got.status != first.status || !bytes.Equal(got.body, first.body) || got.header.Get("Content-Type") != first.header.Get("Content-Type") {
				t.Errorf("%s, %s: answer %d %s, first %d %s", when, key, got.status, got.body, first.status, first.body)
			}
		}
		wantStatus(t, when+", another body", post("k-1", line+"\n"+bad), http.StatusConflict, "key_reused")
	}
	again("at once")
	wantStatus(t, "empty key", post("", line), http.StatusBadRequest, "bad_query")
	testInProgress(t, p, hospital)

	if code := p.stop(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
	next := start(t, p.setup)
	hospital.url = next.url
	again("after a restart")
}

// testInProgress holds a first call open and sends a second one with its key.
func testInProgress(t *testing.T, p *server, hospital *client) {
	t.Helper()
	line := feeLine("IDEM3", "P1", "S1", badInputTime, "LAB1", "")
	conn, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, err = fmt.Fprintf(conn, "POST /v1/records?wait=30 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: k-3\r\n"+
		"Content-Type: application/x-ndjson\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", hospital.key, len(line))
	if err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(conn)
	// The server asks for the body: the call is under way.
	if first, err := http.ReadResponse(reader, nil); err != nil || first.StatusCode != http.StatusContinue {
		t.Fatalf("the server does not ask for the body: %v %v", first, err)
	}
	a := hospital.patient(t, http.MethodPost, "/v1/records?wait=30", "application/x-ndjson", []byte(line), "Idempotency-Key", "k-3")
	wantStatus(t, "while the first is under way", a, http.StatusConflict, "in_progress")
	if _, err := io.WriteString(conn, line); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusAccepted {
		t.Fatalf("the first call: %d %s %v", response.StatusCode, body, err)
	}
	a = hospital.patient(t, http.MethodPost, "/v1/records?wait=30", "application/x-ndjson", []byte(line), "Idempotency-Key", "k-3")
	if !bytes.Equal(a.body, body) {
		t.Errorf("afterwards %s, first %s", a.body, body)
	}
}
