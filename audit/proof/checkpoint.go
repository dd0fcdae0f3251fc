package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"claimwatch"
)

// Checkpoint is the head of a journal at a moment.
type Checkpoint struct {
	Origin string // of the journal: the name of the key that signs it
	Size   uint64 // entries
	Root   Hash   // of the tree over them
	Head   string // SHA-256 of the last entry, hex; 64 zeros of none
	At     claimwatch.Instant
}

// Text is what is signed: the three lines of a transparency log's checkpoint and
// two of our own. Its bytes are frozen.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\nhead %s\ntime %s\n", c.Origin, c.Size, c.Root, c.Head, c.At)
}

// Sign makes the note of a checkpoint, whose origin becomes the name of the key.
func (c Checkpoint) Sign(by *Signer) ([]byte, error) {
	c.Origin = by.Name()
	return SignNote(c.Text(), by)
}

// SameAs says whether two checkpoints speak of the same journal: of one size
// they have the same root and head. Of two sizes only a proof can tell.
func (c Checkpoint) SameAs(d Checkpoint) bool {
	return c.Size != d.Size || c.Root == d.Root && c.Head == d.Head
}

// Errors of Open.
var (
	ErrUnsigned = errors.New("no signature of a known key")
	ErrForged   = errors.New("the signature does not match the text")
)

// Open reads the note of a checkpoint that one of the keys has signed. The error
// is ErrUnsigned or ErrForged (both with the checkpoint, as far as it can be
// read), or says what cannot be read. by names the key.
func Open(text []byte, keys ...*Verifier) (c Checkpoint, by *Verifier, err error) {
	body, by, err := OpenNote(text, keys...)
	if body == "" {
		return Checkpoint{}, nil, err
	}
	c, bad := parse(body)
	if err == nil && bad == nil && c.Origin != by.Name() {
		bad = fmt.Errorf("read checkpoint: its origin is %s, its key is of %s", c.Origin, by.Name())
	}
	if bad != nil {
		return c, nil, bad
	}
	return c, by, err
}

// OpenNote gives the text of a note that one of the keys has signed, with errors
// like those of Open; the text comes with both of them.
func OpenNote(text []byte, keys ...*Verifier) (body string, by *Verifier, err error) {
	list := make([]note.Verifier, len(keys))
	for i, key := range keys {
		list[i] = key
	}
	opened, err := note.Open(text, note.VerifierList(list...))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		return unverified.Note.Text, nil, ErrUnsigned
	case errors.As(err, &invalid):
		at := bytes.LastIndex(text, []byte("\n\n"))
		return string(text[:at+1]), nil, ErrForged
	case err != nil:
		return "", nil, fmt.Errorf("read note: %w", err)
	}
	if !bytes.Equal(text, plain(opened)) {
		return opened.Text, nil, errors.New("read note: the signature is not written as notes are: one line, of the key, in one spelling")
	}
	for _, key := range keys {
		if key.KeyHash() == opened.Sigs[0].Hash && key.Name() == opened.Sigs[0].Name {
			return opened.Text, key, nil
		}
	}
	return opened.Text, nil, ErrUnsigned // note.Open lists verified signatures only
}

// plain writes a note as SignNote does. note.Open takes lines of strangers, lines
// twice and other spellings of base64 too, all of which nobody has signed.
func plain(opened *note.Note) []byte {
	sig := opened.Sigs[0]
	raw, err := base64.StdEncoding.DecodeString(sig.Base64)
	if err != nil { // note.Open has read it
		return nil
	}
	return fmt.Appendf(nil, "%s\n— %s %s\n", opened.Text, sig.Name, base64.StdEncoding.EncodeToString(raw))
}

// parse reads the text of a checkpoint, which must be as Text writes it.
func parse(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 6 {
		return Checkpoint{}, errors.New("read checkpoint: it has not five lines")
	}
	c := Checkpoint{Origin: lines[0]}
	var err error
	if c.Size, err = strconv.ParseUint(lines[1], 10, 63); err != nil {
		return c, errors.New("read checkpoint: its size is no number")
	}
	if c.Root, err = ParseHash(lines[2]); err != nil {
		return c, errors.New("read checkpoint: its root is no hash")
	}
	c.Head, _ = strings.CutPrefix(lines[3], "head ")
	at, _ := strings.CutPrefix(lines[4], "time ")
	if sum, bad := hex.DecodeString(c.Head); bad != nil || len(sum) != len(c.Root) {
		return c, errors.New("read checkpoint: its head is no hash")
	}
	if err := c.At.UnmarshalText([]byte(at)); err != nil {
		return c, errors.New("read checkpoint: its time is no time")
	}
	if c.Text() != text {
		return c, errors.New("read checkpoint: it is not written as checkpoints are")
	}
	return c, nil
}

// Piece is a note in a file of notes.
type Piece struct {
	Byte int64 // where it begins
	Line int   // its first line, from 1
	Text []byte
}

// Split cuts a file of notes, as they were appended one after the other, into
// single ones. What follows the last whole note comes as the rest.
func Split(file []byte) (notes []Piece, rest Piece) {
	begin, at, line, first := 0, 0, 1, 1
	signed := false
	for at < len(file) {
		end := bytes.IndexByte(file[at:], '\n')
		if end < 0 {
			break
		}
		isSignature := bytes.HasPrefix(file[at:], []byte("— "))
		if signed && !isSignature {
			notes = append(notes, Piece{int64(begin), first, file[begin:at]})
			begin, first = at, line
		}
		signed = isSignature
		at += end + 1
		line++
	}
	if signed { // what follows has no end of its line: it is torn
		notes = append(notes, Piece{int64(begin), first, file[begin:at]})
		begin, first = at, line
	}
	return notes, Piece{int64(begin), first, file[begin:]}
}

// SignNote signs any text whose last character is the end of a line.
func SignNote(text string, by *Signer) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: text}, by)
	if err != nil {
		return nil, fmt.Errorf("sign note: %w", err)
	}
	return signed, nil
}
