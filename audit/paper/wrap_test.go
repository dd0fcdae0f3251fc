package paper

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func font(t testing.TB) *face {
	t.Helper()
	f, err := sans()
	if err != nil {
		t.Fatalf("sans() error:\n%+v", err)
	}
	return f
}

// gb2312 are the characters of GB 2312: signs, and both levels of Chinese ones.
func gb2312(t *testing.T) []rune {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "gb2312.txt"))
	if err != nil {
		t.Fatalf("ReadFile() error:\n%+v", err)
	}
	chars := []rune(strings.ReplaceAll(string(raw), "\n", ""))
	if len(chars) != 7445 {
		t.Fatalf("GB 2312 has 7445 characters, the file %d", len(chars))
	}
	return chars
}

func TestFontDraws(t *testing.T) {
	f := font(t)
	for _, r := range gb2312(t) {
		if !f.draws(r) {
			t.Errorf("the font lacks %c (U+%04X) of GB 2312", r, r)
		}
	}
	for r := ' '; r < 0x7F; r++ {
		if !f.draws(r) {
			t.Errorf("the font lacks %q", r)
		}
	}
	if got := f.advance('中'); got != 1000 {
		t.Errorf("中 is %d wide, want one em", got)
	}
}

// The names of the national libraries, where they are at hand: they are not shipped.
func TestFontDrawsEveryItem(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", "nhsa_liangku", "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Skip("the national libraries are not here")
	}
	f := font(t)
	for _, name := range files {
		pack, err := zip.OpenReader(name)
		if err != nil {
			t.Fatalf("open %s error:\n%+v", name, err)
		}
		defer pack.Close()
		file, err := pack.Open("xl/sharedStrings.xml")
		if err != nil {
			t.Fatalf("open texts of %s error:\n%+v", name, err)
		}
		var raw bytes.Buffer
		if _, err := raw.ReadFrom(file); err != nil {
			t.Fatalf("read %s error:\n%+v", name, err)
		}
		for _, r := range raw.String() {
			if r >= ' ' && !f.draws(r) {
				t.Errorf("%s: the font lacks %c (U+%04X)", name, r, r)
			}
		}
	}
}

func TestVisible(t *testing.T) {
	f := font(t)
	for text, want := range map[string]string{
		"plain": "plain", "张三": "张三", "a\tb\r\nc\rd": "a b\nc\nd", "𠮷野": "[U+20BB7]野", "x\u202ey": "x[U+202E]y", "\x00\x07\x7f": "[U+0000][U+0007][U+007F]",
		"a\u200bb": "a[U+200B]b", "\xff中": "[0xFF]中", "\ufeff": "[U+FEFF]", "\ufffd": "[U+FFFD]", "a\u00a0b": "a b", "ɡ": "[U+0261]", "中\ufe00": "中[U+FE00]", "": "",
	} {
		got, replaced := visible(text, f.draws)
		if got != want || replaced != strings.Contains(want, "[") {
			t.Errorf("visible(%q) = %q, %v; want %q", text, got, replaced, want)
		}
	}
	if got, _ := visible("𠮷\u202e", seen); got != "𠮷[U+202E]" {
		t.Errorf("in a cell: %q", got)
	}
}

// Nothing vanishes: what is visible reads back as what was said.
func TestNothingVanishes(t *testing.T) {
	f := font(t)
	code := regexp.MustCompile(`\[U\+([0-9A-F]+)\]`)
	rapid.Check(t, func(r *rapid.T) {
		runes := rapid.SliceOf(rapid.Rune().Filter(func(r rune) bool { return r != '\r' && r != '\t' && r != 0xA0 && r != '[' })).Draw(r, "text")
		text := string(runes)
		shown, _ := visible(text, f.draws)
		for _, one := range shown {
			if one != '\n' && !f.draws(one) {
				r.Fatalf("%q still has U+%04X", shown, one)
			}
		}
		back := code.ReplaceAllStringFunc(shown, func(s string) string {
			var n rune
			for _, d := range s[3 : len(s)-1] {
				n = n<<4 | rune(strings.IndexRune("0123456789ABCDEF", d))
			}
			return string(n)
		})
		if back != text {
			r.Fatalf("%q is shown as %q, which reads back as %q", text, shown, back)
		}
	})
}

func pieces(lines []line) (texts []string) {
	for _, l := range lines {
		texts = append(texts, l.text)
	}
	return texts
}

func TestWrap(t *testing.T) {
	f := font(t)
	for _, c := range []struct {
		text string
		ems  int
		want []string
	}{
		{"", 5, []string{""}},
		{"中文可以断开", 4, []string{"中文可以", "断开"}},
		{"句号不在行首。后", 6, []string{"句号不在行", "首。后"}},
		{"前面文字《书名》", 5, []string{"前面文字", "《书名》"}},
		{"金额 1,234.56 元", 4, []string{"金额", "1,234.56", "元"}},
		{"a word stays", 4, []string{"a word", "stays"}},
		{"一\n二", 5, []string{"一", "二"}},
		{"一二三四  五", 4, []string{"一二三四", "五"}},
		{"一二三四   ", 4, []string{"一二三四"}},
		{"一二", 0, []string{"一", "二"}},
		{"，，，，，，", 3, []string{"，，，", "，，，"}},
	} {
		if diff := cmp.Diff(pieces(f.wrap(c.text, 10*point, c.ems*10*point)), c.want); diff != "" {
			t.Errorf("wrap(%q, %d ems) (-got, +want):\n%s", c.text, c.ems, diff)
		}
	}
}

// Over any text and width: every character is kept but spaces at the ends of lines,
// and no line is wider than the room unless it is a single character.
func TestWrapKeepsAll(t *testing.T) {
	f := font(t)
	letter := rapid.RuneFrom([]rune("中文字，。（）《》“”ab1 .,-/\n　—…"))
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(letter, 0, 80, -1).Draw(r, "text")
		width := rapid.IntRange(0, 200).Draw(r, "width") * point
		lines := f.wrap(text, 9*point, width)
		joined := strings.Join(pieces(lines), "")
		drop := strings.NewReplacer(" ", "", "\n", "")
		if drop.Replace(joined) != drop.Replace(text) {
			r.Fatalf("%q became %q", text, joined)
		}
		for _, l := range lines {
			if l.used != f.measure([]rune(l.text)) || l.chars != utf8.RuneCountInString(l.text) {
				r.Fatalf("line %+v is measured wrongly", l)
			}
			if l.used*9 > width && l.chars > 1 {
				r.Fatalf("line %q is %d wide in %d", l.text, l.used*9, width)
			}
		}
	})
}
