package e2e

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

const badInputTime = "2026-03-02T09:00:00+08:00"

// TestDoor sends what hospitals should not send, and more than they should, to
// one server.
func TestDoor(t *testing.T) {
	s := newSetup(t, "event")
	log := freeAddress(t)
	if s.kafka == nil {
		s.serve = fmt.Sprintf("kafka: {listen: %q}\n", log)
	} else {
		log = s.kafka.Brokers[0]
	}
	p := start(t, s)
	keys := map[string]string{}
	for _, id := range []string{"H1", "H2", "H3"} {
		keys[id] = p.newKey(t, "--institution", id)
	}
	hospital := p.as(keys["H1"])
	t.Run("bad input", func(t *testing.T) { testBadInput(t, hospital) })
	t.Run("bad files", func(t *testing.T) { testBadFiles(t, p, keys["H2"]) })
	t.Run("credentials", func(t *testing.T) { testCredentials(t, p, hospital, p.as(keys["H2"])) })
	t.Run("gzip bomb", func(t *testing.T) { testBomb(t, hospital) })
	t.Run("cut body", func(t *testing.T) { testCutBody(t, p, hospital) })
	t.Run("atomic", func(t *testing.T) { testAtomic(t, p, hospital) })
	t.Run("poison", func(t *testing.T) { testPoison(t, p, log, p.as(keys["H3"])) })
	t.Run("many uploads", func(t *testing.T) { testManyUploads(t, p) })
	t.Run("too many requests", func(t *testing.T) { testSlowDown(t, p.as(keys["H3"])) })
	t.Run("idempotency", func(t *testing.T) { testIdempotency(t, p, hospital) }) // restarts the server
}

