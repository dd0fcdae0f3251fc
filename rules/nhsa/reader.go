package nhsa

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// reader gathers what the sheets of one book state. Some lists span two sheets
// (a name with its limit, then the codes of the name), some many rows (a group
// of operations of which any two are a pair).
type reader struct {
	book   *Book
	named  map[string]*namedLimit
	groups map[string][]member
	kind   string // of the groups
	seen   map[string]Place
}

// namedLimit is a row that limits a drug by its name.
type namedLimit struct {
	from  Place
	read  reading
	codes int
}

// member is an operation of a group.
type member struct {
	code string
	from Place
}

var codeForm = regexp.MustCompile(`^[!-{}~]{1,64}$`) // as the contract wants item codes

const (
	whyHeading  = "the row has no code: a total, a remark or a note"
	whyCode     = "the code is no item code: 1-64 printable ASCII characters without spaces and |"
	whyNoName   = "the name has no limit in the sheet of names"
	whyNoCodes  = "the name has no code in the sheet of codes"
	whyTwice    = "an earlier row of the list is about the same"
	whyScope    = "the frequency is none of 单日, 单次就诊, 6小时, 同一小时"
	whySelf     = "an item is no pair with itself"
	whyAlone    = "the group has no other operation"
	whyTwoNames = "an earlier row limits the same name"
)

// row takes one row of a sheet.
func (r *reader) row(l layout, n int, cells []string) {
	l.sheet.Rows++
	from := Place{Sheet: l.sheet, Row: n}
	if l.role == names {
		r.name(l, cells, from)
		return
	}
	codeColumn := colCode
	if l.role == pairs {
		codeColumn = colMain
	}
	code := l.cell(cells, codeColumn)
	switch {
	case code == "":
		from.leave(whyHeading)
	case !codeForm.MatchString(code):
		from.leave(whyCode)
	case l.role == codes:
		r.code(l, cells, from, code)
	case l.role == pairs:
		r.pair(l, cells, from, code)
	case l.role == direct && l.cell(cells, colType) == typeOperations:
		group := l.cell(cells, colValue)
		r.kind = l.kind("operation")
		r.groups[group] = append(r.groups[group], member{code: code, from: from})
	default:
		r.take(code, l.understand(cells), from)
	}
}

func (p Place) leave(why string) { p.Sheet.leftOut[p.Row] = why }

// name keeps a limit until the codes of its name are read.
func (r *reader) name(l layout, cells []string, from Place) {
	name := l.cell(cells, colName)
	if _, twice := r.named[name]; twice {
		from.leave(whyTwoNames)
		return
	}
	read := l.understand(cells)
	r.named[name] = &namedLimit{from: from, read: read}
	if read.leave != "" {
		from.leave(read.leave)
	}
}

func (r *reader) code(l layout, cells []string, from Place, code string) {
	limit := r.named[l.cell(cells, colName)]
	if limit == nil {
		from.leave(whyNoName)
		return
	}
	limit.codes++
	r.take(code, limit.read, from, limit.from)
}

// take keeps what a row was understood to say of an item.
func (r *reader) take(code string, read reading, from ...Place) {
	if read.leave != "" {
		from[0].leave(read.leave)
		return
	}
	if read.reserve != "" {
		for _, place := range from {
			place.Sheet.reservations[place.Row] = read.reserve
		}
	}
	for _, cells := range read.said {
		cells = maps.Clone(cells)
		table := "items"
		if cells["kind"] != "" {
			table = "item_limits"
		}
		cells["item_code"] = code
		r.state(Statement{Table: table, Cells: cells, Kind: read.kind, From: from})
	}
}

var scopes = map[string]string{"单日": "day", "单次就诊": "stay", "6小时": "6h", "同一小时": "hour"}

func (r *reader) pair(l layout, cells []string, from Place, code string) {
	part, scope := l.cell(cells, colPart), scopes[l.cell(cells, colScope)]
	switch {
	case !codeForm.MatchString(part):
		from.leave(whyCode)
	case part == code:
		from.leave(whySelf)
	case scope == "":
		from.leave(whyScope)
	default:
		// The sheet does not say that the pair is absolute: an explanation is asked.
		r.state(Statement{Table: "item_pairs", Kind: l.kind("duplicate"), From: []Place{from}, Cells: map[string]string{
			"item_code": code, "included_code": part, "scope": scope, "absolute": "false",
		}})
	}
}

// state keeps a statement, once: of two rows about the same the earlier one counts.
func (r *reader) state(s Statement) {
	if r.seen == nil {
		r.seen = map[string]Place{}
	}
	id := s.Kind + "|" + s.identity()
	if _, twice := r.seen[id]; twice {
		if s.From[0].Sheet.leftOut[s.From[0].Row] == "" {
			s.From[0].leave(whyTwice)
		}
		return
	}
	r.seen[id] = s.From[0]
	r.book.Stated = append(r.book.Stated, s)
}

// identity tells the statements of one list apart: what a statement is about,
// without what it says of it.
func (s Statement) identity() string {
	parts := []string{s.Table, s.Cells["item_code"]}
	switch s.Table {
	case "item_pairs":
		parts = append(parts, s.Cells["included_code"], s.Cells["scope"])
	case "item_limits":
		parts = append(parts, s.Cells["kind"])
	default:
		parts = append(parts, column(s.Cells))
	}
	return strings.Join(parts, "|")
}

// column is the one column beside the code that a statement about an item fills.
func column(cells map[string]string) string {
	for name := range cells {
		if name != "item_code" {
			return name
		}
	}
	return ""
}

// finish makes pairs of the groups and tells which names have no code.
func (r *reader) finish() {
	for _, name := range slices.Sorted(maps.Keys(r.named)) {
		if limit := r.named[name]; limit.codes == 0 && limit.read.leave == "" {
			limit.from.leave(whyNoCodes)
		}
	}
	for _, group := range slices.Sorted(maps.Keys(r.groups)) {
		members := r.groups[group]
		if len(members) == 1 {
			members[0].from.leave(whyAlone)
		}
		for _, main := range members {
			for _, second := range members {
				r.operation(main, second)
			}
		}
	}
}

// operation says that the second is discounted beside the main one. Either may
// be the main one, so the table gets both directions (FEE-023 chooses).
func (r *reader) operation(main, second member) {
	cells := map[string]string{"item_code": main.code, "included_code": second.code, "scope": "secondary", "absolute": "false"}
	s := Statement{Table: "item_pairs", Cells: cells, Kind: r.kind, From: []Place{main.from, second.from}}
	if main.code == second.code || r.seen[r.kind+"|"+s.identity()].Row > 0 {
		return // two groups may share two operations: one pair is enough, the rows are in others
	}
	r.state(s)
}

// at writes where a statement comes from: Sheet2!17+Sheet1!4.
func (s Statement) at() string {
	places := make([]string, len(s.From))
	for i, from := range s.From {
		row := strconv.Itoa(from.Row)
		if i > 0 && from.Sheet == s.From[0].Sheet {
			places[i] = row
			continue
		}
		places[i] = from.Sheet.Name + "!" + row
	}
	return strings.Join(places, "+")
}
