package claimwatch

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var (
	fenced   = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	inCode   = regexp.MustCompile("`[^`\n]*`")
	link     = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	namedDoc = regexp.MustCompile("`(docs/[\\w./-]+\\w)[^`]*`")
	han      = regexp.MustCompile(`\p{Han}{2,}`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} +(.*)$`)
)

// pictures is where make screenshots puts them.
const pictures = "docs/img"

// markdown reads all pages of the repository, by path from its root.
func markdown(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); base == "node_modules" || base == "bin" || base == "dist" || len(base) > 1 && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".md" {
			return nil
		}
		text, err := os.ReadFile(name)
		pages[filepath.ToSlash(name)] = fenced.ReplaceAllString(string(text), "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 30 {
		t.Fatalf("only %d pages were found", len(pages))
	}
	return pages
}

// linksOf gives the targets of a page's relative links.
func linksOf(text string) (targets []string) {
	for _, match := range link.FindAllStringSubmatch(inCode.ReplaceAllString(text, ""), -1) {
		if !strings.Contains(match[1], ":") {
			targets = append(targets, match[1])
		}
	}
	return targets
}

// anchorsOf gives the names by which the headings of a page are linked to.
func anchorsOf(text string) (names []string) {
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		names = append(names, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			default:
				return -1
			}
		}, strings.TrimSpace(match[1])))
	}
	return names
}

// TestLinks: every relative link of every page leads to a file, and to a heading where it
// names one; every page of docs that is named in code exists. Pictures have a test of their
// own.
func TestLinks(t *testing.T) {
	pages := markdown(t)
	exists := func(name string) bool {
		_, err := os.Stat(filepath.FromSlash(name))
		return err == nil
	}
	for page, text := range pages {
		for _, target := range linksOf(text) {
			file, anchor, named := strings.Cut(target, "#")
			to := path.Join(path.Dir(page), file)
			if file == "" {
				to = page
			}
			if path.Dir(to) == pictures {
				continue
			}
			if !exists(to) {
				t.Errorf("%s links to %s, which does not exist", page, target)
			} else if named && !slices.Contains(anchorsOf(pages[to]), anchor) {
				t.Errorf("%s links to %s, which has no such heading", page, target)
			}
		}
		for _, match := range namedDoc.FindAllStringSubmatch(text, -1) {
			if !exists(match[1]) {
				t.Errorf("%s names %s, which does not exist", page, match[1])
			}
		}
	}
}

// TestPictures: every picture that a page shows was taken, and every picture is shown.
func TestPictures(t *testing.T) {
	shown := map[string][]string{} // pages by picture
	for page, text := range markdown(t) {
		for _, target := range linksOf(text) {
			if to := path.Join(path.Dir(page), target); path.Dir(to) == pictures {
				shown[to] = append(shown[to], page)
			}
		}
	}
	if len(shown) == 0 {
		t.Fatal("no page shows a picture")
	}
	files, err := os.ReadDir(filepath.FromSlash(pictures))
	if err != nil {
		t.Fatalf("there are no pictures, run make screenshots:\n%+v", err)
	}
	taken := map[string]bool{}
	for _, file := range files {
		name := path.Join(pictures, file.Name())
		taken[name] = true
		if shown[name] == nil {
			t.Errorf("no page shows %s: run make screenshots, which writes docs/screens.md", name)
		}
	}
	for name, by := range shown {
		if !taken[name] {
			t.Errorf("%s is shown by %v and does not exist: run make screenshots", name, by)
		}
	}
}

// TestWordsOfTheScreen: the Chinese words that guides put beside a button are those of the
// console and the boards.
func TestWordsOfTheScreen(t *testing.T) {
	var written strings.Builder
	for _, pattern := range []string{"audit/console/src/text/zh*.ts", "deploy/grafana/src/*.ts"} {
		files, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("nothing is at %s: %v", pattern, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			written.Write(text)
		}
	}
	words := written.String()
	pages := markdown(t)
	for _, guide := range []string{"README.md", "docs/officer.md", "docs/hospital.md", "docs/supervisor.md", "docs/administrator.md"} {
		shown := han.FindAllString(inCode.ReplaceAllString(pages[guide], ""), -1)
		if len(shown) == 0 {
			t.Errorf("%s names no word of the screen", guide)
		}
		for _, word := range shown {
			if !strings.Contains(words, word) {
				t.Errorf("%s says %s, which is on no page", guide, word)
			}
		}
	}
}
