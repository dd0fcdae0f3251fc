package main

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

// row is one figure beside its peer.
type row struct {
	what, ours, peer string
	ratio            float64 // 0: none
	aim              string
	reached          bool
	noAim            bool
}

// atLeast makes a row whose aim is a ratio.
func atLeast(what string, ours, peer string, ratio, aim float64) row {
	return row{what: what, ours: ours, peer: peer, ratio: ratio, aim: fmt.Sprintf("%gx", aim), reached: ratio >= aim}
}

// atMost makes a row whose aim is a ratio that may not be exceeded.
func atMost(what string, ours, peer string, ratio, aim float64) row {
	return row{what: what, ours: ours, peer: peer, ratio: ratio, aim: fmt.Sprintf("at most %gx", aim), reached: ratio <= aim}
}

// plainly makes a row without aim.
func plainly(what, ours, peer string, ratio float64) row {
	return row{what: what, ours: ours, peer: peer, ratio: ratio, noAim: true}
}

// section is the result of one measurement.
type section struct {
	name, command, measured string
	rows                    []row
	notes                   []string // sentences under the table
	profile                 string   // text of a profile, when an aim was missed
}

const tableHead = "| what | ours | peer | ratio | aim | reached |\n|---|---|---|---|---|---|\n"

func (r row) markdown() string {
	ratio, aim, reached := "", r.aim, "no"
	if r.ratio != 0 && !math.IsNaN(r.ratio) {
		ratio = trim(r.ratio) + "x"
	}
	if r.reached {
		reached = "yes"
	}
	if r.noAim {
		aim, reached = "", ""
	}
	return "| " + strings.Join([]string{r.what, r.ours, r.peer, ratio, aim, reached}, " | ") + " |\n"
}

func (s section) markdown() string {
	var text strings.Builder
	text.WriteString(tableHead)
	for _, r := range s.rows {
		text.WriteString(r.markdown())
	}
	fmt.Fprintf(&text, "\n`%s`: %s.\n", s.command, s.measured)
	for _, note := range s.notes {
		text.WriteString("\n" + note + "\n")
	}
	if s.profile != "" {
		text.WriteString("\n```\n" + strings.TrimSpace(s.profile) + "\n```\n")
	}
	return text.String()
}

// trim spells a number with three figures that count, with thousands parted.
func trim(n float64) string {
	switch {
	case math.IsNaN(n) || math.IsInf(n, 0):
		return "-"
	case math.Abs(n) >= 100:
		return thousands(int64(math.Round(n)))
	default:
		return strconv.FormatFloat(n, 'g', 3, 64)
	}
}

func thousands(n int64) string {
	if n < 0 {
		return "-" + thousands(-n)
	}
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func beginMark(name string) string { return "<!-- bench:" + name + " -->\n" }
func endMark(name string) string   { return "<!-- /bench:" + name + " -->\n" }

// writePage replaces what stands between the marks of a section, and renews the
// summary, which repeats the rows of all sections.
func writePage(path, name, text string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the page: %w", err)
	}
	renewed, err := replace(string(page), name, text)
	if err == nil {
		renewed, err = replace(renewed, "summary", summary(renewed))
	}
	if err != nil {
		return fmt.Errorf("write into %s: %w", path, err)
	}
	return os.WriteFile(path, []byte(renewed), 0o644)
}

func replace(page, name, text string) (string, error) {
	before, rest, opened := strings.Cut(page, beginMark(name))
	_, after, closed := strings.Cut(rest, endMark(name))
	if !opened || !closed {
		return "", fmt.Errorf("the marks of section %s are missing", name)
	}
	return before + beginMark(name) + text + endMark(name) + after, nil
}

// summary gathers the rows that have an aim out of all sections of a page.
func summary(page string) string {
	text := tableHead
	for _, name := range names() {
		_, rest, _ := strings.Cut(page, beginMark(name))
		body, _, _ := strings.Cut(rest, endMark(name))
		for line := range strings.Lines(body) {
			cells := strings.Split(line, " | ")
			if strings.HasPrefix(line, "| ") && len(cells) == 6 && cells[4] != "" && cells[4] != "aim" {
				text += line
			}
		}
	}
	return text
}
