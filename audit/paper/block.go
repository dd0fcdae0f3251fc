package paper

// Block is a part of a letter's body.
type Block interface {
	lay(p *flow)
}

// Paragraph is running text, indented by two characters as Chinese letters are.
type Paragraph string

// Flush is running text that begins at the edge.
type Flush string

// Small is running text in small letters, as under a table.
type Small string

// Heading stands over what follows and never alone at the foot of a sheet.
type Heading string

// Pair is a name and what it is.
type Pair struct{ Label, Value string }

// Pairs is a list of names and values, one under the other.
type Pairs []Pair

// Together are blocks that stand on one sheet, where half of one is enough for them.
type Together []Block

// loose are blocks one under the other.
type loose []Block

// Quote is the text of a law, with where it stands. A note says for instance that
// the law is no longer in force.
type Quote struct {
	Source string
	Note   string
	Text   []string
}

var (
	body    = style{size: 12 * point, leading: 21 * point, fill: true}
	heading = style{size: 13 * point, leading: 24 * point, bold: true}
	small   = style{size: 10500, leading: 17 * point}
	tiny    = style{size: 8500, leading: 13 * point}
)

func (b Paragraph) lay(p *flow) { p.text("　　"+string(b), p.left, p.right, body) }

func (b Flush) lay(p *flow) { p.text(string(b), p.left, p.right, body) }

func (b Small) lay(p *flow) {
	p.text(string(b), p.left, p.right, tiny)
}

func (b Heading) lay(p *flow) {
	p.space(6 * point)
	p.need(heading.leading + 3*body.leading)
	p.text(string(b), p.left, p.right, heading)
}

func (b Pairs) lay(p *flow) {
	width := 0
	for _, pair := range b {
		width = max(width, p.span(p.see(pair.Label)+"：", small.size))
	}
	width = min(width, (p.right-p.left)/3)
	label := small
	label.bold = true
	for _, pair := range b {
		names := p.wrap(p.see(pair.Label)+"：", small.size, width)
		values := p.wrap(p.see(pair.Value), small.size, p.right-p.left-width)
		for i := range max(len(names), len(values)) {
			p.need(small.leading)
			if i < len(names) {
				p.line(names[i], p.left, p.left+width, label)
			}
			if i < len(values) {
				p.line(values[i], p.left+width, p.right, small)
			}
			p.y += small.leading
		}
	}
	p.space(4 * point)
}

func (b Together) lay(p *flow) {
	p.need(p.height(b))
	loose(b).lay(p)
}

func (b loose) lay(p *flow) {
	for _, block := range b {
		block.lay(p)
	}
}

func (b Quote) lay(p *flow) {
	p.space(3 * point)
	source, text := small, small
	source.bold, source.bar, text.bar, text.fill = true, true, true, true
	p.need(3 * small.leading)
	left := p.left + 14*point
	if b.Note != "" {
		p.text(b.Source+"（"+b.Note+"）", left, p.right, source)
	} else {
		p.text(b.Source, left, p.right, source)
	}
	for _, paragraph := range b.Text {
		p.text("　　"+paragraph, left, p.right, text)
	}
	p.space(5 * point)
}
