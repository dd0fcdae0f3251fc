package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// TestSigningKeys: a key is made once, readable by its owner only; the first start
// makes one, the next takes it, a configured one must be there, and the public file
// keeps every key that has signed.
func TestSigningKeys(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "own.key")
	public := strings.TrimSpace(offline(t, exitDone, "key", "signing", "--algorithm", "sm2", "--out", path, "--name", "claimwatch/own"))
	offline(t, exitFailed, "key", "signing", "--out", path) // nothing is overwritten
	info, err := os.Stat(path)
	must(t, err)
	same(t, "mode of the private key", info.Mode().Perm(), os.FileMode(0o600))
	same(t, "own.pub", string(mustRead(t, filepath.Join(dir, "own.pub"))), public+"\n")

	s := defaultSettings()
	s.Data = t.TempDir()
	first, err := s.signingKey()
	must(t, err)
	again, err := s.signingKey()
	must(t, err)
	same(t, "the key of the second start", again.String(), first.String())
	same(t, "its algorithm", first.Algorithm(), proof.Ed25519)
	if name := first.Name(); !strings.HasPrefix(name, "claimwatch/") || len(name) != len("claimwatch/")+16 {
		t.Errorf("the journal is called %q", name)
	}
	info, err = os.Stat(filepath.Join(s.Data, journalKeyFile))
	must(t, err)
	same(t, "mode of journal.key", info.Mode().Perm(), os.FileMode(0o600))

	s.Journal.Key = path
	own, err := s.signingKey()
	must(t, err)
	same(t, "the configured key", own.String(), public)
	same(t, "journal.pub", string(mustRead(t, filepath.Join(s.Data, verify.FilePublic))), first.String()+"\n"+public+"\n")
	s.Journal.Key = filepath.Join(dir, "none.key")
	if _, err := s.signingKey(); err == nil {
		t.Error("a configured key that is not there is made")
	}
	if _, err := os.Stat(s.Journal.Key); err == nil {
		t.Error("a configured key was made")
	}
}
