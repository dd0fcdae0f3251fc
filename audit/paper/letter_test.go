package paper_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"claimwatch"
	"claimwatch/audit/paper"
	"claimwatch/audit/paper/papertest"
)

func day(t testing.TB, text string) claimwatch.Day {
	t.Helper()
	d, err := claimwatch.ParseDay(text)
	if err != nil {
		t.Fatalf("ParseDay() error:\n%+v", err)
	}
	return d
}

func example(t testing.TB, wide bool) paper.Letter {
	t.Helper()
	table := paper.Table{
		Title:   "表1　有关费用",
		Columns: []paper.Column{{Title: "记录", Weight: 3}, {Title: "项目", Weight: 5}, {Title: "金额（元）", Right: true}, {Title: "理由", Weight: 6}},
		Total:   []string{"合计", "", "50,000.00"},
	}
	for i := range 50 {
		table.Rows = append(table.Rows, []string{fmt.Sprintf("F-%04d", i), "=HYPERLINK(\"x\") 头孢曲松钠", "1,000.00", "超出限定频次。" + strings.Repeat("说明", i%7)})
	}
	return paper.Letter{
		From: "太原市工伤保险经办机构", Title: "示例文书", Number: "示例〔2026〕1号", Note: "未封存", To: "某某医院", Day: day(t, "2026-03-05"), Wide: wide,
		Body: []paper.Block{
			paper.Paragraph("现将有关事项告知如下，" + strings.Repeat("请于五个工作日内（至2026年3月12日）作出说明；", 12)),
			paper.Heading("一、基本情况"),
			paper.Pairs{{Label: "机构", Value: "某某医院（H001）"}, {Label: "负责人", Value: "张𠮷\u202e"}, {Label: "合计", Value: paper.Yuan(5_000_000) + "元（" + paper.Capitals(5_000_000) + "）"}},
			table,
			paper.Quote{Source: "第三十二条", Note: "现行有效", Text: []string{"经办机构可拒付有关费用。", strings.Repeat("协议机构应当在5个工作日内向经办机构作出说明。", 5)}},
			paper.Flush("特此告知。"),
		},
		Attachments: []string{"拒付费用清单", strings.Repeat("证据材料", 20)}, Handler: "王五", Checker: "",
	}
}

func pdf(t testing.TB, l paper.Letter) []byte {
	t.Helper()
	raw, err := l.PDF()
	if err != nil {
		t.Fatalf("PDF() error:\n%+v", err)
	}
	return raw
}

func TestLetter(t *testing.T) {
	raw, wide := pdf(t, example(t, false)), pdf(t, example(t, true))
	papertest.Golden(t, map[string][]byte{"letter.pdf": raw, "letter-wide.pdf": wide, "book.xlsx": xlsx(t, exampleBook(t))})
	papertest.Holds(t, raw, "太原市工伤保险经办机构", "示例文书", "编号：示例〔2026〕1号", "（未封存）", "某某医院：", "一、基本情况", "张[U+20BB7][U+202E]", "人民币伍万元整",
		"=HYPERLINK(\"x\") 头孢曲松钠", "50,000.00", "第三十二条（现行有效）", "经办机构可拒付有关费用。", "特此告知。", "注：方括号内为", "附件：", "1．拒付费用清单",
		"经办机构（盖章）：太原市工伤保险经办机构", "经办人：王五　　复核人：＿＿＿＿＿＿", "日期：2026年3月5日", "第 1 页 共 3 页", "第 3 页 共 3 页", "内容校验 SHA-256：")
	pages := strings.Split(papertest.Text(t, raw), "\f")
	for i, page := range pages[:3] {
		if heads, rows := strings.Count(page, "金额（元）\n"), strings.Count(page, "F-00"); heads > 1 || (rows > 0) != (heads == 1) {
			t.Errorf("page %d has %d heads over %d rows", i+1, heads, rows)
		}
	}
	if bytes.Contains(raw, []byte("/URI")) || bytes.Contains(raw, []byte("/JavaScript")) {
		t.Error("the PDF links or runs something")
	}
}

