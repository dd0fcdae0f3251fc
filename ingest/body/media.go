package body

import (
	"mime"
	"net/http"
	"strings"

	"claimwatch"
)

// Coding is how a body is packed.
type Coding string

// The codings of the contract, section 2.
const (
	Identity Coding = "identity"
	Gzip     Coding = "gzip"
	Zstd     Coding = "zstd"
)

// Media is what the headers of an upload say about its body.
type Media struct {
	Array  bool // a JSON array; otherwise one record a line
	Coding Coding
}

// MediaOf reads Content-Type and Content-Encoding. The error has the code
// unsupported_media_type.
func MediaOf(h http.Header) (Media, error) {
	array, err := formOf(h.Get("Content-Type"))
	if err != nil {
		return Media{}, err
	}
	coding, err := codingOf(h.Values("Content-Encoding"))
	return Media{Array: array, Coding: coding}, err
}

func formOf(contentType string) (array bool, err error) {
	if contentType == "" {
		return false, unsupported("send Content-Type: application/x-ndjson or application/json")
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return false, unsupported("the Content-Type cannot be read")
	}
	switch media {
	case "application/json":
		array = true
	case "application/x-ndjson":
	default:
		return false, unsupported("the Content-Type must be application/x-ndjson or application/json")
	}
	if charset, given := params["charset"]; given && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "utf8") {
		return false, unsupported("the only charset is utf-8: convert the body before sending it")
	}
	return array, nil
}

func codingOf(values []string) (Coding, error) {
	coding := Identity
	for name := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch name {
		case "", string(Identity):
			continue
		case "x-gzip":
			name = string(Gzip)
		case string(Gzip), string(Zstd):
		default:
			return "", unsupported("the Content-Encoding must be gzip, zstd or identity")
		}
		if coding != Identity {
			return "", unsupported("the body may be packed once only")
		}
		coding = Coding(name)
	}
	return coding, nil
}

func unsupported(message string) error {
	return claimwatch.Refuse(claimwatch.CodeUnsupportedMediaType, "%s", message)
}
