package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// journalKeyFile is where run keeps the key that signs heads of the journal.
const journalKeyFile = "journal.key"

type keySigningCommand struct {
	Algorithm string `default:"ed25519" enum:"ed25519,sm2" help:"ed25519 or sm2 (with SM3)."`
	Out       string `required:"" type:"path" help:"File of the private key; the public one gets .pub beside it."`
	Name      string `help:"Name of the journal; it stands in every signed head. Without it one is drawn."`
}

func (keySigningCommand) Help() string {
	return `The private key stays with the server (journal.key of serve's configuration), the public one is for everybody
who checks. A file that is there is never overwritten.

Example:
  claimwatch key signing --algorithm sm2 --out /etc/claimwatch/journal.key`
}

func (c keySigningCommand) Run(_ context.Context, term terminal) error {
	public, err := makeSigningKey(c.Out, publicBeside(c.Out), proof.Algorithm(c.Algorithm), c.Name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(term.out, public)
	return err
}

// publicBeside is journal.pub for journal.key, else the name with .pub added.
func publicBeside(private string) string { return strings.TrimSuffix(private, ".key") + ".pub" }

// makeSigningKey makes a key pair in two files and gives the public key.
func makeSigningKey(privateFile, publicFile string, algorithm proof.Algorithm, name string) (string, error) {
	if name == "" {
		random := make([]byte, 8)
		_, _ = rand.Read(random) // never fails (crypto/rand)
		name = "claimwatch/" + hex.EncodeToString(random)
	}
	private, public, err := proof.GenerateKey(rand.Reader, algorithm, name)
	if err != nil {
		return "", err
	}
	if err := writeNew(privateFile, private+"\n", 0o600); err != nil {
		return "", err
	}
	return public, writeNew(publicFile, public+"\n", 0o644)
}

// writeNew writes a file that is not there yet, on disk before it returns.
func writeNew(path, text string, mode fs.FileMode) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("make %s: %w", filepath.Base(path), err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.WriteString(text); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return file.Sync()
}

// signingKey reads the key of this node, and makes it at the first start. What the
// configuration names must be there: a key that appears by itself would be trusted by nobody.
func (s settings) signingKey() (*proof.Signer, error) {
	path := s.Journal.Key
	if path == "" {
		path = filepath.Join(s.Data, journalKeyFile)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			if _, err := makeSigningKey(path, filepath.Join(s.Data, verify.FilePublic), proof.Algorithm(s.Journal.Algorithm), ""); err != nil {
				return nil, err
			}
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the key that signs heads: %w", err)
	}
	return proof.NewSigner(string(text), rand.Reader)
}
