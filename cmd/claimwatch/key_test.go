package main

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// testKeys: the key is the last word on stdout and works at once; a wish that
// makes no sense is refused with what would; a revoked key is no key.
func testKeys(t *testing.T, s *server, officer string) {
	printed := s.good(t, "", "key", "new", "--role", "clerk", "--role", "director")
	if form := regexp.MustCompile(`^key [0-9a-f]{16}, keep it: cw_[A-Za-z0-9_-]{43}\n$`); !form.MatchString(printed) {
		t.Errorf("key new printed %q", printed)
	}
	words := strings.Fields(printed)
	id, clerk := strings.TrimSuffix(words[1], ","), words[len(words)-1]
	sum := sha256.Sum256([]byte(clerk))
	same(t, "key id", id, hex.EncodeToString(sum[:8]))
	s.good(t, clerk, "status")
	// A clerk decides nothing; a director would, were there such a finding.
	s.bad(t, exitFailed, "not_found (404)", clerk, "decide", "f_1", "notify", "--revision", "0", "--facts", "x")
	s.bad(t, exitFailed, "forbidden (403)", clerk, "key", "new", "--role", "officer")
	s.bad(t, exitFailed, "forbidden (403)", officer, "key", "new", "--role", "officer")
	s.bad(t, exitUsage, "officer, reviewer, director, clerk, supervisor, administrator", "", "key", "new", "--role", "king")
	s.bad(t, exitFailed, "institution_id is 1-64", "", "key", "new", "--institution", "no such id")
	says(t, "as JSON", s.good(t, "", "key", "new", "--institution", "H9", "--json"), `"key":"cw_`, `"key_id":"`)
	s.bad(t, exitUsage, "--institution ID or --role ROLE", "", "key", "new")
	s.bad(t, exitUsage, "can't be used together", "", "key", "new", "--institution", "H1", "--role", "officer")

	revoke, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, "http://"+s.address+"/v1/keys/"+id, nil)
	must(t, err)
	admin, err := clientFlags{Server: "http://" + s.address, Data: s.data}.client()
	must(t, err)
	revoke.Header.Set("Authorization", "Bearer "+admin.key)
	answer, err := http.DefaultClient.Do(revoke)
	must(t, err)
	_ = answer.Body.Close()
	same(t, "status of revoking", answer.StatusCode, http.StatusNoContent)
	s.bad(t, exitFailed, "unauthenticated (401)", clerk, "status")
}

// TestKeysAreNew holds that no key comes twice and that the hash is the key's.
func TestKeysAreNew(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		key, hash := newKey()
		sum := sha256.Sum256([]byte(key))
		if seen[key] || hash != hex.EncodeToString(sum[:]) || !strings.HasPrefix(key, "cw_") || strings.Contains(key, hash) {
			t.Fatalf("newKey() = %q, %q", key, hash)
		}
		seen[key] = true
	}
}
