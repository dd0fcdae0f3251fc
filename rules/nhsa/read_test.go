package nhsa

import (
	"strings"
	"testing"
)

var (
	directHeader = []any{"项目名称", "国标代码", "限定类型", "限定值域"}
	remarkHeader = []any{"序号", "项目名称", "备注", "项目代码"}
	namesHeader  = []any{"药品通用名", "药品说明", "限定类型", "限定值域"}
	codesHeader  = []any{"药品通用名", "序号", "国标代码", "限定类型"}
	pairsHeader  = []any{"序号", "频度", "主项名称", "主项编码", "从项名称", "从项编码", "备注"}
	dailyHeader  = []any{"序号", "项目名称", "限制数量", "数量单位", "项目编码"}
	periodHeader = []any{"序号", "项目名称", "频次上限", "疗程周期", "备注", "项目代码"}
)

// Each row that no table can hold is left out with its reason.
func TestLeftOut(t *testing.T) {
	for _, c := range []struct {
		name   string
		sheets []sheet
		want   string
	}{
		{"age group", []sheet{{directHeader, {"a", "A1", "限定年龄对象", "老人"}}}, whyAge},
		{"sex", []sheet{{directHeader, {"a", "A1", "限定性别对象", "两性"}}}, whySex},
		{"level", []sheet{{directHeader, {"a", "A1", "限定机构等级", "四级"}}}, whyLevel},
		{"visit", []sheet{{directHeader, {"a", "A1", "限定就医方式", "上门"}}}, whyVisit},
		{"insurance", []sheet{{directHeader, {"a", "A1", "限定保险类型", "商业"}}}, whyInsurance},
		{"course", []sheet{{directHeader, {"a", "A1", "限定支付疗程", "两周"}}}, whyCourse},
		{"kind of limit", []sheet{{directHeader, {"a", "A1", "限定医师职称", "主任"}}}, whyType},
		{"code with a space", []sheet{{directHeader, {"a", "A 1", "限定性别对象", "男"}}}, whyCode},
		{"code with a bar", []sheet{{directHeader, {"a", "A|1", "限定性别对象", "男"}}}, whyCode},
		{"no code", []sheet{{directHeader, {"合计"}}}, whyHeading},
		{"a group of one", []sheet{{directHeader, {"a", "A1", typeOperations, "g"}}}, whyAlone},
		{"a pair with itself", []sheet{{pairsHeader, {1, "单日", "a", "A1", "a", "A1", ""}}}, whySelf},
		{"frequency of a pair", []sheet{{pairsHeader, {1, "单月", "a", "A1", "b", "B1", ""}}}, whyScope},
		{"included code", []sheet{{pairsHeader, {1, "单日", "a", "A1", "b", "", "x"}}}, whyCode},
		{"unit", []sheet{{dailyHeader, {1, "a", 2, "次", "A1"}}}, whyUnit},
		{"twelve hours", []sheet{{dailyHeader, {1, "a", 12, "小时", "A1"}}}, whyUnit},
		{"half a day", []sheet{{dailyHeader, {1, "a", 0.5, "日", "A1"}}}, whyUnit},
		{"no period", []sheet{{periodHeader, {1, "a", 1, 0, "", "A1"}}}, whyPeriod},
		{"remark", []sheet{{remarkHeader, {1, "a", "遵医嘱", "A1"}}}, whyRemark},
		{"a name without codes", []sheet{{namesHeader, {"a", "", "限定性别对象", "男"}}, {codesHeader}}, whyNoCodes},
		{"a code without its name", []sheet{{namesHeader}, {codesHeader, {"b", 1, "X1", "限定性别对象"}}}, whyNoName},
	} {
		b := book(t, "x.xlsx", "2026-01-02", c.sheets...)
		standing := NewStanding()
		standing.Add("items", map[string]string{"item_code": "A1", "valid_from": "2020-01-01"}, false)
		loads, report := planned(t, b, standing, Options{})
		same(t, c.name+": loads", len(loads), 0)
		rows, left := 0, []Reason(nil)
		for _, s := range report.Sheets {
			rows, left = rows+s.Rows, append(left, s.LeftOut...)
		}
		if rows != 1 || len(left) != 1 || left[0].Why != c.want || left[0].Count != 1 || left[0].Rows[0] != 2 {
			t.Errorf("%s: %d rows, left out %+v; want row 2: %s", c.name, rows, left, c.want)
		}
	}
}

