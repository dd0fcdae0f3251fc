package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"claimwatch/rules/nhsa"
)

// spreadsheet writes a list of items as the administration does.
func spreadsheet(t *testing.T, name string, rows ...[]any) string {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		must(t, err)
		must(t, file.SetSheetRow("Sheet1", cell, &row))
	}
	must(t, file.SetDocProps(&excelize.DocProperties{Modified: "2026-01-14T04:00:00Z"}))
	path := filepath.Join(t.TempDir(), name)
	must(t, file.SaveAs(path))
	return path
}

// currentRows reads a table as the import does.
func currentRows(t *testing.T, s *server, table string) map[string]string {
	t.Helper()
	c, err := clientFlags{Server: "http://" + s.address, Data: s.data}.client()
	must(t, err)
	all := map[string]string{}
	must(t, c.rows(t.Context(), table, func(_ string, cells map[string]string, void bool) {
		text, err := json.Marshal(cells)
		must(t, err)
		all[cells["item_code"]+map[bool]string{true: " withdrawn"}[void]] = string(text)
	}))
	return all
}

// testImport: pairs and limits of items on a running server; items rows take what
// they have no word about; a second import changes nothing.
func testImport(t *testing.T, s *server, officer string) {
	pairs := spreadsheet(t, "【第七批】pairs.xlsx", []any{"序号", "频度", "主项名称", "主项编码", "从项名称", "从项编码", "备注"},
		[]any{1, "单日", "blood count", "LAB1", "b", "LAB2", ""}, []any{2, "6小时", "c", "LAB3", "b", "LAB2", ""}, []any{"合计"})
	daily := spreadsheet(t, "【第八批-1】daily.xlsx", []any{"序号", "项目名称", "限制数量", "数量单位", "项目编码"},
		[]any{1, "blood count", 2, "日", "LAB1"}, []any{2, "unknown", 1, "日", "LAB9"})
	before := currentRows(t, s, "items")["LAB1"]

	dry := s.good(t, "", "reference", "import", "nhsa", "--dry-run", pairs, daily)
	says(t, "the dry run", dry, "item_pairs: 2 new")
	same(t, "pairs after a dry run", len(currentRows(t, s, "item_pairs")), 0)

	answer := decoded[importAnswer](t, s.good(t, "", "reference", "import", "nhsa", "--json", pairs, daily))[0]
	same(t, "tables", []string{answer.Loaded[0].Table, answer.Loaded[1].Table}, []string{"item_pairs", "items"})
	same(t, "changed", []int{answer.Loaded[0].Changed, answer.Loaded[1].Changed}, []int{2, 1})
	same(t, "sheet of pairs", []int{answer.Files[0].Sheets[0].Rows, answer.Files[0].Sheets[0].Imported}, []int{3, 2})
	same(t, "sheet of frequencies", []int{answer.Files[1].Sheets[0].Rows, answer.Files[1].Sheets[0].Imported}, []int{2, 1})
	same(t, "rows without item", answer.Files[1].Sheets[0].LeftOut[0].Rows, []int{3})

	after := currentRows(t, s, "items")["LAB1"]
	want := strings.Replace(before, `"name"`, `"max_per_day":"2","name"`, 1)
	want = strings.Replace(want, `"unit"`, `"source":"max_per_day=2 nhsa:第八批-1/item-frequency@2026-01-14 sha256:`+answer.Files[1].SHA256[:16]+
		` 【第八批-1】daily.xlsx Sheet1!2","unit"`, 1)
	same(t, "the item's row", after, want)

	again := decoded[importAnswer](t, s.good(t, "", "reference", "import", "nhsa", "--json", daily, pairs))[0]
	same(t, "loaded again", len(again.Loaded), 0)
	same(t, "unchanged", *again.Files[1].Tables["item_pairs"], nhsa.Counts{Unchanged: 2})
	text := s.good(t, "", "reference", "import", "nhsa", pairs)
	says(t, "the report", text, "【第七批】pairs.xlsx  valid from 2026-01-14", "Sheet1: 3 rows, 2 imported, 1 left out", "left out 1: the row has no code", "(row 4)")

	// What is withdrawn here stays withdrawn.
	var row map[string]string
	must(t, json.Unmarshal([]byte(currentRows(t, s, "item_pairs")["LAB3"]), &row))
	gone := written(t, "gone.csv", "pair_id,item_code,included_code,scope,absolute,valid_from,source,void\n"+row["pair_id"]+",,,,,,,true\n")
	s.good(t, "", "reference", "load", "item_pairs", gone)
	withdrawn := decoded[importAnswer](t, s.good(t, "", "reference", "import", "nhsa", "--json", pairs))[0]
	same(t, "loaded after withdrawing", len(withdrawn.Loaded), 0)
	same(t, "imported after withdrawing", withdrawn.Files[0].Sheets[0].Imported, 1)

	s.bad(t, exitFailed, "forbidden (403)", officer, "reference", "import", "nhsa", spreadsheet(t, "new.xlsx",
		[]any{"序号", "频度", "主项编码", "从项编码"}, []any{1, "单日", "X1", "X2"}))
	s.bad(t, exitUsage, "--valid-from", "", "reference", "import", "nhsa", "--valid-from", "yesterday", pairs)
	s.bad(t, exitUsage, "--secondary-factor", "", "reference", "import", "nhsa", "--secondary-factor", "1.1", pairs)
	broken := written(t, "broken.xlsx", "no spreadsheet")
	s.bad(t, exitFailed, "open spreadsheet broken.xlsx", "", "reference", "import", "nhsa", broken, pairs)
}
