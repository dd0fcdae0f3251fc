// Package attachment says what a file is by its bytes, whatever its sender calls it.
// Files are kept and handed out; nothing here or elsewhere opens what is in them.
package attachment

import (
	"archive/zip"
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimwatch"
)

// MaxBytes is the size of the largest file that is taken.
const MaxBytes = 20 << 20

// The media types that are taken.
const (
	PDF  = "application/pdf"
	PNG  = "image/png"
	JPEG = "image/jpeg"
	TIFF = "image/tiff"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	CSV  = "text/csv"
	Text = "text/plain"
)

var extensions = map[string]string{PDF: ".pdf", PNG: ".png", JPEG: ".jpg", TIFF: ".tif", DOCX: ".docx", XLSX: ".xlsx", CSV: ".csv", Text: ".txt"}

// Types lists the media types that are taken.
func Types() []string { return []string{PDF, PNG, JPEG, TIFF, DOCX, XLSX, CSV, Text} }

// Extension is how the name of a file of a type ends, ".pdf" for example.
func Extension(mediaType string) string { return extensions[mediaType] }

var signatures = []struct{ begin, is string }{
	{"%PDF-", PDF},
	{"\x89PNG\r\n\x1a\n", PNG},
	{"\xff\xd8\xff", JPEG},
	{"II*\x00", TIFF},
	{"MM\x00*", TIFF},
}

// Sniff gives the media type of a file; empty for one that is not taken. A text is
// text/plain, for its bytes do not say whether it is a table.
func Sniff(data []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.begin)) {
			return s.is
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return office(data)
	case text(data):
		return Text
	default:
		return ""
	}
}

// office tells documents from other archives by the list of their parts; no part is
// unpacked. One with macros is none.
func office(data []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ""
	}
	parts := map[string]bool{}
	for _, file := range archive.File {
		parts[strings.ToLower(file.Name)] = true
		if strings.HasSuffix(strings.ToLower(file.Name), "vbaproject.bin") {
			return ""
		}
	}
	switch {
	case !parts["[content_types].xml"]:
		return ""
	case parts["word/document.xml"]:
		return DOCX
	case parts["xl/workbook.xml"]:
		return XLSX
	default:
		return ""
	}
}

// text says whether a file is UTF-8 text and no page of the web.
func text(data []byte) bool {
	if len(data) == 0 || !utf8.Valid(data) || !strings.HasPrefix(http.DetectContentType(data), "text/plain") {
		return false
	}
	control := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }
	return !bytes.ContainsFunc(data, control)
}

// Check gives the media type of a file that is declared as one. The bytes and the
// declaration must agree: unsupported_media_type; an empty file and one above
// MaxBytes are invalid and too_large.
func Check(declared string, data []byte) (string, error) {
	switch {
	case len(data) == 0:
		return "", claimwatch.Refuse(claimwatch.CodeInvalid, "the file is empty")
	case len(data) > MaxBytes:
		return "", claimwatch.Refuse(claimwatch.CodeTooLarge, "the file has %d bytes, at most %d are taken: send it in parts", len(data), MaxBytes)
	}
	refuse := func(format string, args ...any) error {
		return claimwatch.Refuse(claimwatch.CodeUnsupportedMediaType, format, args...)
	}
	named, parameters, err := mime.ParseMediaType(declared)
	if err != nil || extensions[named] == "" {
		return "", refuse("Content-Type %q is not taken: send %s", declared, strings.Join(Types(), ", "))
	}
	is := Sniff(data)
	switch {
	case is == "" && (named == Text || named == CSV):
		return "", refuse("the file is no text in UTF-8: save it as UTF-8 and send it again")
	case is == "":
		return "", refuse("the bytes are no file of type %s", named)
	case is == Text && (named == Text || named == CSV):
		if charset := parameters["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
			return "", refuse("the text is declared as %s: send UTF-8", charset)
		}
		return named, nil
	case is != named:
		return "", refuse("the file is declared as %s, its bytes are %s: declare what it is", named, is)
	}
	return is, nil
}
