package body_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"

	"claimwatch"
	"claimwatch/ingest/body"
)

func gzipped(t testing.TB, plain []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(plain)
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func zstded(t testing.TB, plain []byte, options ...zstd.EOption) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil, options...)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return w.EncodeAll(plain, nil)
}

func read(r io.Reader, coding body.Coding) ([]byte, error) {
	b, err := body.Open(r, coding)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	return io.ReadAll(b)
}

func TestMediaOf(t *testing.T) {
	cases := []struct {
		contentType string
		encodings   []string
		want        body.Media
		refused     bool
	}{
		{"application/x-ndjson", nil, body.Media{Coding: body.Identity}, false},
		{"application/json", nil, body.Media{Array: true, Coding: body.Identity}, false},
		{"Application/JSON; charset=UTF-8", []string{"GZIP"}, body.Media{Array: true, Coding: body.Gzip}, false},
		{`application/x-ndjson; charset="utf-8"`, []string{"zstd"}, body.Media{Coding: body.Zstd}, false},
		{"application/x-ndjson", []string{"identity"}, body.Media{Coding: body.Identity}, false},
		{"application/x-ndjson", []string{"identity, x-gzip"}, body.Media{Coding: body.Gzip}, false},
		{"", nil, body.Media{}, true},
		{"text/plain", nil, body.Media{}, true},
		{"application/json; charset=gbk", nil, body.Media{}, true},
		{"application/json; charset=", nil, body.Media{}, true},
		{"application/", nil, body.Media{}, true},
		{"application/x-ndjson", []string{"br"}, body.Media{}, true},
		{"application/x-ndjson", []string{"gzip, gzip"}, body.Media{}, true},
		{"application/x-ndjson", []string{"gzip", "zstd"}, body.Media{}, true},
	}
	for _, c := range cases {
		h := http.Header{"Content-Encoding": c.encodings}
		if c.contentType != "" {
			h.Set("Content-Type", c.contentType)
		}
		got, err := body.MediaOf(h)
		if refused := claimwatch.CodeOf(err) == claimwatch.CodeUnsupportedMediaType; refused != c.refused || (err != nil) != c.refused {
			t.Errorf("MediaOf(%q, %q) error:\n%+v\nwant refused %v", c.contentType, c.encodings, err, c.refused)
		}
		if err == nil && got != c.want {
			t.Errorf("MediaOf(%q, %q) = %+v, want %+v", c.contentType, c.encodings, got, c.want)
		}
	}
}

func TestOpenReadsEveryCoding(t *testing.T) {
	plain := []byte(strings.Repeat("{\"kind\":\"fee\"}\n", 50_000))
	half := len(plain) / 2
	bodies := map[string]struct {
		sent   []byte
		coding body.Coding
	}{
		"identity":         {plain, body.Identity},
		"gzip":             {gzipped(t, plain), body.Gzip},
		"gzip, two parts":  {append(gzipped(t, plain[:half]), gzipped(t, plain[half:])...), body.Gzip},
		"zstd":             {zstded(t, plain), body.Zstd},
		"zstd, two frames": {append(zstded(t, plain[:half]), zstded(t, plain[half:])...), body.Zstd},
		"zstd, 8 MiB":      {zstded(t, plain, zstd.WithWindowSize(8<<20)), body.Zstd},
	}
	for name, c := range bodies {
		b, err := body.Open(iotest.HalfReader(bytes.NewReader(c.sent)), c.coding)
		if err != nil {
			t.Fatalf("%s: Open() error:\n%+v", name, err)
		}
		got, err := io.ReadAll(b)
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: %d bytes, error %v, want %d", name, len(got), err, len(plain))
		}
		if b.Sent() != int64(len(c.sent)) {
			t.Errorf("%s: Sent() = %d, want %d", name, b.Sent(), len(c.sent))
		}
		b.Close()
	}
}