// patient asks again after 429: the rate is not what most tests are about.
func (c *client) patient(t testing.TB, method, path, contentType string, body []byte, header ...string) answer {
	t.Helper()
	var a answer
	for range 200 {
		var err error
		if a, err = c.try(method, path, contentType, body, header...); err != nil {
			t.Errorf("%s %s: %v", method, path, err)
			return a
		}
		if a.status != http.StatusTooManyRequests {
			return a
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s %s: 429 two hundred times", method, path)
	return a
}

func testCredentials(t *testing.T, p *server, hospital, other *client) {
	line := []byte(feeLine("CRED1", "P1", "S1", badInputTime, "LAB1", ""))
	for name, key := range map[string]string{"unknown key": "cw_nobody", "no key": " "} {
		a := p.as(key).do(t, http.MethodPost, "/v1/records", "application/x-ndjson", line)
		wantStatus(t, name, a, http.StatusUnauthorized, "unauthenticated")
		if a.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: 401 does not say how to authenticate", name)
		}
	}
	// Of two credentials the second one is never taken.
	for first, want := range map[string]int{"cw_nobody": http.StatusUnauthorized, hospital.key: http.StatusAccepted} {
		request := "POST /v1/records?wait=30 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + first + "\r\nAuthorization: Bearer " + other.key +
			fmt.Sprintf("\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(line), line)
		response := talk(t, p, request)
		if response.StatusCode != want {
			t.Errorf("two credentials, the first %q: answer %d, want %d", first, response.StatusCode, want)
		}
		if id := response.Header.Get("Location"); want == http.StatusAccepted {
			wantStatus(t, "the other's receipt", other.do(t, http.MethodGet, id, "", nil), http.StatusNotFound, "not_found")
			wantStatus(t, "the own receipt", hospital.do(t, http.MethodGet, id, "", nil), http.StatusOK, "")
		}
	}
	a := hospital.do(t, http.MethodPost, "/v1/records", "application/x-ndjson",
		[]byte(feeLine("CRED2", "P1", "S1", badInputTime, "LAB1", `,"institution_id":"H2"`)))
	wantStatus(t, "another institution's record", a, http.StatusUnprocessableEntity, "nothing_accepted")
	if !strings.Contains(string(a.body), "institution_mismatch") {
		t.Errorf("another institution's record: %s", a.body)
	}
	wantStatus(t, "records with an officer's key", p.do(t, http.MethodPost, "/v1/records", "application/x-ndjson", line), http.StatusForbidden, "forbidden")
}

// talk sends bytes over a connection of its own.
func talk(t *testing.T, p *server, request string) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", p.address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response
}

func testBomb(t *testing.T, hospital *client) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	for range 200 {
		_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	_ = z.Close()
	a := hospital.patient(t, http.MethodPost, "/v1/records", "application/x-ndjson", packed.Bytes(), "Content-Encoding", "gzip")
	wantStatus(t, "200 MiB of blanks in gzip", a, http.StatusRequestEntityTooLarge, "too_large")
	a = hospital.patient(t, http.MethodPost, "/v1/records", "application/x-ndjson", packed.Bytes())
	wantStatus(t, "gzip that is not declared", a, http.StatusUnsupportedMediaType, "unsupported_media_type")
	a = hospital.patient(t, http.MethodPost, "/v1/records", "application/x-ndjson", packed.Bytes()[:1000], "Content-Encoding", "gzip")
	wantStatus(t, "half a gzip", a, http.StatusBadRequest, "syntax")
}

// testCutBody ends a connection in the middle of a body: nothing of it is left.
func testCutBody(t *testing.T, p *server, hospital *client) {
	before := p.waitIdle(t).Records.Stored
	line := feeLine("CUT1", "P1", "S1", badInputTime, "LAB1", "")
	for _, head := range []string{
		fmt.Sprintf("Content-Length: %d\r\n\r\n%s\n%s", 3*len(line), line, line[:40]),
		fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\n\r\n", len(line)+1, line),
	} {
		conn, err := net.Dial("tcp", p.address)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintf(conn, "POST /v1/records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/x-ndjson\r\n%s", hospital.key, head)
		_ = conn.(*net.TCPConn).CloseWrite()
		answer, _ := io.ReadAll(conn)
		// 503 when the server saw the end of the connection before that of the body.
		if !bytes.HasPrefix(answer, []byte("HTTP/1.1 400")) && !bytes.HasPrefix(answer, []byte("HTTP/1.1 503")) {
			t.Errorf("a cut body is answered with %q", answer)
		}
		_ = conn.Close()
	}
	r := hospital.upload(t, line) // would be a duplicate if the cut body had left it
	if r.Accepted != 1 {
		t.Errorf("after the cut body: %+v", r)
	}
	if stored := p.waitIdle(t).Records.Stored; stored != before+1 {
		t.Errorf("stored %d, want %d", stored, before+1)
	}
}

// testAtomic: one bad record refuses all of an atomic upload.
func testAtomic(t *testing.T, p *server, hospital *client) {
	good, bad := feeLine("ATOM1", "P1", "S1", badInputTime, "LAB1", ""), feeLine("ATOM2", "P1", "S1", badInputTime, "LAB1", `,"x":1`)
	before := p.waitIdle(t).Records.Stored
	a := hospital.do(t, http.MethodPost, "/v1/records?atomic=true&wait=30", "application/x-ndjson", []byte(good+"\n"+bad))
	wantStatus(t, "atomic with a bad record", a, http.StatusUnprocessableEntity, "nothing_accepted")
	if stored := p.waitIdle(t).Records.Stored; stored != before {
		t.Errorf("stored %d, want %d", stored, before)
	}
	var page struct{ Items []struct{ Code, Raw string } }
	var refused receipt
	if err := json.Unmarshal(a.body, &refused); err != nil {
		t.Fatal(err)
	}
	hospital.do(t, http.MethodGet, "/v1/quarantine?receipt_id="+refused.ReceiptID, "", nil).into(t, &page)
	if len(page.Items) != 1 || page.Items[0].Raw != bad {
		t.Errorf("quarantine of the atomic upload: %+v", page.Items)
	}
	a = hospital.do(t, http.MethodPost, "/v1/records?atomic=true&wait=30", "application/x-ndjson", []byte(good))
	wantStatus(t, "atomic and good", a, http.StatusAccepted, "")
	if stored := p.waitIdle(t).Records.Stored; stored != before+1 {
		t.Errorf("stored %d, want %d", stored, before+1)
	}
}

// testManyUploads: uploads of one line by many hospitals at once are all accepted.
func testManyUploads(t *testing.T, p *server) {
	const hospitals, each = 200, 10
	before := p.waitIdle(t).Records.Stored
	var group sync.WaitGroup
	for h := range hospitals {
		group.Go(func() {
			id := fmt.Sprintf("M%03d", h)
			key, hash := hospitalKey(id)
			body := fmt.Sprintf(`{"key_sha256":%q,"institution_id":%q}`, hash, id)
			if a := p.patient(t, http.MethodPost, "/v1/keys", "application/json", []byte(body)); a.status/100 != 2 {
				t.Errorf("make key: %d %s", a.status, a.body)
				return
			}
			for i := range each {
				a, err := p.as(key).try(http.MethodPost, "/v1/records?wait=0", "application/x-ndjson",
					[]byte(feeLine(fmt.Sprintf("MANY%d", i), "P"+id, "S1", badInputTime, "LAB1", "")))
				if err != nil || a.status != http.StatusAccepted {
					t.Errorf("%s upload %d: %v %d %s", id, i, err, a.status, a.body)
					return
				}
			}
		})
	}
	group.Wait()
	if stored := p.waitIdle(t).Records.Stored; stored != before+hospitals*each {
		t.Errorf("stored %d, want %d", stored, before+hospitals*each)
	}
}

func testSlowDown(t *testing.T, hospital *client) {
	var group sync.WaitGroup
	var mu sync.Mutex
	seen := map[int]int{}
	for range 50 {
		group.Go(func() {
			for range 40 { // of nothing, so that a slow machine is fast enough too
				a, err := hospital.try(http.MethodGet, "/v1/nothing", "", nil)
				if err != nil {
					t.Error(err)
					return
				}
				if a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") == "" {
					t.Error("429 without Retry-After")
				}
				mu.Lock()
				seen[a.status]++
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if seen[http.StatusTooManyRequests] == 0 || seen[http.StatusNotFound] < 200 || len(seen) != 2 {
		t.Errorf("answers to 2,000 requests at once: %v", seen)
	}
}
