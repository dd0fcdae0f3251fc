package paper

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// Letter is an official paper: who writes, what it is, its number, to whom, the
// text, what is attached, and who signs on which day.
type Letter struct {
	From        string // the agency
	Title       string
	Number      string // of the document; empty: none yet
	Note        string // under the title, such as 未封存
	To          string // whom it addresses; empty: nobody
	Body        []Block
	Attachments []string
	Seal        string // whose seal closes it; empty: that of From
	Handler     string // 经办人; empty leaves a line for the pen
	Checker     string // 复核人; the same
	Day         claimwatch.Day
	// SHA256 of the content that the paper shows, printed at the foot of each sheet.
	// Empty: the hash of the letter itself.
	SHA256 string
	Wide   bool // the long edge lies below, for tables of many columns
}

// lay makes the sheets, all but their feet.
func (l Letter) lay(f *face) *flow {
	p := newFlow(f, l.Wide)
	agency, title := style{size: 14 * point, leading: 24 * point, middle: true}, style{size: 20 * point, leading: 32 * point, middle: true, bold: true}
	if l.Wide {
		title.size, title.leading, agency.leading = 17*point, 25*point, 20*point
	}
	p.text(l.From, p.left, p.right, agency)
	p.text(l.Title, p.left, p.right, title)
	line := style{size: 10500, leading: 17 * point, middle: true}
	if l.Note != "" {
		p.text("（"+l.Note+"）", p.left, p.right, line)
	}
	if l.Number != "" {
		line.middle, line.end = false, true
		p.text("编号："+l.Number, p.left, p.right, line)
	}
	p.y += 3 * point
	p.stroke(stroke{p.left, p.y, p.right, p.y, 1200})
	p.y += 9 * point
	if l.To != "" {
		Flush(l.To + "：").lay(p)
	}
	tail := l.tail()
	for _, block := range l.Body[:len(l.Body)-len(tail)] {
		block.lay(p)
	}
	p.need(p.height(append(tail, end{l})))
	tail.lay(p)
	l.layEnd(p)
	return p
}

// tail is the last block, with the heading over it.
func (l Letter) tail() loose {
	from := max(len(l.Body)-1, 0)
	for from > 0 {
		if _, is := l.Body[from-1].(Heading); !is {
			break
		}
		from--
	}
	return slices.Clip(l.Body[from:])
}

// end is the last of a letter as a block.
type end struct{ Letter }

func (e end) lay(p *flow) { e.layEnd(p) }

// height is that of a block that is to stay in one piece; 0 of what would fill more
// than half a sheet, and of tables: these find their own way over the sheets.
func (p *flow) height(b Block) int {
	list := loose{b}
	switch kept := b.(type) {
	case Together:
		list = loose(kept)
	case loose:
		list = kept
	}
	if slices.ContainsFunc(list, func(b Block) bool { _, is := b.(Table); return is }) {
		return 0
	}
	q := &flow{face: p.face, wide: p.wide, left: p.left, right: p.right, top: p.top, bottom: p.bottom}
	q.turn()
	q.replaced = p.replaced
	q.y++ // not at the top, where room above is not given
	list.lay(q)
	if height := q.y - q.top; len(q.leaves) == 1 && height <= (p.bottom-p.top)/2 {
		return height
	}
	return 0
}

// layEnd puts the attachments and the signatures, these never torn apart.
func (l Letter) layEnd(p *flow) {
	for _, text := range append([]string{l.Seal, l.From, l.Handler, l.Checker}, l.Attachments...) {
		p.see(text) // the note below speaks of them too
	}
	if p.replaced {
		p.space(4 * point)
		p.text("注：方括号内为字库所缺或不可见字符的统一码编号。", p.left, p.right, style{size: 9 * point, leading: 14 * point})
	}
	if len(l.Attachments) > 0 {
		p.space(8 * point)
		p.need(3 * body.leading)
		for i, name := range l.Attachments {
			lead := "　　　　"
			if i == 0 {
				lead = "　　附件："
			}
			indent := p.left + p.span("　　附件：", body.size)
			for k, one := range p.wrap(p.see(fmt.Sprintf("%d．%s", i+1, name)), body.size, p.right-indent) {
				p.need(body.leading)
				if k == 0 {
					p.mark(mark{x: p.left, y: p.y + body.base(), size: body.size, text: lead})
				}
				p.line(one, indent, p.right, style{size: body.size, leading: body.leading})
				p.y += body.leading
			}
		}
	}
	p.space(16 * point)
	seal := l.Seal
	if seal == "" {
		seal = l.From
	}
	left := p.right - 265*point
	people := p.see("经办人：" + orBlank(l.Handler) + "　　复核人：" + orBlank(l.Checker))
	if p.span(people, body.size) > p.right-left {
		people = strings.Replace(people, "　　复核人", "\n复核人", 1)
	}
	signature := p.wrap(p.see("经办机构（盖章）："+seal)+"\n"+people+"\n日期："+Date(l.Day), body.size, p.right-left)
	p.need(len(signature) * body.leading)
	for _, one := range signature {
		p.line(one, left, p.right, style{size: body.size, leading: body.leading})
		p.y += body.leading
	}
}

func orBlank(name string) string {
	if name == "" {
		return "＿＿＿＿＿＿"
	}
	return name
}

// layFeet puts page numbers, the number of the document and the hash of what it says.
func (l Letter) layFeet(p *flow) {
	_, height := p.edges()
	sum := l.content(p.leaves)
	for i := range p.leaves {
		s := &p.leaves[i]
		number, y := fmt.Sprintf("第 %d 页 共 %d 页", i+1, len(p.leaves)), height-13*millimeter
		s.marks = append(s.marks, mark{x: (p.left + p.right - p.span(number, 9*point)) / 2, y: y, size: 9 * point, text: number})
		foot := "内容校验 SHA-256：" + sum
		if l.Number != "" {
			foot = p.see(l.Number) + "　" + foot
		}
		for k, one := range p.wrap(foot, 6500, p.right-p.left) {
			x := (p.left + p.right - one.used*6500/1000) / 2
			s.marks = append(s.marks, mark{x: x, y: y + (k+1)*9*point, size: 6500, gray: true, text: one.text})
		}
	}
}

// content is the hash at the foot: that of the data where there is one, else that of
// every text on the sheets.
func (l Letter) content(leaves []leaf) string {
	if l.SHA256 != "" {
		return l.SHA256
	}
	h := sha256.New()
	for _, s := range leaves {
		for _, m := range s.marks {
			h.Write([]byte(m.text + "\n"))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
