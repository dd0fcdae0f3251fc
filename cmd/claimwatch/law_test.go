package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/zap"
)

// TestLawPage: docs/law.md has a row for each of the 52 articles of Shanxi and the
// seven numbers of Guangdong, and names only paths that are served and packages
// that exist.
func TestLawPage(t *testing.T) {
	text, err := os.ReadFile("../../docs/law.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "## Shanxi 2022")
	shanxi, guangdong, _ := strings.Cut(after, "## Guangdong 2019")
	for name, law := range map[string]struct {
		page     string
		articles int
	}{"Shanxi": {shanxi, 52}, "Guangdong": {guangdong, 7}} {
		rows := map[int]bool{}
		for line := range strings.Lines(law.page) {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			if cells[0] = strings.TrimSpace(cells[0]); len(cells) != 5 || cells[0] == "" || cells[0][0] < '0' || cells[0][0] > '9' {
				continue
			}
			if strings.TrimSpace(cells[2]) == "" {
				t.Errorf("%s %s says nothing", name, cells[0])
			}
			for one := range strings.SplitSeq(cells[0], ",") {
				first, last, span := strings.Cut(strings.TrimSpace(one), "-")
				from, _ := strconv.Atoi(first)
				until := from
				if span {
					until, _ = strconv.Atoi(last)
				}
				for article := from; article <= until; article++ {
					rows[article] = true
				}
			}
		}
		for article := 1; article <= law.articles; article++ {
			if !rows[article] {
				t.Errorf("%s %d has no row", name, article)
			}
		}
	}
	s := defaultSettings()
	s.Data, s.Clock = t.TempDir(), "event"
	n, err := openNode(t.Context(), s, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer n.close()
	paths := n.stages.server.API().OpenAPI().Paths
	for _, path := range regexp.MustCompile("/v1/[a-z{}_/-]+").FindAllString(string(text), -1) {
		if paths[path] == nil {
			t.Errorf("%s is not served", path)
		}
	}
	for _, folder := range regexp.MustCompile("`(audit/[a-z]+)`").FindAllStringSubmatch(string(text), -1) {
		if _, err := os.Stat("../../" + folder[1]); err != nil {
			t.Errorf("there is no %s", folder[1])
		}
	}
}
