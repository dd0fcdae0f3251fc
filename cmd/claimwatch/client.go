package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"claimwatch"
)

// clientFlags are the flags of every command that talks to a running server.
type clientFlags struct {
	Server string `help:"Address of the server." default:"http://127.0.0.1:8080" env:"CLAIMWATCH_SERVER"`
	Key    string `help:"Bearer key; otherwise the admin key in --data." env:"CLAIMWATCH_KEY"`
	Data   string `help:"Data directory of the server, for its admin key." default:"./claimwatch-data" type:"path"`
}

// adminKeyFile is where run leaves the key with every role.
const adminKeyFile = "admin.key"

// client calls a running server.
type client struct {
	server, key string
	http        *http.Client
}

func (f clientFlags) client() (*client, error) {
	if at, err := url.Parse(f.Server); err != nil || at.Host == "" || (at.Scheme != "http" && at.Scheme != "https") {
		return nil, wrongUsage("--server is an address like http://127.0.0.1:8080, not %q", f.Server)
	}
	key := f.Key
	if key == "" {
		text, err := os.ReadFile(filepath.Join(f.Data, adminKeyFile))
		if err != nil {
			return nil, wrongUsage("no key: give --key or CLAIMWATCH_KEY, or --data of a server on this machine (%w)", err)
		}
		key = strings.TrimSpace(string(text))
	}
	return &client{server: strings.TrimRight(f.Server, "/"), key: key, http: &http.Client{}}, nil
}

// problem is an error answer of the server.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Field  string `json:"field"`
	Faults []struct {
		Line    int    `json:"line"`
		Column  string `json:"column"`
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"faults"`
	Refused []claimwatch.Refusal `json:"refused"`
}

func (p *problem) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%d): %s", p.Code, p.Status, p.Detail)
	for _, f := range p.Faults {
		b.WriteString("\n  ")
		if f.Line > 0 { // a reference file's; the body of another call has no lines
			fmt.Fprintf(&b, "line %d, column ", f.Line)
		}
		fmt.Fprintf(&b, "%s: %s", f.Column, strings.TrimSpace(f.Code+" "+f.Message))
	}
	return b.String()
}

// request is one call of the server.
type request struct {
	method, path string
	query        url.Values
	contentType  string
	accept       string
	signature    string // of the body's records
	body         io.Reader
}

// do sends a request; the caller closes the answer's body. An answer that is
// no success is a *problem.
func (c *client) do(ctx context.Context, r request) (*http.Response, error) {
	address := c.server + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	call, err := http.NewRequestWithContext(ctx, r.method, address, r.body)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	if c.key != "" { // without one the session's cookie speaks
		call.Header.Set("Authorization", "Bearer "+c.key)
	}
	if r.contentType != "" {
		call.Header.Set("Content-Type", r.contentType)
	}
	if r.signature != "" {
		call.Header.Set(claimwatch.HeaderSignature, r.signature)
	}
	if r.accept != "" {
		call.Header.Set("Accept", r.accept)
	}
	answer, err := c.http.Do(call)
	if err != nil {
		return nil, fmt.Errorf("reach the server: %w (is claimwatch run or serve running? see --server)", err)
	}
	if answer.StatusCode/100 == 2 {
		return answer, nil
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 16<<20))
	if err != nil {
		return nil, fmt.Errorf("read answer %s: %w", answer.Status, err)
	}
	refusal := &problem{Status: answer.StatusCode}
	if json.Unmarshal(text, refusal) != nil || refusal.Code == "" {
		return nil, fmt.Errorf("server answered %s: %s", answer.Status, bytes.TrimSpace(text))
	}
	return nil, refusal
}

// get reads a JSON answer into out.
func (c *client) get(ctx context.Context, path string, query url.Values, out any) error {
	return c.call(ctx, request{method: http.MethodGet, path: path, query: query}, out)
}

// post sends in as JSON and reads the JSON answer into out.
func (c *client) post(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("write request: %w", err)
	}
	return c.call(ctx, request{method: http.MethodPost, path: path, contentType: "application/json", body: bytes.NewReader(body)}, out)
}

func (c *client) call(ctx context.Context, r request, out any) error {
	answer, err := c.do(ctx, r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(out); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return nil
}

// page is one page of a list.
type page struct {
	Items []json.RawMessage `json:"items"`
	Next  string            `json:"next"`
}

// each calls fn for every item of a list, following its pages.
func (c *client) each(ctx context.Context, path string, query url.Values, fn func(json.RawMessage) error) error {
	if query == nil {
		query = url.Values{}
	}
	for {
		var p page
		if err := c.get(ctx, path, query, &p); err != nil {
			return err
		}
		for _, item := range p.Items {
			if err := fn(item); err != nil {
				return err
			}
		}
		if p.Next == "" {
			return nil
		}
		query.Set("cursor", p.Next)
	}
}
