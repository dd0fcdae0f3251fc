package paper

import "strconv"

// Chart is drawn: bars for each label, side by side, and at most one line over them, on
// one scale that begins with zero. It stands on one sheet.
type Chart struct {
	Title  string
	Unit   string // beside the scale, as 元
	Labels []string
	Bars   []ChartSeries
	Line   *ChartSeries
	// Scale is how many of the least unit one of the scale has: 100 for fen shown in yuan.
	Scale int64
}

// ChartSeries is a value for each label; those below zero stand at zero.
type ChartSeries struct {
	Name   string
	Values []int64
}

// tint is the color of a series.
type tint struct{ red, green, blue int }

var (
	tints    = []tint{{68, 114, 168}, {160, 188, 220}, {127, 127, 127}}
	lineTint = tint{192, 80, 77}
)

const (
	chartHeight = 150 * point // of the plot
	chartGrid   = 250
	tickSize    = 7 * point
)

// plot is a chart on its way to a sheet.
type plot struct {
	*flow
	Chart
	x, width, base int   // of the plot; base is where zero lies
	top            int64 // of the scale, in units of the scale
}

func (c Chart) lay(p *flow) {
	if len(c.Labels) == 0 {
		return
	}
	p.space(4 * point)
	p.need(chartHeight + 70*point)
	title := small
	title.bold = true
	p.text(c.Title, p.left, p.right, title)
	c.Scale = max(c.Scale, 1)
	d := &plot{flow: p, Chart: c}
	d.legend()
	d.axis()
	for i := range c.Labels {
		d.label(i)
		d.bars(i)
	}
	d.line()
	p.y = d.base + 22*point
}

// greatest is the greatest value, in units of the scale, rounded up.
func (c *Chart) greatest() (most int64) {
	all := c.Bars
	if c.Line != nil {
		all = append(all[:len(all):len(all)], *c.Line)
	}
	for _, s := range all {
		for _, v := range s.Values {
			most = max(most, (v+c.Scale-1)/c.Scale)
		}
	}
	return most
}

// step is the distance of the grid's lines: one, two or five times a power of ten, so
// that four or five of them reach over the greatest value.
func step(most int64) int64 {
	for power := int64(1); ; power *= 10 {
		for _, digit := range []int64{1, 2, 5} {
			if digit*power*5 >= most {
				return digit * power
			}
		}
	}
}

// axis draws the grid with its numbers, of whole steps over the greatest value.
func (d *plot) axis() {
	by := step(d.greatest())
	d.top = max((d.greatest()+by-1)/by, 1) * by
	widest := 0
	for v := int64(0); v <= d.top; v += by {
		widest = max(widest, d.span(grouped(v), tickSize))
	}
	d.x = d.left + widest + 6*point
	d.width = d.right - d.x
	d.base = d.y + 8*point + chartHeight
	for v := int64(0); v <= d.top; v += by {
		y := d.at(v * d.Scale)
		thick := chartGrid
		if v == 0 {
			thick = 3 * chartGrid
		}
		d.stroke(stroke{d.x, y, d.right, y, thick})
		text := grouped(v)
		d.mark(mark{x: d.x - 4*point - d.span(text, tickSize), y: y + tickSize/3, size: tickSize, gray: true, text: text})
	}
}

// at is the height of a value.
func (d *plot) at(value int64) int {
	whole := d.top * d.Scale
	return d.base - int(max(value, 0)/whole)*chartHeight - int(max(value, 0)%whole*int64(chartHeight)/whole)
}

// room is the place of a label.
func (d *plot) room(i int) (from, until int) {
	return d.x + d.width*i/len(d.Labels), d.x + d.width*(i+1)/len(d.Labels)
}

func (d *plot) label(i int) {
	from, until := d.room(i)
	size := tickSize
	lines := d.wrap(d.see(d.Labels[i]), size, until-from)
	for k, one := range lines[:min(2, len(lines))] {
		x := (from + until - one.used*size/1000) / 2
		d.mark(mark{x: x, y: d.base + (k+1)*9*point, size: size, text: one.text})
	}
}

func (d *plot) bars(i int) {
	from, until := d.room(i)
	gap := (until - from) / 6
	for k, s := range d.Bars {
		width := (until - from - 2*gap) / len(d.Bars)
		if y := d.at(s.Values[i]); y < d.base {
			c := tints[k%len(tints)]
			d.box(box{from + gap + k*width, y, width, d.base - y, c.red, c.green, c.blue})
		}
	}
}

// line joins the middles with steps of its color: small squares and strokes.
func (d *plot) line() {
	if d.Line == nil {
		return
	}
	const dot = 4 * point
	var last [2]int
	for i := range d.Labels {
		from, until := d.room(i)
		x, y := (from+until)/2, d.at(d.Line.Values[i])
		if i > 0 {
			d.tinted(stroke{last[0], last[1], x, y, 1400}, lineTint)
		}
		d.box(box{x - dot/2, y - dot/2, dot, dot, lineTint.red, lineTint.green, lineTint.blue})
		last = [2]int{x, y}
	}
}

// legend names the series and the unit.
func (d *plot) legend() {
	x := d.left
	put := func(name string, c tint) {
		d.box(box{x, d.y + 3*point, 8 * point, 6 * point, c.red, c.green, c.blue})
		name = d.see(name)
		d.mark(mark{x: x + 11*point, y: d.y + 9*point, size: 8 * point, text: name})
		x += 24*point + d.span(name, 8*point)
	}
	for k, s := range d.Bars {
		put(s.Name, tints[k%len(tints)])
	}
	if d.Line != nil {
		put(d.Line.Name, lineTint)
	}
	unit := d.see("单位：" + d.Unit)
	d.mark(mark{x: d.right - d.span(unit, 8*point), y: d.y + 9*point, size: 8 * point, gray: true, text: unit})
	d.y += 14 * point
}

// grouped writes 12,345.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
