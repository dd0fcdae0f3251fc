// Package export is the journal as one file that can be checked without the
// product: lines of JSON, a header first, one line an entry with the bytes that are
// hashed and the data beside them, and the signed checkpoint last. Its bytes are a
// function of the journal, the checkpoint and what was erased.
package export

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"claimwatch/audit/proof"
)

// Format is the first member of the header.
const Format = "claimwatch-journal-1"

// Header is the first line.
type Header struct {
	Format  string `json:"format"`
	Entries uint64 `json:"entries"` // that follow
	Key     string `json:"key"`     // public, of the checkpoint at the end
}

// Line is an entry.
type Line struct {
	Seq    uint64 `json:"seq"`
	SHA256 string `json:"sha256"` // of the entry
	Leaf   string `json:"leaf"`   // of the entry in the tree, base64
	Entry  string `json:"entry,omitempty"`
	// EntryBase64 stands instead of Entry when that is no UTF-8.
	EntryBase64 []byte `json:"entry_base64,omitempty"`
	DataSHA256  string `json:"data_sha256,omitempty"`
	Data        []byte `json:"data,omitempty"`
	ErasedBy    uint64 `json:"erased_by,omitempty"` // the entry that erased the data
	Withheld    bool   `json:"withheld,omitempty"`  // the data is nothing to those who check
}

// Body gives the bytes that are hashed.
func (l *Line) Body() []byte {
	if l.EntryBase64 != nil {
		return l.EntryBase64
	}
	return []byte(l.Entry)
}

// Trailer is the last line.
type Trailer struct {
	Checkpoint string `json:"checkpoint"` // a note
}

// Item is an entry to write.
type Item struct {
	Seq        uint64
	SHA256     string
	Body       []byte
	DataSHA256 string
	Data       []byte
	ErasedBy   uint64 // not 0: Data stays out
	Withheld   bool   // Data stays out
}

// Writer writes an export.
type Writer struct{ to io.Writer }

// NewWriter writes the header.
func NewWriter(to io.Writer, entries uint64, key *proof.Verifier) (*Writer, error) {
	w := &Writer{to}
	return w, w.line(Header{Format: Format, Entries: entries, Key: key.String()})
}

// Write adds an entry.
func (w *Writer) Write(item Item) error {
	line := Line{
		Seq: item.Seq, SHA256: item.SHA256, Leaf: proof.Leaf(item.Body).String(), Entry: string(item.Body),
		DataSHA256: item.DataSHA256, Data: item.Data, ErasedBy: item.ErasedBy, Withheld: item.Withheld,
	}
	if !utf8.Valid(item.Body) {
		line.Entry, line.EntryBase64 = "", item.Body
	}
	if item.ErasedBy != 0 || item.Withheld {
		line.Data = nil
	}
	return w.line(line)
}

// Close writes the checkpoint.
func (w *Writer) Close(checkpoint []byte) error { return w.line(Trailer{string(checkpoint)}) }

func (w *Writer) line(v any) error {
	text, err := Marshal(v)
	if err != nil {
		return err
	}
	if _, err := w.to.Write(text); err != nil {
		return fmt.Errorf("write export: %w", err)
	}
	return nil
}

// Marshal writes a line as exports have it, its end included.
func Marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("write line of export: %w", err)
	}
	return out.Bytes(), nil
}

// Unmarshal reads a line that Marshal has written: no member more, none in another
// spelling or order.
func Unmarshal(text []byte, v any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		return fmt.Errorf("it cannot be read: %w", err)
	}
	again, err := Marshal(v)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, text) {
		return fmt.Errorf("it is not written as exports are, from character %d on", differs(again, text)+1)
	}
	return nil
}

func differs(a, b []byte) int {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	return at
}

// Hash reads 64 hex digits in small letters; false for anything else: one hash has
// one spelling, or a copy could be changed without being another one.
func Hash(text string) (sum [32]byte, ok bool) {
	if len(text) != hex.EncodedLen(len(sum)) {
		return sum, false
	}
	n, err := hex.Decode(sum[:], []byte(text))
	return sum, err == nil && n == len(sum) && hex.EncodeToString(sum[:]) == text
}
