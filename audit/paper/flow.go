package paper

// All lengths of the layout are whole numbers of 1/1000 point, so that no rounding
// depends on a machine.
const (
	point      = 1000
	millimeter = 2835
	longEdge   = 297 * millimeter
	shortEdge  = 210 * millimeter
	footerRoom = 12 * millimeter // between the text and the footer's last line
)

// mark is a piece of text on a sheet; x and y say where its base line begins,
// from the upper left corner.
type mark struct {
	x, y, size int
	spread     int // added after each character, to fill the line
	bold, gray bool
	text       string
}

// stroke is a straight line.
type stroke struct{ x1, y1, x2, y2, thick int }

// colored is a stroke that is not black.
type colored struct {
	stroke
	tint
}

// box is a filled rectangle, as of a bar; red, green and blue from 0 to 255.
type box struct{ x, y, w, h, red, green, blue int }

// leaf is a page before it is drawn, the boxes first.
type leaf struct {
	marks   []mark
	strokes []stroke
	boxes   []box
	colored []colored // over the boxes
}

// flow puts one thing under the other and begins sheets as they fill up.
type flow struct {
	*face
	leaves                   []leaf
	wide                     bool
	left, right, top, bottom int // where text may stand
	y                        int // where the next thing begins
	replaced                 bool
}

func newFlow(f *face, wide bool) *flow {
	p := &flow{face: f, wide: wide}
	w, h := p.edges()
	if wide {
		p.left, p.right, p.top, p.bottom = 14*millimeter, w-14*millimeter, 15*millimeter, h-15*millimeter-footerRoom/2
	} else {
		p.left, p.right, p.top, p.bottom = 28*millimeter, w-26*millimeter, 28*millimeter, h-20*millimeter-footerRoom
	}
	p.turn()
	return p
}

// edges are the width and height of a sheet.
func (p *flow) edges() (width, height int) {
	if p.wide {
		return longEdge, shortEdge
	}
	return shortEdge, longEdge
}

// turn begins the next sheet.
func (p *flow) turn() {
	p.leaves = append(p.leaves, leaf{})
	p.y = p.top
}

// need begins a new sheet unless height is left on this one, or it is empty.
func (p *flow) need(height int) {
	if p.y+height > p.bottom && p.y > p.top {
		p.turn()
	}
}

func (p *flow) page() *leaf { return &p.leaves[len(p.leaves)-1] }

// see makes a text visible and remembers when something had to be replaced.
func (p *flow) see(text string) string {
	text, replaced := visible(text, p.draws)
	p.replaced = p.replaced || replaced
	return text
}

func (p *flow) mark(m mark) {
	if m.text != "" {
		p.page().marks = append(p.page().marks, m)
	}
}

func (p *flow) box(b box) { p.page().boxes = append(p.page().boxes, b) }

func (p *flow) tinted(s stroke, c tint) {
	p.page().colored = append(p.page().colored, colored{s, c})
}

func (p *flow) stroke(s stroke) { p.page().strokes = append(p.page().strokes, s) }

// style is how a run of lines looks.
type style struct {
	size, leading int // 1/1000 pt
	bold, gray    bool
	middle        bool // centered
	end           bool // flush right
	fill          bool // lines but the last are stretched to the width
	bar           bool // a bar on the left, as beside a quotation
}

// base is how far under the upper edge of a line its base line lies.
func (s style) base() int { return (s.leading + s.size*74/100) / 2 }

// text puts a text between two edges, line by line, over as many sheets as it needs.
func (p *flow) text(text string, left, right int, s style) {
	for _, one := range p.wrap(p.see(text), s.size, right-left) {
		p.need(s.leading)
		p.line(one, left, right, s)
		if s.bar {
			x := left - 6*point
			p.stroke(stroke{x, p.y, x, p.y + s.leading, 2 * point})
		}
		p.y += s.leading
	}
}

// line puts one line at the present height, without moving on.
func (p *flow) line(one line, left, right int, s style) {
	m := mark{x: left, y: p.y + s.base(), size: s.size, bold: s.bold, gray: s.gray, text: one.text}
	room := right - left - one.used*s.size/1000
	switch {
	case s.middle:
		m.x += max(room/2, 0)
	case s.end:
		m.x += max(room, 0)
	case s.fill && !one.last && one.chars > 1 && room > 0 && room < 2*s.size:
		m.spread = room / (one.chars - 1)
	}
	p.mark(m)
}

// space leaves room above the next thing, but never at the top of a sheet.
func (p *flow) space(height int) {
	if p.y > p.top {
		p.y += height
	}
}
