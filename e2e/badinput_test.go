package e2e

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// badInput is a file of testdata/badinput; its README says what the members mean.
type badInput struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Body        string `json:"body"`
	BodyBytes   []byte `json:"body_base64"`
	BodyParts   []struct {
		Text  string `json:"text"`
		Times int    `json:"times"`
	} `json:"body_parts"`
	WantStatus  int    `json:"want_status"`
	WantCode    string `json:"want_code"`
	WantRefused []struct {
		Index int    `json:"index"`
		Code  string `json:"code"`
		Field string `json:"field"`
	} `json:"want_refused"`
	WantAccepted  int `json:"want_accepted"`
	WantDuplicate int `json:"want_duplicate"`
}

func badInputs(t testing.TB) (cases []badInput) {
	t.Helper()
	files, err := filepath.Glob("../testdata/badinput/*.json")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d cases of bad input, %v", len(files), err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var c badInput
		if err := json.Unmarshal(text, &c); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		cases = append(cases, c)
	}
	return cases
}

func (c *badInput) body() string {
	body := c.Body + string(c.BodyBytes)
	for _, part := range c.BodyParts {
		body += strings.Repeat(part.Text, part.Times)
	}
	return body
}

// refusals are what is to be refused, by place.
func (c *badInput) refusals(place func(index int) int) []string {
	list := []string{}
	for _, r := range c.WantRefused {
		list = append(list, fmt.Sprintf("%d %s %s", place(r.Index), r.Code, r.Field))
	}
	return list
}

// testBadInput posts every case and compares the whole answer.
func testBadInput(t *testing.T, hospital *client) {
	for _, c := range badInputs(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel() // most of the time is waiting for the receipt
			a := hospital.patient(t, http.MethodPost, "/v1/records?wait=30", c.ContentType, []byte(c.body()))
			if a.status != c.WantStatus {
				t.Fatalf("answer %d %s, want %d %s", a.status, a.body, c.WantStatus, c.WantCode)
			}
			var got receipt
			if err := json.Unmarshal(a.body, &got); err != nil || got.Code != c.WantCode {
				t.Errorf("code %q (%v), want %q", got.Code, err, c.WantCode)
			}
			refused := []string{}
			for _, r := range got.Refused {
				refused = append(refused, fmt.Sprintf("%d %s %s", r.Index, r.Code, r.Field))
				if r.Message == "" {
					t.Errorf("record %d is refused without a word", r.Index)
				}
			}
			if diff := cmp.Diff(c.refusals(func(i int) int { return i }), refused); diff != "" {
				t.Errorf("refused (-want, +got):\n%s", diff)
			}
			if got.Accepted != c.WantAccepted || got.Duplicate != c.WantDuplicate {
				t.Errorf("%d accepted, %d duplicate, want %d and %d", got.Accepted, got.Duplicate, c.WantAccepted, c.WantDuplicate)
			}
			kind, problem := "application/json", c.WantStatus != http.StatusAccepted
			if problem {
				kind = "application/problem+json"
			}
			if got := a.header.Get("Content-Type"); got != kind {
				t.Errorf("content type %s, want %s", got, kind)
			}
		})
	}
}

// testBadFiles sends the cases that are about records as files, all in one go,
// and compares the report: the same codes as through HTTP, with file and line.
func testBadFiles(t *testing.T, p *server, key string) {
	dir := t.TempDir()
	args := []string{"upload", "--server", p.url, "--key", key, "--restart", "--report", filepath.Join(dir, "report.csv")}
	wanted := map[string][]string{}
	accepted, duplicate, refused := 0, 0, 0
	for _, c := range badInputs(t) {
		whole := c.WantStatus != http.StatusAccepted && c.WantStatus != http.StatusUnprocessableEntity
		if whole || !strings.HasPrefix(c.ContentType, "application/x-ndjson") {
			continue // about a body, not about records
		}
		file := filepath.Join(dir, c.Name+".ndjson")
		if err := os.WriteFile(file, []byte(c.body()), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
		if lines := c.refusals(lineOf(c.body())); len(lines) > 0 {
			wanted[file] = lines
		}
		accepted, duplicate, refused = accepted+c.WantAccepted, duplicate+c.WantDuplicate, refused+len(c.WantRefused)
	}
	out, code := run(t, args...)
	if code != 0 {
		t.Fatalf("upload: exit %d: %s", code, out)
	}
	sum := fmt.Sprintf(" %d accepted, %d duplicate, %d refused, 0 could not be mapped", accepted, duplicate, refused)
	if first, _, _ := strings.Cut(out, "\n"); !strings.Contains(first, sum) {
		t.Errorf("upload says %q, want %q", first, sum)
	}
	if diff := cmp.Diff(wanted, readReport(t, filepath.Join(dir, "report.csv"))); diff != "" {
		t.Errorf("report (-want, +got):\n%s", diff)
	}
}

// lineOf gives the line of a record by its number: blank lines do not count.
func lineOf(body string) func(index int) int {
	var places []int
	for i, line := range strings.Split(body, "\n") {
		if strings.Trim(line, " \t\r\x00") != "" {
			places = append(places, i+1)
		}
	}
	return func(index int) int { return places[index] }
}

func readReport(t *testing.T, path string) map[string][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	report := map[string][]string{}
	for _, row := range rows[1:] { // file, line, record_id, code, field, message
		if _, err := strconv.Atoi(row[1]); err != nil || row[5] == "" {
			t.Errorf("row %q of the report", row)
		}
		report[row[0]] = append(report[row[0]], row[1]+" "+row[3]+" "+row[4])
	}
	return report
}
