package reference

import (
	"fmt"

	"claimwatch"
)

// CodeDangling marks a warning: a row names something that is not loaded (yet).
// Tables may come in any order, so it is no fault.
const CodeDangling claimwatch.Code = "dangling"

const maxWarnings = 100

// references names the columns that refer to the first key column of a table.
var references = map[string]map[string]string{
	"agreements":    {"institution_id": "institutions"},
	"injury_cases":  {"person_id": "persons"},
	"item_limits":   {"item_code": "items"},
	"item_pairs":    {"item_code": "items", "included_code": "items"},
	"item_packages": {"component_codes": "items"},
	"swaps":         {"high_code": "items", "low_code": "items"},
	"physicians":    {"institution_id": "institutions"},
	"referrals":     {"person_id": "persons", "from_institution_id": "institutions", "to_institution_id": "institutions"},
	"appraisals":    {"person_id": "persons", "item_code": "items"},
	"whitelist":     {"institution_id": "institutions", "person_id": "persons"},
	"assessments":   {"institution_id": "institutions"},
	"holds":         {"institution_id": "institutions"},
}

// Warnings names what the rows refer to and is not there, the first hundred.
func (s *State) Warnings(t claimwatch.Table, rows []Row) []claimwatch.Fault {
	var warnings []claimwatch.Fault
	for i := range rows {
		row := &rows[i]
		for at, column := range t.Columns {
			target := references[t.Name][column.Name]
			if target == "" || row.Void || !row.Values[at].Set {
				continue
			}
			for _, named := range elements(column, row.Values[at]) {
				if s.Has(target, named) {
					continue
				}
				if len(warnings) == maxWarnings {
					return warnings
				}
				warnings = append(warnings, claimwatch.Fault{
					Line: row.Line, Column: column.Name, Code: CodeDangling,
					Message: fmt.Sprintf("%q is not in %s", named, target),
				})
			}
		}
	}
	return warnings
}

func elements(c claimwatch.Column, v claimwatch.Value) []string {
	if c.Type == claimwatch.ColumnList {
		return v.List()
	}
	return []string{v.Text}
}
