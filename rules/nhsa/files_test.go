package nhsa

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readPublished reads the files that the administration has published, once for
// all tests: they only look at them.
var readPublished = sync.OnceValues(func() (books []*Book, err error) {
	files, err := filepath.Glob("../../../shared/data/nhsa_liangku/*.xlsx")
	for _, path := range files {
		body, bad := os.ReadFile(path)
		if bad != nil {
			return nil, bad
		}
		book, bad := Read(path, body)
		if bad != nil {
			return nil, bad
		}
		books = append(books, book)
	}
	return books, err
})

func published(t *testing.T) []*Book {
	t.Helper()
	books, err := readPublished()
	must(t, err)
	if len(books) == 0 {
		t.Skip("the published spreadsheets are not beside the checkout (../shared/data/nhsa_liangku)")
	}
	return books
}

// everyItem is a standing in which each item of the books has a row that limits
// nothing and is payable: the 27 codes limited to maternity say otherwise.
func everyItem(books []*Book) *Standing {
	standing := NewStanding()
	for _, b := range books {
		for _, s := range b.Stated {
			if s.Table != "items" || standing.items[s.Cells["item_code"]] != nil {
				continue
			}
			standing.Add("items", map[string]string{
				"item_code": s.Cells["item_code"], "valid_from": "2020-01-01", "hour_unit": "true", "in_scope": "true",
			}, false)
		}
	}
	return standing
}

// sheetCounts are rows of a sheet, rows imported, rows left out by reason.
type sheetCounts struct {
	Rows, Imported int
	Left           map[string]int
}

// The counts are those of the files, read with another program: every row of
// every sheet is imported or left out with its reason.
func TestPublishedCounts(t *testing.T) {
	want := map[string]sheetCounts{
		"【第一批】药品规则库(限定年龄对象).xlsx!Sheet1":                 {282, 282, nil},
		"【第一批】药品规则库(限定年龄对象).xlsx!Sheet2":                 {4398, 4398, nil},
		"【第一批】药品规则库(限定性别对象).xlsx!Sheet1":                 {481, 481, nil},
		"【第一批】药品规则库(限定性别对象).xlsx!Sheet2":                 {6472, 6472, nil},
		"【第一批】项目规则库(限定年龄对象).xlsx!Sheet1":                 {30, 30, nil},
		"【第一批】项目规则库(限定性别对象).xlsx!Sheet1":                 {390, 390, nil},
		"【第七批 】项目规则库（重复收费）.xlsx!“医疗服务项目重复收费”规则对应知识点明细":   {900, 900, nil},
		"【第三批】药品规则库（限定保险类型）.xlsx!Sheet1":                 {12, 9, map[string]int{whyDiffers: 3}},
		"【第三批】药品规则库（限定保险类型）.xlsx!Sheet2":                 {112, 85, map[string]int{whyDiffers: 27}},
		"【第二批】项目规则库（限定主次操作）.xlsx!Sheet1":                 {378, 378, nil},
		"【第五批】药品规则库（限定机构等级）.xlsx!Sheet1":                 {61, 61, nil},
		"【第五批】药品规则库（限定机构等级）.xlsx!Sheet2":                 {962, 962, nil},
		"【第八批-1】项目规则库（限定频次）.xlsx!“医疗服务项目限定频次”规则对应知识点明细":  {69, 67, map[string]int{whyHeading: 2}},
		"【第八批-2】项目规则库（限定年龄）.xlsx!“医疗服务项目限年龄”规则对应知识点明细":   {1, 1, nil},
		"【第八批-3】项目规则库（限定疗程）.xlsx!“医疗服务项目限支付疗程”规则对应知识点明细": {11, 11, nil},
		"【第八批-4】项目规则库（限定周期）.xlsx!“医疗服务项目周期超频次”规则对应知识点明细": {14, 14, nil},
		"【第六批】药品规则库（限定支付疗程）.xlsx!Sheet1":                 {30, 30, nil},
		"【第六批】药品规则库（限定支付疗程）.xlsx!Sheet2":                 {1147, 1147, nil},
		"【第四批】药品规则库（限定就医方式）.xlsx!Sheet1":                 {35, 34, map[string]int{whyEmergency: 1}},
		"【第四批】药品规则库（限定就医方式）.xlsx!Sheet2":                 {736, 529, map[string]int{whyEmergency: 207}},
	}
	books := published(t)
	loads, reports, err := Plan(books, everyItem(books), Options{})
	must(t, err)
	got := map[string]sheetCounts{}
	for _, r := range reports {
		for _, s := range r.Sheets {
			counts := sheetCounts{Rows: s.Rows, Imported: s.Imported}
			for _, why := range s.LeftOut {
				if counts.Left == nil {
					counts.Left = map[string]int{}
				}
				counts.Left[why.Why] = why.Count
			}
			got[r.File+"!"+s.Sheet] = counts
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want, +got):\n%s", diff)
	}
	rows := map[string]int{}
	scopes := map[string]int{}
	for _, load := range loads {
		rows[load.Table] = len(load.Rows)
		for _, cells := range load.Rows {
			scopes[cells["scope"]+cells["kind"]]++
			if _, ok := ParseSource(cells["source"]); load.Table != "items" && !ok {
				t.Fatalf("a row of %s without its source: %v", load.Table, cells)
			}
			if n := len([]rune(cells["source"])); n > maxSource || n == 0 {
				t.Fatalf("a source of %d characters: %v", n, cells)
			}
		}
	}
	// 378 operations in seven groups make 12,182 different pairs, each in both directions;
	// limits of courses 1,147 + 11, of intervals 14 + 4.
	same(t, "rows to load", rows, map[string]int{"item_pairs": 900 + 24_364, "item_limits": 1_147 + 15 + 14, "items": rows["items"]})
	same(t, "scopes and kinds", scopes, map[string]int{
		"day": 446, "stay": 429, "6h": 18, "hour": 7, "secondary": 24_364, "course": 1_158, "interval": 18, "": rows["items"],
	})
}