// Of two rows about the same the earlier counts; the other is told.
func TestTwice(t *testing.T) {
	for name, s := range map[string]sheet{
		"pair":  {pairsHeader, {1, "单日", "a", "A1", "b", "B1"}, {2, "单日", "a", "A1", "b", "B1"}},
		"limit": {periodHeader, {1, "a", 1, 7, "", "A1"}, {2, "a", 1, 9, "", "A1"}},
	} {
		loads, report := planned(t, book(t, "x.xlsx", "2026-01-02", s), NewStanding(), Options{})
		same(t, name+": rows loaded", len(loads[0].Rows), 1)
		same(t, name+": left out", report.Sheets[0].LeftOut, []Reason{{Why: whyTwice, Count: 1, Rows: []int{3}}})
	}
	names := book(t, "x.xlsx", "2026-01-02",
		sheet{namesHeader, {"a", "", "限定支付疗程", "3天"}, {"a", "", "限定支付疗程", "4天"}}, sheet{codesHeader, {"a", 1, "X1", "限定支付疗程"}})
	loads, report := planned(t, names, NewStanding(), Options{})
	same(t, "the first limit of a name", loads[0].Rows[0]["max"], "3")
	same(t, "the second", report.Sheets[0].LeftOut, []Reason{{Why: whyTwoNames, Count: 1, Rows: []int{3}}})
}

// The sheet of codes may come before that of names; blank rows are no rows, and
// numbers keep their row.
func TestLayouts(t *testing.T) {
	b := book(t, "【第十二批-3 】x.xlsx", "2026-01-02",
		sheet{codesHeader, {}, {" a ", 1, "X1", "限定支付疗程"}}, sheet{namesHeader, {}, {}, {"a", "支付不超过5天", "限定支付疗程", "5天"}})
	same(t, "batch", b.Batch, "第十二批-3")
	loads, report := planned(t, b, NewStanding(), Options{})
	row := loads[0].Rows[0]
	same(t, "days and max", []string{row["days"], row["max"]}, []string{"10", "5"})
	if !strings.HasSuffix(row["source"], " Sheet1!3+Sheet2!4") {
		t.Errorf("source %q", row["source"])
	}
	same(t, "rows", []int{report.Sheets[0].Rows, report.Sheets[1].Rows}, []int{1, 1})
	same(t, "more than once in a period", book(t, "x.xlsx", "2026-01-02", sheet{periodHeader, {1, "a", 3, 30, "", "A1"}}).Stated[0].Cells,
		map[string]string{"item_code": "A1", "kind": "course", "days": "30", "max": "3"})

	for name, body := range map[string][]byte{
		"no known list":       spreadsheet(t, "2026-01-02", sheet{{"颜色", "形状"}}),
		"open spreadsheet x.": []byte("PK no spreadsheet"),
	} {
		if _, err := Read("x.xlsx", body); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("Read() error:\n%+v, want %q", err, name)
		}
	}
	empty := book(t, "x.xlsx", "2026-01-02", sheet{}, sheet{remarkHeader})
	same(t, "sheets without rows", []int{len(empty.Sheets), empty.Sheets[0].Rows, empty.Sheets[1].Rows, len(empty.Stated)}, []int{2, 0, 0, 0})
}

// What the remark says beside the column is told, not followed.
func TestReservations(t *testing.T) {
	b := book(t, "x.xlsx", "2026-01-02", sheet{namesHeader, {"a", "单次住院最多支付14天。", "限定支付疗程", "15天"}}, sheet{codesHeader, {"a", 1, "X1", "限定支付疗程"}})
	loads, report := planned(t, b, NewStanding(), Options{})
	same(t, "the column counts", loads[0].Rows[0]["max"], "15")
	for _, s := range report.Sheets {
		if len(s.Reserved) != 1 || !strings.HasPrefix(s.Reserved[0].Why, noteStay) || !strings.Contains(s.Reserved[0].Why, "the remark says 14 days, the column 15") {
			t.Errorf("reserved %+v", s.Reserved)
		}
	}
	if text := report.Text(); !strings.Contains(text, "Sheet2: 1 rows, 1 imported, 0 left out\n    with reservation 1: "+noteStay) {
		t.Errorf("text:\n%s", text)
	}
}
