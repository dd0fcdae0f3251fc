package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// The files of every pack.
const (
	FileNote       = "manifest.note" // signs the manifest
	FileManifest   = "manifest.json"
	FileEntries    = "journal/entries.ndjson" // Entry, one a line
	FileCheckpoint = "journal/checkpoint.txt" // a note, over the entries
	FileRecords    = "records/index.ndjson"   // Record, one a line
)

const format = "claimwatch-evidence-1"

// Manifest lists the files of a pack.
type Manifest struct {
	Format string             `json:"format"`
	Kind   string             `json:"kind"` // finding or dossier
	ID     string             `json:"id"`
	At     claimwatch.Instant `json:"made_at"`
	Key    string             `json:"key"` // public, of the note
	Files  []File             `json:"files"`
}

// File is a file of a manifest.
type File struct {
	Name   string `json:"name"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// Entry is an entry of the journal with the proof that it is under the checkpoint.
type Entry struct {
	Seq      uint64   `json:"seq"`
	SHA256   string   `json:"sha256"`
	Hashes   []string `json:"hashes"` // from the leaf to the root, base64
	Entry    string   `json:"entry"`
	Data     string   `json:"data,omitempty"`      // the file that holds the entry's data
	ErasedBy uint64   `json:"erased_by,omitempty"` // the entry that erased it
}

// Record is a record as the log holds it.
type Record struct {
	File          string             `json:"file"`
	Kind          claimwatch.Kind    `json:"kind"`
	InstitutionID string             `json:"institution_id"`
	RecordID      string             `json:"record_id"`
	Revision      int32              `json:"revision"`
	SHA256        string             `json:"content_sha256"` // of the file; the hash that settled duplicates and conflicts
	ReceiptID     string             `json:"receipt_id"`
	ReceivedAt    claimwatch.Instant `json:"received_at"`
	Partition     int32              `json:"log_partition"`
	Offset        int64              `json:"log_offset"`
	Index         int                `json:"index"` // of the record in its upload

	// Of a record that was signed: the files of the record as it was sent, of the
	// signature (CMS, DER) and of the text that was signed, which names the SHA-256 of
	// every record of the upload, this one in line Index after the heading.
	Sent      string `json:"sent_file,omitempty"`
	Signature string `json:"signature_file,omitempty"`
	Signed    string `json:"signed_file,omitempty"`
}

// Subject says what a pack is about.
type Subject struct {
	Kind, ID string
	At       claimwatch.Instant
	Key      string // public
}

// Write makes a pack. sign makes a note of a text. The parts come in the order of
// their names.
func Write(about Subject, parts []Part, sign func(text string) ([]byte, error)) ([]byte, error) {
	parts = slices.Clone(parts)
	slices.SortFunc(parts, func(a, b Part) int { return strings.Compare(a.Name, b.Name) })
	manifest := Manifest{Format: format, Kind: about.Kind, ID: about.ID, At: about.At, Key: about.Key, Files: make([]File, len(parts))}
	for i, part := range parts {
		if i > 0 && parts[i-1].Name == part.Name || part.Name == FileNote || part.Name == FileManifest || len(part.Name) > 1<<10 {
			return nil, fmt.Errorf("write pack: the name %s is taken or too long", part.Name)
		}
		manifest.Files[i] = File{part.Name, len(part.Body), sumOf(part.Body)}
	}
	text, err := marshal(manifest)
	if err != nil {
		return nil, err
	}
	note, err := sign(NoteText(manifest, text))
	if err != nil {
		return nil, fmt.Errorf("sign pack: %w", err)
	}
	return Archive(append([]Part{{FileNote, note}, {FileManifest, text}}, parts...)), nil
}

// NoteText is what is signed. Its first line is no name of a key, so that it is never
// taken for a checkpoint.
func NoteText(m Manifest, manifest []byte) string {
	return fmt.Sprintf("claimwatch evidence pack\n%s %s\n%s\n", m.Kind, m.ID, sumOf(manifest))
}

// Read takes an archive apart: its files in their order, and what is not as packs are
// written. It never fails: what cannot be read is damage.
func Read(text []byte) ([]Place, []Damage) { return unarchive(text) }

// ReadManifest reads a manifest that Write has written.
func ReadManifest(text []byte) (m Manifest, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if again, err := marshal(m); err != nil || !bytes.Equal(again, text) || m.Format != format {
		return m, fmt.Errorf("read manifest: it is not written as manifests are")
	}
	return m, nil
}

// Lines makes a file of values, one a line.
func Lines[T any](name string, values []T) (Part, error) {
	part := Part{Name: name, Body: []byte{}}
	for _, value := range values {
		line, err := marshal(value)
		if err != nil {
			return part, err
		}
		part.Body = append(part.Body, line...)
	}
	return part, nil
}

// Document makes a file of one value, to be read by people too.
func Document(name string, value any) (Part, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return Part{}, fmt.Errorf("write %s: %w", name, err)
	}
	return Part{Name: name, Body: out.Bytes()}, nil
}

func marshal(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("write line of pack: %w", err)
	}
	return out.Bytes(), nil
}

func sumOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
