package paper

// Column is a column of a table.
type Column struct {
	Title  string
	Weight int  // its share of the width, beside the others
	Right  bool // figures: flush right and never broken
	Count  bool // of a Sheet: Right, and whole numbers stand as numbers
}

// Table is a grid whose head is repeated on every sheet. A row that is higher than
// a sheet goes on on the next.
type Table struct {
	Title   string // over the table; empty: none
	Columns []Column
	Rows    [][]string // a row may be shorter than the columns
	Total   []string   // the last row, in bold; nil: none
	Fine    bool       // small letters, for many columns
}

const hair = 400 // thickness of the grid

// grid is a table on its way to the sheets.
type grid struct {
	*flow
	style
	pad   int
	cuts  []int // edges of the columns, one more than these
	right []bool
	head  [][]line // nil: too high to be repeated
}

func (b Table) lay(p *flow) {
	if len(b.Columns) == 0 {
		return
	}
	if b.Title != "" {
		p.space(4 * point)
		p.need(8 * small.leading)
		title := small
		title.bold = true
		p.text(b.Title, p.left, p.right, title)
	}
	g := &grid{flow: p, style: style{size: 9 * point, leading: 13 * point}, pad: 3 * point}
	if b.Fine {
		g.style, g.pad = style{size: 7500, leading: 10500}, 2*point
	}
	g.measure(b)
	g.top(b)
	for _, row := range b.Rows {
		g.row(g.cells(row), false)
	}
	if b.Total != nil {
		g.row(g.cells(b.Total), true)
	}
	p.y += 6 * point
}

// measure finds the edges: columns of figures get what their longest figure needs,
// as long as that leaves half of the width to the others, which share by weight.
func (g *grid) measure(b Table) {
	room := g.flow.right - g.left
	need := make([]int, len(b.Columns))
	fixed, weights := 0, 0
	g.right = make([]bool, len(b.Columns))
	for i, column := range b.Columns {
		g.right[i] = column.Right
		if !column.Right {
			weights += max(column.Weight, 1)
			continue
		}
		need[i] = g.span(g.see(column.Title), g.size)
		for _, row := range b.Rows {
			need[i] = max(need[i], g.figure(row, i))
		}
		need[i] = max(need[i], g.figure(b.Total, i)) + 2*g.pad + point
		fixed += need[i]
	}
	if fixed > room/2 && weights > 0 || fixed > room {
		for i := range need {
			need[i] = need[i] * room / 2 / fixed
		}
		fixed = room / 2
	}
	g.cuts = make([]int, len(b.Columns)+1)
	g.cuts[0] = g.left
	for i, column := range b.Columns {
		width := need[i]
		if !column.Right {
			width = (room - fixed) * max(column.Weight, 1) / weights
		} else if weights == 0 {
			width = room * (need[i] + 1) / (fixed + len(b.Columns))
		}
		g.cuts[i+1] = g.cuts[i] + width
	}
	g.cuts[len(b.Columns)] = g.flow.right
}

func (g *grid) figure(row []string, i int) int {
	if i >= len(row) {
		return 0
	}
	return g.span(g.see(row[i]), g.size)
}

// top makes the head and puts it for the first time, with room for a row below.
func (g *grid) top(b Table) {
	titles := make([]string, len(b.Columns))
	for i, column := range b.Columns {
		titles[i] = column.Title
	}
	head := g.cells(titles)
	if g.height(lineCount(head)) > (g.bottom-g.flow.top)/3 {
		g.row(head, true)
		return
	}
	g.head = head
	g.need(g.height(lineCount(head)) + g.height(2))
	g.repeat()
}

func (g *grid) repeat() {
	if g.head != nil {
		g.put(g.head, 0, lineCount(g.head), true)
	}
}

func (g *grid) height(lines int) int { return lines*g.leading + 2*g.pad }

func lineCount(cells [][]line) (count int) {
	for _, cell := range cells {
		count = max(count, len(cell))
	}
	return count
}

func (g *grid) cells(row []string) [][]line {
	cells := make([][]line, len(g.right))
	for i := range cells {
		if i < len(row) {
			cells[i] = g.wrap(g.see(row[i]), g.size, g.cuts[i+1]-g.cuts[i]-2*g.pad)
		}
	}
	return cells
}

// row puts a row: whole where a sheet can hold it, else in pieces of at least one line.
func (g *grid) row(cells [][]line, bold bool) {
	count := max(lineCount(cells), 1)
	headed := 0
	if g.head != nil {
		headed = g.height(lineCount(g.head))
	}
	sheet := g.bottom - g.flow.top - headed
	for from := 0; from < count; {
		left := count - from
		fits := (g.bottom - g.y - 2*g.pad) / g.leading
		if fits < left && g.y > g.flow.top+headed && (from > 0 || fits < 1 || g.height(count) <= sheet) {
			g.turn()
			g.repeat()
			continue
		}
		take := min(left, max(fits, 1))
		g.put(cells, from, from+take, bold)
		from += take
	}
}

// put draws the lines [from, until) of each cell with the grid around them.
func (g *grid) put(cells [][]line, from, until int, bold bool) {
	height := g.height(until - from)
	top := g.y
	for c, cell := range cells { // cell by cell, so that who copies the text gets whole cells
		g.y = top + g.pad
		for i := from; i < min(until, len(cell)); i++ {
			s := g.style
			s.bold, s.end = bold, g.right[c]
			g.line(cell[i], g.cuts[c]+g.pad, g.cuts[c+1]-g.pad, s)
			g.y += g.leading
		}
	}
	g.y = top + height
	first, last := g.cuts[0], g.cuts[len(g.cuts)-1]
	g.stroke(stroke{first, top, last, top, hair})
	g.stroke(stroke{first, g.y, last, g.y, hair})
	for _, x := range g.cuts {
		g.stroke(stroke{x, top, x, g.y, hair})
	}
}
