package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestRefusalsForATerminal(t *testing.T) {
	r := newRefusals()
	for i := range 12 {
		r.add(refused{File: "/data/in.ndjson", Line: i + 1, Code: "scale", Field: "amount", Message: "round it"})
	}
	r.add(refused{File: "/data/in.ndjson", Line: 20, Code: "conflict", Message: "another content"})
	var out strings.Builder
	must(t, r.print(&out))
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	same(t, "counts by reason", lines[:2], []string{"       1 conflict ", "      12 scale amount"})
	same(t, "the first rows and no more", lines[2:], func() (want []string) {
		for i := range shownRefusals {
			want = append(want, fmt.Sprintf("  in.ndjson line %d: scale amount: round it", i+1))
		}
		return append(want, "  … and 3 more (--report FILE has all)")
	}())
	var none strings.Builder
	must(t, newRefusals().print(&none))
	same(t, "nothing refused", none.String(), "")
}

// TestReportIsCSV: whatever a record or message holds, a spreadsheet reads it back.
func TestReportIsCSV(t *testing.T) {
	r := newRefusals()
	r.add(refused{File: "a,b.ndjson", Line: 7, RecordID: "R1", Code: "format", Field: "until", Message: "says \"x\",\nnot a time"})
	path := filepath.Join(t.TempDir(), "report.csv")
	must(t, r.save(path))
	file, err := os.Open(path)
	must(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	must(t, err)
	same(t, "rows", rows, [][]string{
		{"file", "line", "record_id", "code", "field", "message"},
		{"a,b.ndjson", "7", "R1", "format", "until", "says \"x\",\nnot a time"},
	})
	if err := r.save(filepath.Join(t.TempDir(), "no", "such", "directory.csv")); err == nil || !strings.HasPrefix(err.Error(), "write report: ") {
		t.Errorf("save() error %v", err)
	}
}

func contents(p *resumePoint) []any { return []any{p.Rows, p.Total, p.Refused} }

// TestResumePointIsOfTheSameUpload: another file, another content, another
// mapping, another server or another key begins anew.
func TestResumePointIsOfTheSameUpload(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	file := written(t, "in.ndjson", "{1}\n")
	mapping := written(t, "m.yaml", "files: []\n")
	c := uploadCommand{clientFlags: clientFlags{Server: "http://a"}, Files: []string{file}}
	point, err := loadResumePoint(c, "key of H1")
	must(t, err)
	same(t, "the first time", contents(point), []any{0, tally{}, []refused(nil)})
	must(t, point.save(41, tally{Rows: 41, Refused: 1}, []refused{{Line: 3, Code: "scale"}}))
	info, err := os.Stat(point.path)
	must(t, err)
	same(t, "who reads it", info.Mode().Perm(), os.FileMode(0o600))

	rows := func(c uploadCommand, key string) int {
		p, err := loadResumePoint(c, key)
		must(t, err)
		return p.Rows
	}
	again, err := loadResumePoint(c, "key of H1")
	must(t, err)
	same(t, "again", contents(again), []any{41, tally{Rows: 41, Refused: 1}, []refused{{Line: 3, Code: "scale"}}})
	batch := c
	batch.Batch = 7
	same(t, "another batch size is the same upload", rows(batch, "key of H1"), 41)
	elsewhere, mapped, more := c, c, c
	elsewhere.Server, mapped.Mapping, more.Files = "http://b", mapping, []string{file, mapping}
	same(t, "another server", rows(elsewhere, "key of H1"), 0)
	same(t, "another mapping", rows(mapped, "key of H1"), 0)
	same(t, "more files", rows(more, "key of H1"), 0)
	same(t, "another hospital's key", rows(c, "key of H2"), 0)
	must(t, os.Chtimes(file, time.Unix(1, 0), time.Unix(1, 0)))
	same(t, "a file that was written since", rows(c, "key of H1"), 0)
}

// TestResumePointIsForgotten: after the end, with --restart, and when the file
// is broken; it is a saving of time and never a reason to fail.
func TestResumePointIsForgotten(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	c := uploadCommand{Files: []string{written(t, "in.ndjson", "{1}\n")}}
	load := func(c uploadCommand) *resumePoint {
		p, err := loadResumePoint(c, "k")
		must(t, err)
		return p
	}
	p := load(c)
	must(t, p.save(5, tally{}, nil))
	must(t, load(c).done())
	same(t, "after the end", load(c).Rows, 0)
	must(t, p.done()) // twice is once
	must(t, p.save(5, tally{}, nil))
	restart := c
	restart.Restart = true
	same(t, "with --restart", load(restart).Rows, 0)
	same(t, "and it stays forgotten", load(c).Rows, 0)
	must(t, os.WriteFile(p.path, []byte(`{"Rows":7,"Total":"all"}`), 0o600))
	broken := load(c)
	same(t, "a broken file", contents(broken), []any{0, tally{}, []refused(nil)})
	must(t, broken.save(2, tally{}, nil))
	same(t, "is written anew", load(c).Rows, 2)

	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	nowhere := load(c)
	must(t, nowhere.save(9, tally{}, nil))
	must(t, nowhere.done())
	same(t, "without a place to remember", load(c).Rows, 0)
}
