package audit

import (
	"slices"
	"strings"

	"claimwatch"
)

// tableView is a reference table as it is described (contract, section 4).
type tableView struct {
	Table   string       `json:"table"`
	Columns []columnView `json:"columns" nullable:"false" doc:"in the order of files; those of the key in the order of key= of its history"`
	Loads   int          `json:"loads" doc:"how often rows were loaded; a table that never was leaves rules not evaluated"`
	Last    *historyItem `json:"last" doc:"the latest load"`
}

// columnView is a column of a reference table.
type columnView struct {
	Name     string   `json:"name"`
	Type     string   `json:"type" enum:"id,item,text,word,bool,int,amount,price,number,day,time,month,list,hash"`
	Key      bool     `json:"key"`
	Optional bool     `json:"optional"`
	Words    []string `json:"words,omitempty" nullable:"false"`
}

type tablesAnswer struct {
	Body struct {
		Items []tableView `json:"items" nullable:"false"`
		Next  string      `json:"next"`
	}
}

// tables lists the reference tables in the order of their names.
func (a *Audit) tables(in *claimwatch.PageQuery) (out *tablesAnswer, err error) {
	all := []tableView{}
	for _, t := range claimwatch.Tables() {
		v := tableView{Table: t.Name}
		for _, c := range t.Columns {
			v.Columns = append(v.Columns, columnView{Name: c.Name, Type: columnTypes[c.Type], Key: c.Key, Optional: c.Optional, Words: c.Words})
		}
		loads := a.loads(t)
		if v.Loads = len(loads); v.Loads > 0 {
			v.Last = &loads[0]
		}
		all = append(all, v)
	}
	slices.SortFunc(all, func(x, y tableView) int { return strings.Compare(x.Table, y.Table) })
	out = &tablesAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, *in, func(v tableView) string { return v.Table })
	return out, err
}