// The same letter gives the same bytes, also while others are made.
func TestSameBytes(t *testing.T) {
	want, book := pdf(t, example(t, false)), xlsx(t, exampleBook(t))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if !bytes.Equal(pdf(t, example(t, false)), want) {
				t.Error("another PDF of the same letter")
			}
			if !bytes.Equal(xlsx(t, exampleBook(t)), book) {
				t.Error("another XLSX of the same book")
			}
		})
	}
	all.Wait()
	other := example(t, false)
	other.Day++
	if bytes.Equal(pdf(t, other), want) {
		t.Error("the day changes nothing")
	}
}

// What the data's hash is given, is printed; what is not, follows what is said.
func TestContentHash(t *testing.T) {
	l := paper.Letter{Title: "甲", Body: []paper.Block{paper.Paragraph("一")}}
	one := papertest.Text(t, pdf(t, l))
	l.Body = []paper.Block{paper.Paragraph("二")}
	if strings.ReplaceAll(papertest.Text(t, pdf(t, l)), "二", "一") == one {
		t.Error("another text, the same hash")
	}
	l.SHA256 = strings.Repeat("ab", 32)
	papertest.Holds(t, pdf(t, l), l.SHA256)
}

// A name of neighboring characters costs the library's own way minutes.
func TestManyCharacters(t *testing.T) {
	var text strings.Builder
	for r := rune(0x20); r < 0xFFFF; r++ {
		if r < 0xD800 || r > 0xDFFF {
			text.WriteRune(r)
		}
	}
	papertest.Holds(t, pdf(t, paper.Letter{Title: "全部字符", Body: []paper.Block{paper.Flush(text.String())}}), "喘喙喚喛喜喝", "龘", "[U+FFFD]")
}

// What belongs together, signatures and the last words too, stands on one sheet at
// any height of what is before it.
func TestTogether(t *testing.T) {
	for lines := range 80 {
		l := paper.Letter{Title: "合", Attachments: []string{"附一"}, Body: []paper.Block{
			paper.Flush(strings.Repeat("行\n", lines)),
			paper.Together{paper.Heading("题"), paper.Paragraph("段"), paper.Pairs{{Label: "名", Value: "值"}}},
			paper.Flush(strings.Repeat("行\n", 3)), paper.Heading("独题"), paper.Paragraph("末段"),
		}}
		for i, page := range strings.Split(papertest.Text(t, pdf(t, l)), "\f") {
			for _, pair := range [][2]string{{"题\n", "名：\n"}, {"独题", "　　末段"}, {"　　末段", "日期："}, {"　　附件：", "日期："}} {
				if first, second := strings.Contains("\n"+page, "\n"+pair[0]), strings.Contains("\n"+page, pair[1]); first != second {
					t.Fatalf("after %d lines sheet %d has only one of %q:\n%s", lines, i+1, pair, page)
				}
			}
		}
	}
}

// The note about what could not be drawn stands wherever that was.
func TestNote(t *testing.T) {
	for name, l := range map[string]paper.Letter{
		"title": {Title: "𠮷"}, "handler": {Handler: "𠮷"}, "attachment": {Attachments: []string{"𠮷"}}, "addressee": {To: "𠮷"},
		"table": {Body: []paper.Block{paper.Table{Columns: []paper.Column{{Title: "甲"}}, Rows: [][]string{{"𠮷"}}}}},
	} {
		if raw := pdf(t, l); !strings.Contains(papertest.Text(t, raw), "注：方括号内") || !strings.Contains(papertest.Text(t, raw), "[U+20BB7]") {
			t.Errorf("of a %s that cannot be drawn nothing is said", name)
		}
	}
	if strings.Contains(papertest.Text(t, pdf(t, paper.Letter{Title: "吉"})), "注：") {
		t.Error("a note about nothing")
	}
}
