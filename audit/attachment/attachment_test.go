package attachment

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"claimwatch"
)

// archive makes a zip with parts of these names.
func archive(t testing.TB, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte("x"))
		}
		if err != nil {
			t.Fatalf("Create(%s) error:\n%+v", name, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("Close() error:\n%+v", err)
	}
	return out.Bytes()
}

// A file is what its bytes say, and its sender must say the same.
func TestCheck(t *testing.T) {
	docx, xlsx := archive(t, "[Content_Types].xml", "word/document.xml"), archive(t, "[Content_Types].xml", "xl/workbook.xml")
	cases := []struct {
		name, declared string
		data           []byte
		want           string
		code           claimwatch.Code
	}{
		{"pdf", PDF, []byte("%PDF-1.7\n"), PDF, ""},
		{"png", PNG, []byte("\x89PNG\r\n\x1a\n..."), PNG, ""},
		{"jpeg", JPEG, []byte("\xff\xd8\xff\xe0"), JPEG, ""},
		{"tiff, little", TIFF, []byte("II*\x00"), TIFF, ""},
		{"tiff, big", TIFF, []byte("MM\x00*"), TIFF, ""},
		{"docx", DOCX, docx, DOCX, ""},
		{"xlsx", XLSX, xlsx, XLSX, ""},
		{"text", "text/plain; charset=UTF-8", []byte("说明\r\n\tok"), Text, ""},
		{"table", CSV, []byte("\ufeffa,b\n1,2\n"), CSV, ""},
		{"page of the web", Text, []byte("<!DOCTYPE html><script>alert(1)</script>"), "", claimwatch.CodeUnsupportedMediaType},
		{"page declared as such", "text/html", []byte("<html>"), "", claimwatch.CodeUnsupportedMediaType},
		{"drawing that runs", "image/svg+xml", []byte("<svg onload=1>"), "", claimwatch.CodeUnsupportedMediaType},
		{"archive", "application/zip", archive(t, "a.txt"), "", claimwatch.CodeUnsupportedMediaType},
		{"archive as document", DOCX, archive(t, "a.txt"), "", claimwatch.CodeUnsupportedMediaType},
		{"document with macros", DOCX, archive(t, "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "", claimwatch.CodeUnsupportedMediaType},
		{"program as picture", PNG, []byte("MZ\x90\x00"), "", claimwatch.CodeUnsupportedMediaType},
		{"sheet as document", DOCX, xlsx, "", claimwatch.CodeUnsupportedMediaType},
		{"picture as text", Text, []byte("\x89PNG\r\n\x1a\n..."), "", claimwatch.CodeUnsupportedMediaType},
		{"text as pdf", PDF, []byte("hello"), "", claimwatch.CodeUnsupportedMediaType},
		{"text in GBK", Text, []byte("\xcb\xb5\xc3\xf7"), "", claimwatch.CodeUnsupportedMediaType},
		{"text declared GBK", "text/csv; charset=gbk", []byte("a,b"), "", claimwatch.CodeUnsupportedMediaType},
		{"control characters", Text, []byte("a\x1bb"), "", claimwatch.CodeUnsupportedMediaType},
		{"no type", "", []byte("%PDF-1.7"), "", claimwatch.CodeUnsupportedMediaType},
		{"nothing", PDF, nil, "", claimwatch.CodeInvalid},
		{"a byte too large", Text, bytes.Repeat([]byte("a"), MaxBytes+1), "", claimwatch.CodeTooLarge},
	}
	for _, c := range cases {
		got, err := Check(c.declared, c.data)
		if got != c.want || claimwatch.CodeOf(err) != c.code {
			t.Errorf("%s: %q, %v; want %q, %q", c.name, got, err, c.want, c.code)
		}
	}
	for _, mediaType := range Types() {
		if !strings.HasPrefix(Extension(mediaType), ".") {
			t.Errorf("%s has no extension", mediaType)
		}
	}
}

// No bytes break the reader, and what is taken is one of the types.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("%PDF-"))
	f.Add(archive(f, "[Content_Types].xml", "word/document.xml"))
	f.Add([]byte("说明,1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if is := Sniff(data); is != "" && Extension(is) == "" {
			t.Errorf("Sniff() = %q", is)
		}
	})
}
