package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// client calls a server as a hospital, an officer or an administrator would.
type client struct {
	url     string
	keyFile string
	key     string
}

// as gives a client of the same server with another key.
func (c *client) as(key string) *client { return &client{url: c.url, key: key} }

func (c *client) bearer() string {
	if c.key != "" {
		return c.key
	}
	text, _ := os.ReadFile(c.keyFile)
	return strings.TrimSpace(string(text))
}

// answer is a whole answer.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// try sends one request; an error means that the outcome is unknown.
func (c *client) try(method, path, contentType string, body []byte, header ...string) (answer, error) {
	request, err := http.NewRequest(method, c.url+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+c.bearer())
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{status: response.StatusCode, header: response.Header, body: text}, err
}

func (c *client) do(t testing.TB, method, path, contentType string, body []byte, header ...string) answer {
	t.Helper()
	a, err := c.try(method, path, contentType, body, header...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// into reads a successful JSON answer.
func (a answer) into(t testing.TB, out any) {
	t.Helper()
	if a.status/100 != 2 {
		t.Fatalf("answer %d: %s", a.status, a.body)
	}
	if err := json.Unmarshal(a.body, out); err != nil {
		t.Fatalf("read answer %s: %v", a.body, err)
	}
}

// receipt of an upload, and of the problem document of a refused one.
type receipt struct {
	ReceiptID string `json:"receipt_id"`
	Code      string `json:"code"`
	Settled   bool   `json:"settled"`
	Accepted  int    `json:"accepted"`
	Duplicate int    `json:"duplicate"`
	Refused   []struct {
		Index    int    `json:"index"`
		RecordID string `json:"record_id"`
		Code     string `json:"code"`
		Field    string `json:"field"`
		Message  string `json:"message"`
	} `json:"refused"`
}

// upload posts records, one a line, and wants them accepted.
func (c *client) upload(t testing.TB, lines ...string) receipt {
	t.Helper()
	a := c.do(t, http.MethodPost, "/v1/records?wait=30", "application/x-ndjson", []byte(strings.Join(lines, "\n")))
	if a.status != http.StatusAccepted {
		t.Fatalf("upload: answer %d: %s", a.status, a.body)
	}
	var r receipt
	a.into(t, &r)
	return r
}

// status of the server.
type status struct {
	Clock   string  `json:"clock"`
	AsOf    *string `json:"as_of"`
	Idle    bool    `json:"idle"`
	Records struct {
		Stored int64 `json:"stored"`
		Behind int64 `json:"behind"`
	} `json:"records"`
	Touched struct {
		Behind int64 `json:"behind"`
	} `json:"touched"`
}

// waitIdle waits until everything acknowledged is stored and evaluated.
func (c *client) waitIdle(t testing.TB) status {
	t.Helper()
	deadline := time.Now().Add(5 * time.Minute)
	var last string
	for time.Now().Before(deadline) {
		a, err := c.try(http.MethodGet, "/v1/status", "", nil)
		if err == nil && a.status == http.StatusOK {
			var s status
			a.into(t, &s)
			if s.Idle {
				return s
			}
		}
		last = fmt.Sprintf("%s %v", a.body, err)
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("not idle after 5 minutes: %s", last)
	return status{}
}

// finding is what the tests look at in a finding.
type finding struct {
	FindingID   string  `json:"finding_id"`
	Revision    int     `json:"revision"`
	FactsSHA256 string  `json:"facts_sha256"`
	Rule        string  `json:"rule"`
	State       string  `json:"state"`
	Severity    string  `json:"severity"`
	Subject     string  `json:"subject"`
	Amount      string  `json:"amount"`
	DueOn       *string `json:"due_on"`
	Lines       []struct {
		RecordID string `json:"record_id"`
		Role     string `json:"role"`
		Amount   string `json:"amount"`
	} `json:"lines"`
}

// findings lists what stands, every page.
func (c *client) findings(t testing.TB, query string) []finding {
	t.Helper()
	var all []finding
	for cursor := ""; ; {
		var page struct {
			Items []finding `json:"items"`
			Next  string    `json:"next"`
		}
		c.do(t, http.MethodGet, "/v1/findings?limit=1000&"+query+cursor, "", nil).into(t, &page)
		all = append(all, page.Items...)
		if page.Next == "" {
			return all
		}
		cursor = "&cursor=" + page.Next
	}
}

// load puts reference rows (CSV with a header).
func (c *client) load(t testing.TB, table, csv string) {
	t.Helper()
	a := c.do(t, http.MethodPut, "/v1/reference/"+table, "text/csv", []byte(csv))
	if a.status != http.StatusOK {
		t.Fatalf("load %s: answer %d: %s", table, a.status, a.body)
	}
}

// key makes a key with the command line.
func (p *server) newKey(t testing.TB, args ...string) string {
	t.Helper()
	out, code := run(t, append([]string{"key", "new", "--server", p.url, "--data", p.data}, args...)...)
	if code != 0 {
		t.Fatalf("key new: exit %d", code)
	}
	words := strings.Fields(out)
	return words[len(words)-1]
}

// digest over everything, or over findings only.
func (c *client) digest(t testing.TB, query string) string {
	t.Helper()
	var d struct {
		Digest string `json:"digest"`
	}
	c.do(t, http.MethodGet, "/v1/digest"+query, "", nil).into(t, &d)
	return d.Digest
}

func queryEscape(text string) string { return url.QueryEscape(text) }
