package rejection

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"claimwatch"
	"claimwatch/audit/paper/papertest"
)

var names = Names{
	Agency: "太原市工伤保险经办机构", Institution: "太原市某某医院",
	Rules:    map[string]string{"FEE-001": "重复收费", "ADM-002": "挂床住院"},
	Articles: map[string]string{"shanxi-2022-measures 23": "《山西省工伤医疗管理服务办法（2022年）》第二十三条"},
}

// paperList is a list as hospitals and officers fill it, with what is awkward.
func paperList(t testing.TB, items int, sealed bool) RejectedList {
	t.Helper()
	at := instant(t, "2026-03-15T10:00:00+08:00")
	var list []RejectedItem
	for i := range items {
		item := RejectedItem{
			FindingID: fmt.Sprintf("f_%032x", i), Rule: []string{"FEE-001", "ADM-002", "RX-003"}[i%3], Kind: claimwatch.Fee, RecordID: fmt.Sprintf("H001-2026-%06d", i),
			PersonID: fmt.Sprintf("P%07d", i%97), StayID: fmt.Sprintf("S2026-%05d", i%311), OccurredAt: at + claimwatch.Instant(i)*60_000, ItemCode: fmt.Sprintf("3301%05d", i%53),
			ItemName: []string{"胸部CT平扫", "=HYPERLINK(\"http://x\",\"注射用头孢曲松钠(1.0g)\")", "床位费（三人间）", "张\u202e𠮷\x07"}[i%4], Claimed: claimwatch.Fen(12_850 + i), Rejected: claimwatch.Fen(2_850 + i),
			Reason: "同日同项目重复收费，说明未能证明确有第二次服务。", Basis: []claimwatch.Basis{{Law: "shanxi-2022-measures", Article: "23", InForce: i%2 == 0}, {Law: "guangdong-2019-notice", Article: "3", InForce: true}},
			DecidedBy: "0123456789abcdef;fedcba9876543210", DecidedAt: at + 864_000_000,
		}
		if i%5 == 1 {
			item.Statement = "确系夜间抢救再次使用，" + strings.Repeat("详见护理记录。", 20)
		}
		if i%7 == 3 {
			item.Adjusts, item.Rejected = "2026-0001", -item.Rejected
		}
		list = append(list, item)
	}
	l := newList("H001", "2026-03", list)
	if sealed {
		number, when := "2026-0003", at+1_000_000_000
		l.Number, l.Sealed, l.SealedAt, l.SealedBy, l.SHA256 = &number, true, &when, []string{"0123456789abcdef", "fedcba9876543210"}, strings.Repeat("5e", 32)
	}
	return l
}

func papers(t testing.TB, l RejectedList) (pdf, xlsx []byte) {
	t.Helper()
	pdf, err := l.PDF(names)
	if err != nil {
		t.Fatalf("PDF() error:\n%+v", err)
	}
	xlsx, err = l.XLSX(names)
	if err != nil {
		t.Fatalf("XLSX() error:\n%+v", err)
	}
	return pdf, xlsx
}

func TestPapers(t *testing.T) {
	sealed, open, empty := paperList(t, 40, true), paperList(t, 4, false), newList("H001", "2026-03", nil)
	files := map[string][]byte{}
	for name, list := range map[string]RejectedList{"sealed": sealed, "open": open, "empty": empty} {
		files["list-"+name+".pdf"], files["list-"+name+".xlsx"] = papers(t, list)
	}
	papertest.Golden(t, files)
	papertest.Holds(t, files["list-sealed.pdf"], "拒付费用清单", "编号：2026-0003", "太原市某某医院（H001）：", "拒付合计：", "已封存（2026年3月26日）", "FEE-001 重复收费", "RX-003",
		"H001-2026-000039", "P0000039", "2026-03-15", "128.50", "28.50", "调整清单2026-0001：同日同项目重复收费", "机构说明：确系夜间抢救再次使用", "《山西省工伤医疗管理服务办法（2022年）》第二十三条",
		"（服务日已不在有效期）", "[2] guangdong-2019-notice 3", "张[U+202E][U+20BB7][U+0007]", "人1 0123456789abcdef；人2 fedcba9876543210", "日期：2026年3月26日", "经办人：0123456789abcdef", sealed.SHA256)
	papertest.Holds(t, files["list-open.pdf"], "（未封存，仅供核对）", "未封存（仍可能变化）")
	papertest.Holds(t, files["list-empty.pdf"], "没有被拒付的费用", "人民币零元整")
	if strings.Contains(papertest.Text(t, files["list-sealed.pdf"]), "未封存") {
		t.Error("a sealed list says that it is open")
	}
}

// Each cell of the spreadsheet says what the list says; amounts are numbers.
func TestXLSX(t *testing.T) {
	list := paperList(t, 6, true)
	_, raw := papers(t, list)
	file, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("OpenReader() error:\n%+v", err)
	}
	rows, err := file.GetRows("拒付费用清单", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatalf("GetRows() error:\n%+v", err)
	}
	if diff := cmp.Diff(rows[:7], [][]string{
		{"拒付费用清单"},
		{"编号：2026-0003"},
		{"协议机构：太原市某某医院（H001）"},
		{"费用月份：2026年3月"},
		{"笔数：6"},
		{"拒付合计：114.09元（人民币壹佰壹拾肆元零玖分）"},
		{"状态：已封存（2026年3月26日），此后变动列入以后月份清单调整"},
	}); diff != "" {
		t.Errorf("above the table (-got, +want):\n%s", diff)
	}
	item := list.Items[1]
	want := []string{
		item.FindingID, "ADM-002", "挂床住院", "fee", item.RecordID, item.PersonID, item.StayID, item.OccurredAt.String(), item.ItemCode, item.ItemName, "128.51", "28.51", item.Reason,
		"《山西省工伤医疗管理服务办法（2022年）》第二十三条（服务日已不在有效期）；guangdong-2019-notice 3", item.DecidedBy, item.DecidedAt.String(), item.Statement,
	}
	if diff := cmp.Diff(rows[9], want); diff != "" {
		t.Errorf("second item (-got, +want):\n%s", diff)
	}
	if got := rows[14][11]; got != list.Total.String() {
		t.Errorf("the total is %s, want %s", got, list.Total)
	}
	for at, want := range map[string]excelize.CellType{"L10": excelize.CellTypeUnset, "J10": excelize.CellTypeSharedString} {
		if got, err := file.GetCellType("拒付费用清单", at); err != nil || got != want {
			t.Errorf("%s is of type %v, %v; want %v", at, got, err, want)
		}
	}
}

// The three forms of a list of 10,000 items.
func BenchmarkPapers(b *testing.B) {
	list := paperList(b, 10_000, true)
	for name, write := range map[string]func() ([]byte, error){
		"csv":  list.CSV,
		"xlsx": func() ([]byte, error) { return list.XLSX(names) },
		"pdf":  func() ([]byte, error) { return list.PDF(names) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				raw, err := write()
				if err != nil {
					b.Fatalf("write error:\n%+v", err)
				}
				b.ReportMetric(float64(len(raw)), "B/file")
			}
		})
	}
}
