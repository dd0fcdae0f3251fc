package province

import (
	"strings"
)

// good is what the scenes charge: nothing of it occurs in the wards, so what is
// said about it in the tables meets nobody else.
type good struct {
	word, code, name, category, unit string
	price                            int64  // yuan, the cap of every level
	more                             string // further columns of its rows, name=value
}

var goodsTable = [...]good{
	{word: "dressing", code: "SC-C001", name: "功能性敷料", category: "consumable", unit: "片", price: 30, more: "max_per_day=3"},
	{word: "splint", code: "SC-C002", name: "可塑夹板", category: "consumable", unit: "个", price: 80, more: "max_per_stay=4"},
	{word: "monitor", code: "SC-O001", name: "心电监测", category: "other", unit: "小时", price: 6},
	{word: "panel", code: "SC-L001", name: "生化全套", category: "lab", unit: "次", price: 60},
	{word: "panelPart", code: "SC-L002", name: "血糖测定", category: "lab", unit: "项", price: 5},
	{word: "outdated", code: "SC-L003", name: "血钾测定", category: "lab", unit: "项", price: 7},
	{word: "fixation", code: "SC-T001", name: "外固定术后管理", category: "treatment", unit: "次", price: 90},
	{word: "fixationPart", code: "SC-T002", name: "外固定架调整", category: "treatment", unit: "次", price: 20},
	{word: "wash", code: "SC-T003", name: "创面清洗", category: "treatment", unit: "次", price: 35},
	{word: "washPart", code: "SC-T004", name: "创面冲洗", category: "treatment", unit: "次", price: 12},
	{word: "block", code: "SC-T005", name: "神经阻滞", category: "treatment", unit: "次", price: 110},
	{word: "blockPart", code: "SC-T006", name: "局部浸润麻醉", category: "treatment", unit: "次", price: 30},
	{word: "kitA", code: "SC-C003", name: "骨科包甲件", category: "consumable", unit: "件", price: 30},
	{word: "kitB", code: "SC-C004", name: "骨科包乙件", category: "consumable", unit: "件", price: 30},
	{word: "kitC", code: "SC-C005", name: "骨科包丙件", category: "consumable", unit: "件", price: 40},
	{word: "graft", code: "SC-S001", name: "植骨术", category: "surgery", unit: "次", price: 2000},
	{word: "secondGraft", code: "SC-S002", name: "取骨术", category: "surgery", unit: "次", price: 1500},
	{word: "plate", code: "SC-C006", name: "接骨板", category: "consumable", unit: "块", price: 800},
	{word: "nail", code: "SC-C007", name: "髓内钉", category: "consumable", unit: "根", price: 900},
	{word: "screw", code: "SC-C008", name: "锁定螺钉", category: "consumable", unit: "枚", price: 120},
	{word: "imported", code: "SC-C009", name: "进口人工骨", category: "consumable", unit: "克", price: 900},
	{word: "domestic", code: "SC-C010", name: "国产人工骨", category: "consumable", unit: "克", price: 300},
	{word: "biopsy", code: "SC-L004", name: "穿刺活检", category: "lab", unit: "次", price: 150, more: "order_required=true"},
	{word: "infusion", code: "SC-D001", name: "复方氨基酸", category: "drug", unit: "袋", price: 26},
	{word: "tablet", code: "SC-D002", name: "塞来昔布", category: "drug", unit: "日量", price: 10},
	{word: "monthly", code: "SC-D003", name: "阿仑膦酸钠", category: "drug", unit: "日量", price: 4, more: "max_days_supply=30"},
	{word: "homeTablet", code: "SC-D004", name: "利伐沙班", category: "drug", unit: "日量", price: 14, more: "discharge_max_days=14"},
	{word: "statinA", code: "SC-D005", name: "辛伐他汀", category: "drug", unit: "盒", price: 20, more: "atc=C10AA01"},
	{word: "statinB", code: "SC-D006", name: "阿托伐他汀", category: "drug", unit: "盒", price: 30, more: "atc=C10AA05"},
	{word: "fibrate", code: "SC-D007", name: "非诺贝特", category: "drug", unit: "盒", price: 25, more: "atc=C10AB05"},
	{word: "forWomen", code: "SC-D008", name: "雌二醇", category: "drug", unit: "盒", price: 40, more: "sex=F"},
	{word: "forAdults", code: "SC-D009", name: "莫西沙星", category: "drug", unit: "盒", price: 45, more: "age_min=18"},
	{word: "forYoung", code: "SC-D010", name: "小儿生长素", category: "drug", unit: "盒", price: 60, more: "age_max=20"},
	{word: "forLevel2", code: "SC-D011", name: "万古霉素", category: "drug", unit: "支", price: 130, more: "min_level=2"},
	{word: "forWards", code: "SC-D012", name: "人血白蛋白", category: "drug", unit: "瓶", price: 380, more: "visit=inpatient"},
	{word: "tonic", code: "SC-D013", name: "滋补口服液", category: "drug", unit: "盒", price: 55, more: "in_scope=false"},
	{word: "inhaler", code: "SC-D014", name: "布地奈德吸入剂", category: "drug", unit: "支", price: 70, more: "indication_prefixes=J44;J45"},
	{word: "chronic", code: "SC-D015", name: "格列美脲", category: "drug", unit: "盒", price: 35, more: "non_injury=true"},
	{word: "pulse", code: "SC-T007", name: "冲击波治疗", category: "treatment", unit: "次", price: 65},
	{word: "screening", code: "SC-L005", name: "骨代谢筛查", category: "lab", unit: "次", price: 180},
	{word: "chestCT", code: "SC-E001", name: "胸部CT", category: "exam", unit: "次", price: 240, more: "report_required=true;order_required=true"},
	{word: "plain", code: "SC-E002", name: "平扫", category: "exam", unit: "次", price: 160},
	{word: "enhanced", code: "SC-E003", name: "平扫加增强", category: "exam", unit: "次", price: 420},
	{word: "gait", code: "SC-R001", name: "步态训练", category: "rehab", unit: "次", price: 28, more: "rehab=true;max_per_day=2"},
	{word: "robot", code: "SC-R002", name: "康复机器人训练", category: "rehab", unit: "次", price: 120, more: "rehab=true"},
	{word: "prosthesis", code: "SC-V001", name: "小腿假肢", category: "device", unit: "件", price: 9000, more: "life_years=3"},
	{word: "crutch", code: "SC-V002", name: "腋拐", category: "device", unit: "副", price: 150, more: "life_years=1"},
}

func newGoods() map[string]*item {
	goods := map[string]*item{}
	for _, g := range goodsTable {
		flat := g.price * yuan
		i := item{code: g.code, name: g.name, category: g.category, unit: g.unit, caps: [4]int64{0, flat, flat, flat}, more: map[string]string{}}
		// A list of prefixes has semicolons of its own.
		for column := range strings.SplitSeq(g.more, ";") {
			if name, value, named := strings.Cut(column, "="); named {
				i.more[name] = value
			} else if column != "" {
				i.more["indication_prefixes"] += ";" + column
			}
		}
		goods[g.word] = &i
	}
	return goods
}

// goodCode is the item code of a good, empty when there is none.
func goodCode(word string) string {
	for _, g := range goodsTable {
		if g.word == word {
			return g.code
		}
	}
	return ""
}
