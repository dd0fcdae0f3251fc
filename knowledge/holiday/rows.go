package holiday

import (
	"strconv"
	"strings"
)

// Standing is a row of the table calendar as it is.
type Standing struct {
	Working, Source string
	Void            bool
}

// Kept is a day on which the table says something else and keeps it: somebody
// here has withdrawn the row or written it from another source.
type Kept struct {
	Day     string `json:"day"`
	Here    string `json:"here"`
	Working bool   `json:"working"` // as the papers say
}

// Rows are the rows to load so that the table holds the days, cells by column.
func Rows(days []Day, standing map[string]Standing) (rows []map[string]string, kept []Kept) {
	for _, d := range days {
		working := strconv.FormatBool(d.Working)
		here, stands := standing[d.Day.String()]
		switch {
		case stands && here.Void:
			kept = append(kept, Kept{Day: d.Day.String(), Here: "withdrawn", Working: d.Working})
		case stands && here.Working == working:
		case stands && !strings.HasPrefix(here.Source, sourceMark):
			kept = append(kept, Kept{Day: d.Day.String(), Here: "working " + here.Working + ", " + here.Source, Working: d.Working})
		default:
			rows = append(rows, map[string]string{"day": d.Day.String(), "working": working, "source": d.Source})
		}
	}
	return rows, kept
}