func TestOpenOfNothing(t *testing.T) {
	for _, coding := range []body.Coding{body.Identity, body.Gzip, body.Zstd} {
		got, err := read(strings.NewReader(""), coding)
		if err != nil || len(got) != 0 {
			t.Errorf("%s: %q, error %v, want nothing", coding, got, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	plain := []byte(strings.Repeat("{\"kind\":\"fee\"}\n", 10_000))
	flip := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[len(b)-at] ^= 0xff
		return b
	}
	packed, frame := gzipped(t, plain), zstded(t, plain)
	cases := map[string]struct {
		sent   []byte
		coding body.Coding
		code   claimwatch.Code
	}{
		"plain as gzip":         {plain, body.Gzip, claimwatch.CodeSyntax},
		"plain as zstd":         {plain, body.Zstd, claimwatch.CodeSyntax},
		"gzip as zstd":          {packed, body.Zstd, claimwatch.CodeSyntax},
		"gzip cut":              {packed[:len(packed)-9], body.Gzip, claimwatch.CodeSyntax},
		"gzip cut in head":      {packed[:5], body.Gzip, claimwatch.CodeSyntax},
		"gzip wrong checksum":   {flip(packed, 6), body.Gzip, claimwatch.CodeSyntax},
		"gzip garbage behind":   {append(bytes.Clone(packed), "more"...), body.Gzip, claimwatch.CodeSyntax},
		"zstd cut":              {frame[:len(frame)-5], body.Zstd, claimwatch.CodeSyntax},
		"zstd wrong checksum":   {flip(frame, 1), body.Zstd, claimwatch.CodeSyntax},
		"gzip in gzip":          {gzipped(t, packed), body.Gzip, claimwatch.CodeUnsupportedMediaType},
		"zstd in gzip":          {gzipped(t, frame), body.Gzip, claimwatch.CodeUnsupportedMediaType},
		"gzip as identity":      {packed, body.Identity, claimwatch.CodeUnsupportedMediaType},
		"zstd window of 16 MiB": {hugeWindow(), body.Zstd, claimwatch.CodeTooLarge},
		"gzip bomb":             {gzipped(t, make([]byte, 65<<20)), body.Gzip, claimwatch.CodeTooLarge},
		"zstd bomb":             {zstded(t, make([]byte, 65<<20)), body.Zstd, claimwatch.CodeTooLarge},
		"16 MiB and a byte":     {make([]byte, 16<<20+1), body.Identity, claimwatch.CodeTooLarge},
	}
	for name, c := range cases {
		got, err := read(bytes.NewReader(c.sent), c.coding)
		if claimwatch.CodeOf(err) != c.code {
			t.Errorf("%s: %d bytes, error:\n%+v\nwant %s", name, len(got), err, c.code)
		}
	}
}

// hugeWindow is the head of a zstd frame that asks for a window of 16 MiB.
func hugeWindow() []byte {
	return []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 14 << 3, 0x01, 0x00, 0x00}
}

func TestLimitsAreInclusive(t *testing.T) {
	if got, err := read(bytes.NewReader(make([]byte, 16<<20)), body.Identity); err != nil || len(got) != 16<<20 {
		t.Errorf("16 MiB as sent: %d bytes, error %v", len(got), err)
	}
	if got, err := read(bytes.NewReader(gzipped(t, make([]byte, 64<<20))), body.Gzip); err != nil || len(got) != 64<<20 {
		t.Errorf("64 MiB unpacked: %d bytes, error %v", len(got), err)
	}
}

func TestBombTakesNoMemory(t *testing.T) {
	bomb := gzipped(t, make([]byte, 200<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, err := body.Open(bytes.NewReader(bomb), body.Gzip)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	n, err := io.Copy(io.Discard, b)
	runtime.ReadMemStats(&after)
	if claimwatch.CodeOf(err) != claimwatch.CodeTooLarge || n != 64<<20 {
		t.Errorf("%d bytes, error %v, want 64 MiB and too_large", n, err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 2<<20 {
		t.Errorf("unpacking allocated %d bytes, want less than 2 MiB", took)
	}
}

func TestSenderErrorsArePassedOn(t *testing.T) {
	cut := io.MultiReader(strings.NewReader("{}\n{"), iotest.ErrReader(io.ErrUnexpectedEOF))
	_, err := read(cut, body.Identity)
	var sender *body.SenderError
	if !errors.As(err, &sender) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut connection: error %v, want a SenderError", err)
	}
	packed := gzipped(t, []byte(strings.Repeat("x", 1000)))
	cut = io.MultiReader(bytes.NewReader(packed[:12]), iotest.ErrReader(body.ErrSlow))
	if _, err := read(cut, body.Gzip); !errors.Is(err, body.ErrSlow) {
		t.Errorf("slow sender of gzip: error %v, want ErrSlow", err)
	}
	if _, err := read(iotest.ErrReader(body.ErrSlow), body.Zstd); !errors.Is(err, body.ErrSlow) {
		t.Errorf("slow from the first byte: error %v, want ErrSlow", err)
	}
}
