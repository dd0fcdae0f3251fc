package nhsa

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// role is what a sheet is for. Every batch has a layout of its own; a sheet is
// known by the columns that it has, never by its name or place.
type role uint8

const (
	names       role = iota + 1 // drugs by name, with the limit: their codes are in another sheet
	codes                       // the codes of those names
	direct                      // items with code and limit in one row
	pairs                       // an item and one that it includes
	frequencies                 // so many in a day
	periods                     // so many in so many days
	remarks                     // items whose limit is a sentence
)

// Columns under the names that the sheets give them.
const (
	colName    = "name"
	colCode    = "code"
	colType    = "type"
	colValue   = "value"
	colNote    = "note"
	colMain    = "main"
	colPart    = "part"
	colScope   = "scope"
	colMost    = "most"
	colUnit    = "unit"
	colDays    = "days"
	colOrdinal = "ordinal"
)

var columnNames = map[string]string{
	"药品通用名": colName, "项目名称": colName, "主项名称": "main_name", "从项名称": "part_name",
	"国标代码": colCode, "药品代码": colCode, "项目编码": colCode, "项目代码": colCode,
	"主项编码": colMain, "从项编码": colPart, "频度": colScope,
	"限定类型": colType, "限定对象": colValue, "限定性别": colValue, "限定值域": colValue,
	"药品说明": colNote, "项目说明": colNote, "备注": colNote,
	"限制数量": colMost, "频次上限": colMost, "数量单位": colUnit, "疗程周期": colDays, "序号": colOrdinal,
}

// layout tells where a sheet has which column.
type layout struct {
	sheet *Sheet
	role  role
	drugs bool
	at    map[string]int
}

// layoutOf knows a sheet by its header; the role is 0 when nobody knows it.
func layoutOf(header []string) layout {
	l := layout{at: map[string]int{}}
	for i, title := range header {
		if name, known := columnNames[title]; known {
			l.at[name] = i
		}
		l.drugs = l.drugs || strings.HasPrefix(title, "药品")
	}
	switch {
	case l.has(colMain, colPart, colScope):
		l.role = pairs
	case l.has(colCode, colMost, colUnit):
		l.role = frequencies
	case l.has(colCode, colMost, colDays):
		l.role = periods
	case l.has(colCode, colType, colValue):
		l.role = direct
	case l.has(colName, colType, colValue):
		l.role = names
	case l.has(colCode, colName, colType):
		l.role = codes
	case l.has(colCode, colNote):
		l.role = remarks
	}
	return l
}

func (l layout) has(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { _, ok := l.at[c]; return !ok })
}

// cell gives the cell of a row under a column; rows end at their last cell that
// is not blank.
func (l layout) cell(cells []string, column string) string {
	at, ok := l.at[column]
	if !ok || at >= len(cells) {
		return ""
	}
	return cells[at]
}

// kind names the list of a row: of drugs or of items.
func (l layout) kind(name string) string {
	if l.drugs {
		return "drug-" + name
	}
	return "item-" + name
}

func headerOf(file *excelize.File, sheet string) (header []string, err error) {
	err = eachRow(file, sheet, func(_ int, cells []string) {
		if header == nil {
			header = cells
		}
	})
	return header, err
}

// trimmed takes the blanks from around the cells, and the empty ones from the end.
func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	last := 0
	for i, cell := range cells {
		if out[i] = strings.TrimSpace(cell); out[i] != "" {
			last = i + 1
		}
	}
	return out[:last]
}
