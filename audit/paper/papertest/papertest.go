// Package papertest reads documents back in tests, without any tool: the texts of a
// PDF of package paper, and golden hashes of files.
package papertest

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// Text gives every text of a PDF in the order in which it was drawn, one piece a
// line, pages divided by a form feed.
func Text(t testing.TB, pdf []byte) string {
	t.Helper()
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.")) || !bytes.HasSuffix(bytes.TrimSpace(pdf), []byte("%%EOF")) {
		t.Fatalf("no PDF: %.20q", pdf)
	}
	var out strings.Builder
	for rest := pdf; ; {
		at := bytes.Index(rest, []byte("stream\n"))
		if at < 0 {
			return out.String()
		}
		rest = rest[at+len("stream\n"):]
		unpacked, err := zlib.NewReader(bytes.NewReader(rest))
		if err == nil {
			content, err := io.ReadAll(unpacked)
			if err == nil && bytes.Contains(content, []byte(" Tf ET")) {
				drawn(t, &out, content)
				out.WriteByte('\f')
			}
		}
		end := bytes.Index(rest, []byte("\nendstream"))
		if end < 0 {
			t.Fatal("a stream has no end")
		}
		rest = rest[end+len("\nendstream"):]
	}
}

// drawn appends the strings before each Tj. They are UTF-16, the font's ToUnicode is
// the identity.
func drawn(t testing.TB, out *strings.Builder, content []byte) {
	t.Helper()
	for i := 0; i < len(content); i++ {
		if content[i] != '(' {
			continue
		}
		var raw []byte
		for i++; i < len(content) && content[i] != ')'; i++ {
			if content[i] == '\\' {
				if i++; content[i] == 'r' {
					content[i] = '\r'
				}
			}
			raw = append(raw, content[i])
		}
		if len(raw)%2 != 0 {
			t.Fatalf("a string of %d bytes is no UTF-16", len(raw))
		}
		units := make([]uint16, len(raw)/2)
		for k := range units {
			units[k] = uint16(raw[2*k])<<8 | uint16(raw[2*k+1])
		}
		out.WriteString(string(utf16.Decode(units)) + "\n")
	}
}

// Holds says whether each text stands in the PDF, wherever its lines break.
func Holds(t testing.TB, pdf []byte, texts ...string) {
	t.Helper()
	all := squeeze(Text(t, pdf))
	for _, text := range texts {
		if !strings.Contains(all, squeeze(text)) {
			t.Errorf("the PDF does not say %q", text)
		}
	}
}

func squeeze(text string) string {
	return strings.NewReplacer("\n", "", "\f", "", " ", "").Replace(text)
}

// Golden holds files to the hashes in testdata/documents.golden; with UPDATE_GOLDEN
// it writes them. Another release of Go may pack the same bytes otherwise: then look
// at the documents and write the hashes anew.
func Golden(t testing.TB, files map[string][]byte) {
	t.Helper()
	got := map[string]string{}
	for name, raw := range files {
		sum := sha256.Sum256(raw)
		got[name] = hex.EncodeToString(sum[:])
	}
	path := filepath.Join("testdata", "documents.golden")
	if os.Getenv("UPDATE_GOLDEN") != "" {
		raw, err := json.MarshalIndent(got, "", "  ")
		if err == nil {
			err = os.MkdirAll("testdata", 0o755)
		}
		if err == nil {
			err = os.WriteFile(path, append(raw, '\n'), 0o644)
		}
		if err != nil {
			t.Fatalf("write golden hashes error:\n%+v", err)
		}
	}
	if dir := os.Getenv("CLAIMWATCH_DOCUMENTS"); dir != "" { // to look at them
		for name, raw := range files {
			if err := os.WriteFile(filepath.Join(dir, name), raw, 0o644); err != nil {
				t.Fatalf("write %s error:\n%+v", name, err)
			}
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read golden hashes error:\n%+v", err)
	}
	want := map[string]string{}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatalf("read golden hashes error:\n%+v", err)
	}
	if len(want) != len(got) {
		t.Errorf("%d documents, %d golden hashes", len(got), len(want))
	}
	for name, sum := range got {
		if want[name] != sum {
			t.Errorf("%s has SHA-256 %s, want %s: if it was meant, look at it (CLAIMWATCH_DOCUMENTS=dir) and write the hashes anew with UPDATE_GOLDEN=1", name, sum, want[name])
		}
	}
}
