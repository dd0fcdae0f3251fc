package decode

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
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
	WantStatus  int             `json:"want_status"`
	WantCode    claimwatch.Code `json:"want_code"`
	WantRefused []struct {
		Index int             `json:"index"`
		Code  claimwatch.Code `json:"code"`
		Field string          `json:"field"`
	} `json:"want_refused"`
	WantAccepted  int `json:"want_accepted"`
	WantDuplicate int `json:"want_duplicate"`
}

func (b *badInput) body() string {
	body := b.Body + string(b.BodyBytes)
	for _, part := range b.BodyParts {
		body += strings.Repeat(part.Text, part.Times)
	}
	return body
}

func readBadInput(t *testing.T, path string) (c badInput) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatalf("Unmarshal(%s) error:\n%+v", path, err)
	}
	return c
}

func TestBadInput(t *testing.T) {
	files, err := filepath.Glob("../../testdata/badinput/*.json")
	if err != nil || len(files) < 100 {
		t.Fatalf("Glob() = %d files, %v, want the cases", len(files), err)
	}
	for _, path := range files {
		c := readBadInput(t, path)
		if c.WantStatus == 415 {
			continue // the door reads the content type
		}
		t.Run(c.Name, func(t *testing.T) {
			form := NDJSON
			if strings.HasPrefix(c.ContentType, "application/json") {
				form = Array
			}
			got, items, err := readAll(strings.NewReader(c.body()), form, 0)
			if c.WantStatus == 400 || c.WantStatus == 413 {
				if got.Body != c.WantCode {
					t.Errorf("body refused with %q (%v), want %q", got.Body, err, c.WantCode)
				}
				return
			}
			want := map[int]string{}
			accepted := c.WantAccepted + c.WantDuplicate
			for _, r := range c.WantRefused {
				if r.Code == claimwatch.CodeConflict {
					accepted++
					continue
				}
				want[r.Index] = strings.TrimSpace(fmt.Sprint(r.Code, " ", r.Field))
			}
			if diff := cmp.Diff(want, got.Refused); diff != "" || got.Body != "" {
				t.Errorf("refused (-want, +got):\n%s\nbody: %v", diff, err)
			}
			if len(got.Accepted) != accepted {
				t.Errorf("%d accepted, want %d", len(got.Accepted), accepted)
			}
			if c.WantDuplicate > 0 {
				a, b := items[0].Record.ContentHash(), items[1].Record.ContentHash()
				if a != b {
					t.Errorf("hashes %x and %x, want equal ones", a, b)
				}
			}
		})
	}
}
