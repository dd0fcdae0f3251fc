package main

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// refused is one row that did not get in, and why.
type refused struct {
	File     string
	Line     int
	RecordID string
	Code     string
	Field    string
	Message  string
}

// refusals collects them: counts for the terminal, rows for the report.
type refusals struct {
	rows   []refused
	counts map[string]int
}

func newRefusals() *refusals { return &refusals{counts: map[string]int{}} }

func (r *refusals) add(row refused) {
	r.rows = append(r.rows, row)
	r.counts[row.Code+" "+row.Field]++
}

const shownRefusals = 10

// print shows the counts by reason and the first rows.
func (r *refusals) print(out io.Writer) error {
	reasons := make([]string, 0, len(r.counts))
	for reason := range r.counts {
		reasons = append(reasons, reason)
	}
	slices.Sort(reasons)
	for _, reason := range reasons {
		if _, err := fmt.Fprintf(out, "  %6d %s\n", r.counts[reason], reason); err != nil {
			return err
		}
	}
	for i, row := range r.rows {
		if i == shownRefusals {
			_, err := fmt.Fprintf(out, "  … and %d more (--report FILE has all)\n", len(r.rows)-i)
			return err
		}
		if _, err := fmt.Fprintf(out, "  %s line %d: %s %s: %s\n", filepath.Base(row.File), row.Line, row.Code, row.Field, row.Message); err != nil {
			return err
		}
	}
	return nil
}

// objects gives every refused row for JSON.
func (r *refusals) objects() []map[string]any {
	list := make([]map[string]any, len(r.rows))
	for i, row := range r.rows {
		list[i] = map[string]any{
			"file": row.File, "line": row.Line, "record_id": row.RecordID, "code": row.Code, "field": row.Field, "message": row.Message,
		}
	}
	return list
}

// save writes every refused row as CSV.
func (r *refusals) save(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	w := csv.NewWriter(file)
	_ = w.Write([]string{"file", "line", "record_id", "code", "field", "message"})
	for _, row := range r.rows {
		_ = w.Write([]string{row.File, strconv.Itoa(row.Line), row.RecordID, row.Code, row.Field, row.Message})
	}
	w.Flush()
	return errors.Join(w.Error(), file.Close())
}

// resumePoint remembers how far an upload has come, so that the same command
// goes on there. It is only a saving of time: sending again is always safe.
type resumePoint struct {
	Rows    int
	Total   tally
	Refused []refused

	path string
}

// loadResumePoint finds the point of the same files (by path, size and time),
// mapping and server, sent with the same key: what one hospital's key has sent is
// nothing that another's has.
func loadResumePoint(c uploadCommand, key string) (*resumePoint, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return &resumePoint{}, nil //nolint:nilerr // without a cache directory an upload begins anew
	}
	sum := sha256.New()
	fmt.Fprintln(sum, c.Server, key, c.Mapping)
	for _, root := range append(slices.Clone(c.Files), c.Mapping) {
		if root == "" {
			continue
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err == nil && !entry.IsDir() {
				fmt.Fprintln(sum, path, info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("look at files: %w", err)
		}
	}
	p := &resumePoint{path: filepath.Join(cache, "claimwatch", "uploads", hex.EncodeToString(sum.Sum(nil)[:16])+".json")}
	if c.Restart {
		return p, p.done()
	}
	text, err := os.ReadFile(p.path)
	if err == nil && json.Unmarshal(text, p) != nil {
		return &resumePoint{path: p.path}, nil
	}
	return p, nil
}

func (p *resumePoint) save(rows int, total tally, refused []refused) error {
	p.Rows, p.Total, p.Refused = rows, total, refused
	if p.path == "" {
		return nil
	}
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("remember progress: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(p.path), 0o700); err != nil {
		return fmt.Errorf("remember progress: %w", err)
	}
	if err := os.WriteFile(p.path+".new", text, 0o600); err != nil {
		return fmt.Errorf("remember progress: %w", err)
	}
	return os.Rename(p.path+".new", p.path)
}

func (p *resumePoint) done() error {
	if err := os.Remove(p.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget progress: %w", err)
	}
	return nil
}
