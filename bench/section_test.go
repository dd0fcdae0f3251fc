package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTrim(t *testing.T) {
	for number, want := range map[float64]string{
		0.1234: "0.123", 12.345: "12.3", 99.96: "100", 100: "100", 1234.5: "1,235", 60_000: "60,000", 1_234_567: "1,234,567", -4567: "-4,567",
	} {
		if got := trim(number); got != want {
			t.Errorf("trim(%v) = %q, want %q", number, got, want)
		}
	}
}

func TestRows(t *testing.T) {
	for _, c := range []struct {
		row  row
		want string
	}{
		{atLeast("a", "1 s", "7 s", 7, 5), "| a | 1 s | 7 s | 7x | 5x | yes |\n"},
		{atLeast("a", "1 s", "7 s", 4.99, 5), "| a | 1 s | 7 s | 4.99x | 5x | no |\n"},
		{atLeast("a", "1 s", "5 s", 5, 5), "| a | 1 s | 5 s | 5x | 5x | yes |\n"},
		{plainly("b", "1", "2", 2), "| b | 1 | 2 | 2x |  |  |\n"},
		{plainly("b", "1", "", 0), "| b | 1 |  |  |  |  |\n"},
		{row{what: "c", ours: "200 ms", aim: "250 ms", reached: true}, "| c | 200 ms |  |  | 250 ms | yes |\n"},
	} {
		if got := c.row.markdown(); got != c.want {
			t.Errorf("markdown() (-got, +want):\n%s", cmp.Diff(got, c.want))
		}
	}
}

func TestSection(t *testing.T) {
	s := section{
		command: "go run ./bench -only x", measured: "today", rows: []row{plainly("b", "1", "2", 2)},
		notes: []string{"A note."}, profile: "10s main.f\n",
	}
	want := tableHead + "| b | 1 | 2 | 2x |  |  |\n\n`go run ./bench -only x`: today.\n\nA note.\n\n```\n10s main.f\n```\n"
	if diff := cmp.Diff(s.markdown(), want); diff != "" {
		t.Errorf("markdown() (-got, +want):\n%s", diff)
	}
}

// TestPage holds the page of the repository to what bench writes into it: every
// section has its marks, and renewing one leaves the others alone.
func TestPage(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join("..", "docs", "benchmarks.md"))
	if err != nil {
		t.Fatalf("read the page: %v", err)
	}
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, committed, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range names() {
		s := section{rows: []row{atLeast("figure of "+name, "1 s", "9 s", 9, 5), plainly("aside of "+name, "1", "", 0)}}
		if err := writePage(path, name, s.markdown()); err != nil {
			t.Fatalf("writePage(%s) error:\n%+v", name, err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names() {
		if n := strings.Count(string(got), "| figure of "+name+" |"); n != 2 { // the section and the summary
			t.Errorf("figure of %s stands %d times in the page, want 2", name, n)
		}
		if n := strings.Count(string(got), "| aside of "+name+" |"); n != 1 {
			t.Errorf("aside of %s stands %d times in the page, want 1: it has no aim", name, n)
		}
	}
	if !strings.HasPrefix(string(got), strings.SplitAfter(string(committed), "\n")[0]) {
		t.Errorf("the text around the sections changed:\n%s", got)
	}
}

func TestPageWithoutMarks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, []byte("# no marks\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writePage(path, "decode", "x"); err == nil || !strings.Contains(err.Error(), "decode") {
		t.Errorf("writePage() error: %v, want one that names the section", err)
	}
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		all  bool
		only string
		want []string
		bad  bool
	}{
		{true, "", names(), false},
		{false, "decode", []string{"decode"}, false},
		{false, "path, log", []string{"path", "log"}, false},
		{false, "", nil, true},
		{true, "log", nil, true},
		{false, "nothing", nil, true},
	} {
		chosen, err := choose(c.all, c.only)
		var got []string
		for _, m := range chosen {
			got = append(got, m.name)
		}
		if (err != nil) != c.bad || !c.bad && !cmp.Equal(got, c.want) {
			t.Errorf("choose(%v, %q) = %v, %v", c.all, c.only, got, err)
		}
	}
}
