package letter

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/paper"
)

// ErrSums says that the amounts of a paper do not add up.
var ErrSums = errors.New("the amounts of the paper do not add up")

// Head is what every paper has.
type Head struct {
	Agency        string
	Number        string // of the document; empty: a draft
	InstitutionID string
	Institution   string // its name; empty: only the id is known
	Day           claimwatch.Day
	Handler       string // who made it
	Checker       string // who confirmed it
	SHA256        string // of the data that it shows; empty: of its own text
}

func (h Head) institution() string {
	if h.Institution == "" {
		return h.InstitutionID
	}
	return h.Institution + "（" + h.InstitutionID + "）"
}

// letter begins a letter to the institution.
func (h Head) letter(title string) paper.Letter {
	l := paper.Letter{
		From: h.Agency, Title: title, Number: h.Number, To: h.institution(), Day: h.Day, Handler: h.Handler, Checker: h.Checker, SHA256: h.SHA256,
	}
	if h.Number == "" {
		l.Note = "草稿，未编号"
	}
	return l
}

// Article is an article of law as it is quoted.
type Article struct {
	Law     string // title, without quotation marks
	Label   string // 第三十二条
	Text    []string
	Expired bool // it was not in force on the day that counts
}

func (a Article) cite() string {
	text := "《" + a.Law + "》" + a.Label
	if a.Expired {
		text += "（已不在有效期）"
	}
	return text
}

func (a Article) quote() paper.Quote {
	q := paper.Quote{Source: "《" + a.Law + "》" + a.Label, Text: a.Text}
	if a.Expired {
		q.Note = "在有关服务日已不在有效期"
	}
	return q
}

// quotes quotes each article once, in the order in which they come; of one whose
// text is not at hand there is nothing to quote.
func quotes(articles ...Article) (blocks []paper.Block) {
	var seen []string
	for _, a := range articles {
		if len(a.Text) == 0 || slices.Contains(seen, a.cite()) {
			continue
		}
		seen = append(seen, a.cite())
		blocks = append(blocks, a.quote())
	}
	return blocks
}

// cites names articles, each law once.
func cites(articles []Article) string {
	var text strings.Builder
	law := ""
	for i, a := range articles {
		if slices.ContainsFunc(articles[:i], func(b Article) bool { return b.cite() == a.cite() }) {
			continue
		}
		if i > 0 {
			text.WriteString("、")
		}
		cite := a.cite()
		if a.Law == law {
			cite = strings.TrimPrefix(cite, "《"+a.Law+"》")
		}
		law = a.Law
		text.WriteString(cite)
	}
	return text.String()
}

// money writes an amount in figures and in capitals.
func money(f claimwatch.Fen) string {
	return paper.Yuan(f) + "元（" + paper.Capitals(f) + "）"
}

// Event is something that happened, for histories and correspondence.
type Event struct {
	At   claimwatch.Instant
	Who  string // role and id of the key
	What string
}

func events(list []Event) paper.Table {
	t := paper.Table{Columns: []paper.Column{{Title: "时间", Weight: 5}, {Title: "人员", Weight: 6}, {Title: "事项", Weight: 14}}}
	for _, e := range list {
		t.Rows = append(t.Rows, []string{moment(e.At), e.Who, e.What})
	}
	return t
}

// moment writes an instant to the second, in local time.
func moment(at claimwatch.Instant) string { return at.Time().Format("2006-01-02 15:04:05") }

// Ground is an article on which a measure rests, with the facts that fill it.
type Ground struct {
	Code     string // as contract.md writes it: 38.1
	Text     string // what the article says
	Facts    string // what fills it here
	Findings int
	Amount   claimwatch.Fen
}

// grounds is a table of them; a ground that no finding fills says so with a dash.
func grounds(list []Ground) paper.Table {
	t := paper.Table{Columns: []paper.Column{
		{Title: "依据", Weight: 6},
		{Title: "条文", Weight: 16},
		{Title: "问题数", Right: true},
		{Title: "金额（元）", Right: true},
	}}
	for _, g := range list {
		findings, amount := "—", "—"
		if g.Findings > 0 {
			findings, amount = strconv.Itoa(g.Findings), paper.Yuan(g.Amount)
		}
		t.Rows = append(t.Rows, []string{paper.Article(g.Code), g.Text, findings, amount})
	}
	return t
}

// numbered writes points as （一）, （二） …
func numbered(points []string) (blocks []paper.Block) {
	for i, point := range points {
		blocks = append(blocks, paper.Paragraph("（"+paper.Ordinal(i+1)+"）"+point))
	}
	return blocks
}

// kind names a kind of record as the glossary does, its code where it has no word.
func kind(k claimwatch.Kind) string {
	switch k {
	case claimwatch.Admission:
		return "入院"
	case claimwatch.Transfer:
		return "转科"
	case claimwatch.Leave:
		return "请假"
	case claimwatch.Discharge:
		return "出院"
	case claimwatch.Order:
		return "医嘱"
	case claimwatch.Fee:
		return "费用明细"
	case claimwatch.IdentityCheck:
		return "在院核验"
	case claimwatch.CareRecord:
		return "护理记录"
	case claimwatch.Operation:
		return "手术"
	case claimwatch.ExamReport:
		return "检查报告"
	case claimwatch.FrontPage:
		return "病案首页"
	case claimwatch.DeviceFitting:
		return "辅助器具配置"
	case claimwatch.Claim:
		return "结算清单"
	default:
		return k.String()
	}
}
