package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"claimwatch"
)

// refTable is the table of every version of a reference table.
func refTable(name string) string { return "ref_" + name }

// refType is the column type of a reference column.
func refType(c claimwatch.Column) string {
	plain := ""
	switch c.Type {
	case claimwatch.ColumnBool:
		plain = "Bool"
	case claimwatch.ColumnInt:
		plain = "Int32"
	case claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber:
		plain = "Int64"
	case claimwatch.ColumnDay:
		plain = "Date32"
	case claimwatch.ColumnTime:
		plain = timeType
	case claimwatch.ColumnList:
		return "Array(String)"
	default:
		return "String"
	}
	if c.Optional {
		return "Nullable(" + plain + ")"
	}
	return plain
}

// refColumn gathers a column of a load.
func refColumn(c claimwatch.Column, rows int) valueColumn {
	required := !c.Optional
	switch c.Type {
	case claimwatch.ColumnBool:
		return number(required, rows, func(n int64) bool { return n != 0 })
	case claimwatch.ColumnInt:
		return number(required, rows, func(n int64) int32 { return int32(n) })
	case claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber, claimwatch.ColumnTime:
		return number(required, rows, func(n int64) int64 { return n })
	case claimwatch.ColumnDay:
		return number(required, rows, func(n int64) time.Time { return claimwatch.Day(n).Date() })
	case claimwatch.ColumnList:
		return &listColumn{make([][]string, 0, rows)}
	default:
		return &textColumn{make([]string, 0, rows)}
	}
}

// refParts are the expressions that read a column as a Value: its text, its
// number, and whether it is there.
func refParts(c claimwatch.Column) (text, num, set string) {
	name := quoteName(c.Name)
	switch c.Type {
	case claimwatch.ColumnBool, claimwatch.ColumnInt, claimwatch.ColumnAmount, claimwatch.ColumnPrice, claimwatch.ColumnNumber:
		return "''", "ifNull(toInt64(" + name + "), 0)", "isNotNull(" + name + ")"
	case claimwatch.ColumnDay:
		return "''", "ifNull(toInt64(toInt32(" + name + ")), 0)", "isNotNull(" + name + ")"
	case claimwatch.ColumnTime:
		return "''", "ifNull(toUnixTimestamp64Milli(" + name + "), 0)", "isNotNull(" + name + ")"
	case claimwatch.ColumnList:
		return "arrayStringConcat(" + name + ", char(31))", "0", "notEmpty(" + name + ")"
	default:
		return name, "0", "notEmpty(" + name + ")"
	}
}

// refKey is a tuple of texts that orders and tells apart the keys of a table.
func refKey(table claimwatch.Table) string {
	var parts []string
	for _, c := range table.Columns {
		if c.Key {
			parts = append(parts, "ifNull(toString("+quoteName(c.Name)+"), '')")
		}
	}
	return strings.Join(parts, ", ")
}

// keyTexts are the texts of refKey for the key of a row.
func keyTexts(table claimwatch.Table, values []claimwatch.Value) []string {
	var texts []string
	for i, c := range table.Columns {
		if c.Key {
			texts = append(texts, keyText(c, values[i]))
		}
	}
	return texts
}

func keyText(c claimwatch.Column, v claimwatch.Value) string {
	switch {
	case !v.Set:
		return ""
	case c.Type == claimwatch.ColumnDay:
		return claimwatch.Day(v.Num).String()
	case c.Type == claimwatch.ColumnInt:
		return strconv.FormatInt(v.Num, 10)
	default:
		return v.Text
	}
}

// refSelect reads rows of a table into what scanReference wants.
func refSelect(table claimwatch.Table) string {
	var texts, nums, sets []string
	for _, c := range table.Columns {
		text, num, set := refParts(c)
		texts, nums, sets = append(texts, text), append(nums, num), append(sets, set)
	}
	return fmt.Sprintf("SELECT seq, known_from, void, actor, [%s], [%s], arrayMap(s -> toBool(s), [%s]), [%s]",
		strings.Join(texts, ", "), strings.Join(nums, ", "), strings.Join(sets, ", "), refKey(table))
}
