// Package console is the web console, embedded: its pages are built by Vite from the
// sources beside it (make console) and need nothing from outside.
package console

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed all:dist
var dist embed.FS

const (
	assets = "/assets/"
	// noncePlace is what Vite writes where the nonce of an answer belongs.
	noncePlace = "NONCE"
	// nonceBytes are as many as cannot be guessed.
	nonceBytes = 16
)

// Console serves the pages.
type Console struct {
	page   []byte // index.html, or how to build it
	built  bool
	files  map[string]file // by path
	random io.Reader
}

// file is one asset, as it is sent.
type file struct {
	mediaType  string
	raw, small []byte // small is gzip; nil when it would not be smaller
}

// New reads what was embedded.
func New(random io.Reader) (*Console, error) {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("open the console: %w", err)
	}
	return open(root, random)
}

func open(root fs.FS, random io.Reader) (*Console, error) {
	c := &Console{files: map[string]file{}, random: random}
	var err error
	if c.page, err = fs.ReadFile(root, "index.html"); err != nil {
		if c.page, err = fs.ReadFile(root, "absent.html"); err != nil {
			return nil, fmt.Errorf("read the page of the console: %w", err)
		}
		return c, nil
	}
	c.built = true
	err = fs.WalkDir(root, strings.Trim(assets, "/"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		one, err := read(root, name)
		c.files["/"+name] = one
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the assets of the console: %w", err)
	}
	return c, nil
}

// read takes in an asset and packs it once, so that no request waits for it.
func read(root fs.FS, name string) (file, error) {
	raw, err := fs.ReadFile(root, name)
	if err != nil {
		return file{}, err
	}
	one := file{mediaType: mime.TypeByExtension(path.Ext(name)), raw: raw}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return one, err
	}
	if _, err := w.Write(raw); err != nil {
		return one, err
	}
	if err := w.Close(); err != nil {
		return one, err
	}
	if packed.Len() < len(raw) {
		one.small = packed.Bytes()
	}
	return one, nil
}

// Serves says whether a request that no operation of the API takes is for the console:
// an asset, or a navigation of a browser. Programs go on to get problem documents.
func (c *Console) Serves(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || strings.HasPrefix(r.URL.Path, "/v1/") {
		return false
	}
	if strings.HasPrefix(r.URL.Path, assets) {
		_, known := c.files[r.URL.Path]
		return known
	}
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}

func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	if one, ok := c.files[r.URL.Path]; ok {
		one.serve(w, r)
		return
	}
	nonce, err := c.nonce()
	if err != nil {
		http.Error(w, "no randomness", http.StatusInternalServerError)
		return
	}
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store") // the nonce is of this answer
	header.Set("Content-Security-Policy", "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-"+nonce+
		"'; img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'")
	page := bytes.ReplaceAll(c.page, []byte(noncePlace), []byte(nonce))
	if !c.built {
		page = c.page
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(page) // the reader has gone: nobody to tell
}

func (c *Console) nonce() (string, error) {
	raw := make([]byte, nonceBytes)
	if _, err := io.ReadFull(c.random, raw); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// serve sends an asset. Its name holds a hash of its content, so a browser never asks
// twice.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.mediaType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	body := f.raw
	if f.small != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = f.small
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the reader has gone: nobody to tell
}