// What the files say of single items, looked up by hand.
func TestPublishedRows(t *testing.T) {
	books := published(t)
	loads, _, err := Plan(books, everyItem(books), Options{Factor: "0.5"})
	must(t, err)
	find := func(table string, wanted map[string]string) map[string]string {
		for _, load := range loads {
			for _, cells := range load.Rows {
				if load.Table == table && has(cells, wanted) {
					return cells
				}
			}
		}
		t.Fatalf("%s has no row with %v", table, wanted)
		return nil
	}
	for _, c := range []struct {
		table      string
		wanted     map[string]string
		from, also string
	}{
		{"item_pairs", map[string]string{"item_code": "001103000010000", "included_code": "001102000030000", "scope": "day", "absolute": "false", "valid_from": "2026-01-14"}, "细!2", "nhsa:第七批/item-duplicate@2026-01-14"},
		{"item_pairs", map[string]string{"item_code": "003310010140000", "included_code": "003310010160000", "scope": "secondary", "factor": "0.5"}, "Sheet1!2+3", "【第二批】项目规则库（限定主次操作）.xlsx"},
		{"item_pairs", map[string]string{"item_code": "003310010160000", "included_code": "003310010140000", "scope": "secondary"}, "Sheet1!3+2", ""},
		{"item_limits", map[string]string{"item_code": "XB01AXA223B004010180963", "kind": "course", "days": "28", "max": "14"}, "Sheet2!2+Sheet1!2", "nhsa:第六批/drug-course@2025-08-28"},
		{"item_limits", map[string]string{"item_code": "003402000210000", "kind": "course", "days": "60", "max": "30"}, "细!5", ""},
		{"item_limits", map[string]string{"item_code": "003402000050000", "kind": "course", "days": "180", "max": "7"}, "细!2", ""},
		{"item_limits", map[string]string{"item_code": "003402000350000", "kind": "course", "days": "730", "max": "53"}, "细!12", ""},
		{"item_limits", map[string]string{"item_code": "002503020020000", "kind": "interval", "days": "7"}, "细!2", "nhsa:第八批-4/item-period@2026-01-14"},
		{"items", map[string]string{"item_code": "ZA04CAE0023010100166", "age_max": "17"}, "Sheet2!2+Sheet1!2", "age_max=17 nhsa:第一批/drug-age@2025-08-28"},
		{"items", map[string]string{"item_code": "XL02BBA326A001010102180", "sex": "M"}, "Sheet2!2+Sheet1!2", "sex=M"},
		{"items", map[string]string{"item_code": "003112020020000", "age_max": "0"}, "Sheet1!12", ""},
		{"items", map[string]string{"item_code": "ZC01AAA0042010105549", "min_level": "2"}, "Sheet2!2+Sheet1!2", ""},
		{"items", map[string]string{"item_code": "001102000040000", "max_per_day": "1"}, "细!2", ""},
		{"items", map[string]string{"item_code": "003402000320000", "age_min": "16"}, "细!2", ""},
		{"items", map[string]string{"item_code": "XB05BAX215B002010100687", "age_max": "17", "visit": "inpatient"}, "Sheet1!", "; visit=inpatient nhsa:第四批/drug-visit"},
	} {
		source := find(c.table, c.wanted)["source"]
		if !strings.Contains(source, c.from) || !strings.Contains(source, c.also) {
			t.Errorf("%v comes from %q, want %q and %q", c.wanted, source, c.from, c.also)
		}
	}
}

// Importing again finds everything as it is; so does the same file under another name.
func TestPublishedAgain(t *testing.T) {
	books := published(t)
	standing := everyItem(books)
	loads, _, err := Plan(books, standing, Options{})
	must(t, err)
	standing = after(standing, loads)
	copies := make([]*Book, len(books))
	for i, b := range books {
		renamed := *b
		renamed.File, renamed.Batch = "a copy.xlsx", ""
		copies[i] = &renamed
	}
	loads, reports, err := Plan(copies, standing, Options{})
	must(t, err)
	same(t, "loads of the second import", len(loads), 0)
	for _, r := range reports {
		for table, c := range r.Tables {
			if c.New+c.Changed+c.Ended > 0 {
				t.Errorf("%s, %s: %+v", r.SHA256, table, *c)
			}
		}
	}
}

func has(cells, wanted map[string]string) bool {
	for name, value := range wanted {
		if cells[name] != value {
			return false
		}
	}
	return true
}
