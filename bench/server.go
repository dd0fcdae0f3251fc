package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"claimwatch/province"
)

// server is the product or the naive sink under load, with a client of it.
type server struct {
	*process
	url  string
	ops  string // where /readyz, /metrics and /debug/pprof/ are
	key  string // with every role
	http *http.Client
	busy atomic.Int64 // answers that asked to come back later
}

// startProduct runs the binary over a directory and waits until it is ready.
func (b *bench) startProduct(ctx context.Context, data string) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	ops, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p, err := launch(ctx, b.binary, "run", "--data", data, "--listen", address, "--ops-listen", ops, "--log-level", "error")
	if err != nil {
		return nil, err
	}
	s := newServer(p, address, ops)
	if err := answers(ctx, s.ops+"/readyz", time.Minute); err != nil {
		s.stop()
		return nil, err
	}
	key, err := os.ReadFile(filepath.Join(data, "admin.key"))
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("read the admin key: %w", err)
	}
	s.key = strings.TrimSpace(string(key))
	return s, nil
}

// startNaive builds and runs bench/naive over a directory.
func (b *bench) startNaive(ctx context.Context, data string) (*server, error) {
	program := filepath.Join(b.dir, "naive")
	if err := b.goTool(ctx, "build", "-o", program, "./bench/naive"); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	p, err := launch(ctx, program, "-data", data, "-listen", address)
	if err != nil {
		return nil, err
	}
	s := newServer(p, address, address)
	if err := answers(ctx, s.ops+"/readyz", time.Minute); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

func newServer(p *process, address, ops string) *server {
	return &server{
		process: p, url: "http://" + address, ops: "http://" + ops,
		http: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
}

// do sends a request and gives the body of a good answer. A server that asks to
// come back later is asked again.
func (s *server) do(ctx context.Context, method, path, key string, body []byte) ([]byte, error) {
	for {
		request, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Authorization", "Bearer "+key)
		request.Header.Set("Content-Type", mediaOf(path))
		answer, err := s.http.Do(request)
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close() // read to its end
		switch later := answer.Header.Get("Retry-After"); {
		case err != nil:
			return nil, err
		case answer.StatusCode/100 == 2:
			return text, nil
		case later == "":
			return nil, fmt.Errorf("%s %s: %s: %s", method, path, answer.Status, text)
		default:
			s.busy.Add(1)
			seconds, _ := strconv.Atoi(later) // a date is no number: at once
			time.Sleep(time.Duration(seconds)*time.Second + 10*time.Millisecond)
		}
	}
}

func mediaOf(path string) string {
	if strings.HasPrefix(path, "/v1/records") || path == "/v1/check" || strings.HasPrefix(path, "/v1/reference/") {
		return "application/x-ndjson"
	}
	return "application/json"
}

// prepare loads the reference tables and gives each hospital and each watcher a key.
func (s *server) prepare(ctx context.Context, p *province.Province) error {
	for table, rows := range p.Reference() {
		body, err := tableText(rows)
		if err != nil {
			return err
		}
		if _, err := s.do(ctx, http.MethodPut, "/v1/reference/"+table, s.key, body); err != nil {
			return err
		}
	}
	for _, institution := range p.Institutions() {
		if err := s.addKey(ctx, keyOf(institution), `"institution_id":"`+institution+`"`); err != nil {
			return err
		}
	}
	for i := range watchers {
		if err := s.addKey(ctx, watcherKey(i), `"roles":["supervisor"]`); err != nil {
			return err
		}
	}
	return nil
}

// tableText writes the rows of a reference table as they are uploaded.
func tableText(rows []map[string]string) ([]byte, error) {
	var body bytes.Buffer
	for _, row := range rows {
		row = maps.Clone(row)
		maps.DeleteFunc(row, func(_, v string) bool { return v == "" })
		line, err := json.Marshal(row)
		if err != nil {
			return nil, err
		}
		body.Write(append(line, '\n'))
	}
	return body.Bytes(), nil
}

func (s *server) addKey(ctx context.Context, key, owner string) error {
	body := fmt.Sprintf(`{"key_sha256":%q,%s}`, hashOf(key), owner)
	_, err := s.do(ctx, http.MethodPost, "/v1/keys", s.key, []byte(body))
	return err
}

// idle waits until everything acknowledged is stored and evaluated. Both servers
// say so in GET /v1/status.
func (s *server) idle(ctx context.Context) error {
	for ctx.Err() == nil {
		var status struct {
			Idle bool `json:"idle"`
		}
		text, err := s.do(ctx, http.MethodGet, "/v1/status", s.key, nil)
		if err == nil {
			err = json.Unmarshal(text, &status)
		}
		if err != nil || status.Idle {
			return err
		}
		time.Sleep(200 * time.Millisecond) // asking costs the server something
	}
	return ctx.Err()
}
