package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
)

// sweeper is a server with GET /v1/evaluate over findings of the test.
type sweeper struct {
	url   string
	found []claimwatch.Finding
	err   error
	asked string
}

func newSweeper(t *testing.T) *sweeper {
	t.Helper()
	s := &sweeper{}
	server := New(DefaultConfig(), zap.NewNop(), prometheus.NewRegistry(), time.Now)
	RegisterEvaluate(server.API(), func(_ context.Context, asOf claimwatch.Instant, clock string, yield func(*claimwatch.Finding) error) error {
		s.asked = asOf.String() + " " + clock
		for i := range s.found {
			if err := yield(&s.found[i]); err != nil {
				return err
			}
		}
		return s.err
	}, func(each func(yield func(*claimwatch.Finding) error) error) (string, error) {
		ids := ""
		err := each(func(f *claimwatch.Finding) error { ids += f.ID + ";"; return nil })
		return ids, err
	})
	web := httptest.NewServer(server.Handler(func(token string) (claimwatch.Caller, bool) {
		if token == "hospital" {
			return claimwatch.Caller{KeyID: "h", InstitutionID: "H1", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}, true
		}
		return claimwatch.Caller{KeyID: "d", Roles: []claimwatch.CallerRole{claimwatch.RoleDirector}}, true
	}, &memory{answers: map[string]Answer{}}))
	t.Cleanup(web.Close)
	s.url = web.URL
	return s
}

func (s *sweeper) get(t *testing.T, key, query string) (*http.Response, string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/v1/evaluate?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer, string(text), err
}

const asOf = "as_of=2026-03-02T10:30:00Z"

// TestEvaluateGivesLines: one finding a line with its facts and what suppresses
// it, or the digest over the same.
func TestEvaluateGivesLines(t *testing.T) {
	s := newSweeper(t)
	by := "W1"
	s.found = []claimwatch.Finding{{ID: "f_1", Rule: "FEE-001", Amount: 1250}, {ID: "f_2", Rule: "FEE-001", SuppressedBy: &by}}
	answer, text, err := s.get(t, "director", asOf+"&clock=event")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "asked as of", s.asked, "2026-03-02T18:30:00.000+08:00 event")
	same(t, "Content-Type", answer.Header.Get("Content-Type"), "application/x-ndjson")
	type line struct {
		ID    string  `json:"finding_id"`
		Facts string  `json:"facts_sha256"`
		By    *string `json:"suppressed_by"`
		Yuan  string  `json:"amount"`
	}
	var lines []line
	for text := range strings.Lines(text) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil || !strings.HasSuffix(text, "\n") || !strings.Contains(text, `"suppressed_by":`) {
			t.Errorf("line %q: %v", text, err)
		}
		lines = append(lines, l)
	}
	same(t, "lines", lines, []line{{"f_1", s.found[0].FactsSHA256(), nil, "12.50"}, {"f_2", s.found[1].FactsSHA256(), &by, "0.00"}})

	answer, text, err = s.get(t, "director", asOf+"&digest=true")
	if err != nil || answer.Header.Get("Content-Type") != "application/json" {
		t.Errorf("digest: %v %s", err, answer.Header)
	}
	same(t, "digest", text, `{"digest":"f_1;f_2;"}`+"\n")
}

// TestEvaluateRefuses before anything is evaluated.
func TestEvaluateRefuses(t *testing.T) {
	s := newSweeper(t)
	for name, test := range map[string]struct {
		key, query string
		status     int
		code       string
	}{
		"a hospital":          {"hospital", asOf, 403, "forbidden"},
		"a hospital's digest": {"hospital", asOf + "&digest=true", 403, "forbidden"},
		"no time":             {"director", "", 400, "bad_query"},
		"no time of day":      {"director", "as_of=2026-03-02", 400, "bad_query"},
		"no offset":           {"director", "as_of=2026-03-02T10:30:00", 400, "bad_query"},
		"another clock":       {"director", asOf + "&clock=sun", 400, "bad_query"},
	} {
		answer, text, err := s.get(t, test.key, test.query)
		if err != nil || answer.StatusCode != test.status || !strings.Contains(text, `"code":"`+test.code+`"`) {
			t.Errorf("%s: %v %s, error %v; want %d %s", name, answer.StatusCode, text, err, test.status, test.code)
		}
	}
	same(t, "evaluated", s.asked, "")
}

// TestEvaluateIsCutByAFault: whatever was sent before, the connection ends
// without the end of the answer; a digest is a problem instead.
func TestEvaluateIsCutByAFault(t *testing.T) {
	broken := func(n int) *sweeper {
		s := newSweeper(t)
		s.err = errors.New("the engine is gone")
		for range n {
			s.found = append(s.found, claimwatch.Finding{ID: "f", Subject: strings.Repeat("long ", 2000)})
		}
		return s
	}
	for _, n := range []int{0, 1, 3} {
		if answer, text, err := broken(n).get(t, "director", asOf); err == nil {
			t.Errorf("after %d findings: %d with %d bytes, as if it were whole", n, answer.StatusCode, len(text))
		}
	}
	answer, text, err := broken(1).get(t, "director", asOf+"&digest=true")
	if err != nil || answer.StatusCode != http.StatusInternalServerError || strings.Contains(text, "engine") {
		t.Errorf("digest: %v %s, error %v", answer, text, err)
	}
}
