package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimwatch/audit/rejection"
	"claimwatch/audit/settlement"
)

// testSettle closes March of H1 by two persons: what is claimed is what was charged,
// what is rejected is the list that is sealed with it.
func testSettle(t *testing.T, s *server, officer, hospital string) {
	clerk, director := s.key(t, "--role", "clerk"), s.key(t, "--role", "director")
	march := []string{"--institution", "H1", "--month", "2026-03"}
	with := func(name string, more ...string) []string { return append(append([]string{name}, march...), more...) }
	open := s.good(t, officer, with("settlements")...)
	says(t, "an open month", open, "H1 2026-03: open, the month is not over\n", "of the month", "by 2026-04-25, bond ")
	says(t, "an open month of its own", s.good(t, hospital, with("settlements")...), "H1 2026-03: open")
	s.bad(t, exitFailed, "forbidden (403)", officer, with("close")...)
	s.bad(t, exitFailed, "illegal_transition (409)", director, with("close", "--action", "confirm")...)
	says(t, "a proposal", s.good(t, clerk, with("close")...), "H1 2026-03: proposed", "a second person closes it with the same command")
	s.bad(t, exitFailed, "forbidden (403)", clerk, with("close")...)
	says(t, "a close", s.good(t, director, with("close")...), "H1 2026-03: closed, number 2026-0001, the month is not over")
	s.bad(t, exitFailed, "illegal_transition (409)", clerk, with("close", "--action", "propose")...)

	text := s.good(t, hospital, with("settlements", "--json")...)
	same(t, "what the officer sees", s.good(t, officer, with("settlements", "--json")...), text)
	doc := decoded[settlement.Settlement](t, text)[0]
	list := decoded[rejection.RejectedList](t, s.good(t, hospital, with("rejections")...))[0]
	if !doc.Balanced() || doc.Claimed == 0 || doc.Rejected != list.Total || !list.Sealed || *doc.RejectedList != *list.Number {
		t.Errorf("settlement %+v, list %s of %s", doc.Parts, *list.Number, list.Total)
	}
	says(t, "CSV", s.good(t, hospital, with("settlements", "--csv")...), "part,month,stay_id", "\r\nclaim,2026-03,", "\r\ntotal,2026-03,")
}

// books are the closed settlement, the postings and the balances of H1 as they are
// shown.
func (s *server) books(t *testing.T) (texts []string) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(s.data, adminKeyFile))
	must(t, err)
	for _, path := range []string{
		"/v1/settlements?institution_id=H1&month=2026-03", "/v1/settlements/H1/2026-03/lines?limit=1000", "/v1/postings?institution_id=H1",
		"/v1/balances?institution_id=H1", "/v1/rejections?institution_id=H1&month=2026-03",
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.address+path, nil)
		must(t, err)
		request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(key)))
		answer, err := http.DefaultClient.Do(request)
		must(t, err)
		body, err := io.ReadAll(answer.Body)
		must(t, err)
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %s", path, answer.StatusCode, body)
		}
		texts = append(texts, string(body))
	}
	var postings struct{ Items []settlement.Posting }
	var balances struct{ Items []settlement.Posting }
	must(t, json.Unmarshal([]byte(texts[2]), &postings))
	must(t, json.Unmarshal([]byte(texts[3]), &balances))
	sums := map[settlement.Account]settlement.Posting{}
	for _, p := range postings.Items {
		sums[p.Account] = settlement.Posting{Account: p.Account, Amount: sums[p.Account].Amount + p.Amount}
	}
	for _, b := range balances.Items {
		same(t, "balance of "+string(b.Account), b.Amount, sums[b.Account].Amount)
	}
	return texts
}
