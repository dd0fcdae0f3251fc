package province

import (
	"fmt"
	"maps"
	"slices"

	"claimwatch"
)

// item is a row of the catalogue of services, drugs and materials.
type item struct {
	code, name, category, unit string
	caps                       [4]int64 // by level, 1/1,000,000 yuan; 0: no cap
	maxPerDay                  int64    // 0: none
	nursing                    int      // nursing level + 1; 0: none
	report, ordered, rehab     bool
	suppliesDays               int64             // days of supply of one unit of a drug
	local                      int64             // cap in the cities that have a row of their own; 0: none
	more                       map[string]string // further columns of its rows
}

// catalogue is what the hospitals charge. The items named plant… are charged by
// plants alone, so that nothing in the clean part meets them.
type catalogue struct {
	bed, consultation, registration item
	nursing                         [4]item // by level, 0 is by the hour
	labs, exams, drugs, treatments  []item
	consumables, surgeries, rehab   []item
	plantLab, plantDrug, plantPrice item
	goods                           map[string]*item // what the scenes charge, by a word of theirs
}

const yuan = 1_000_000

// caps of the three levels: a higher hospital may ask more.
func caps(level1 int64) [4]int64 { return [4]int64{0, level1, level1 * 11 / 10, level1 * 13 / 10} }

func newCatalogue() *catalogue {
	wards := map[string]string{"visit": "inpatient"}
	c := &catalogue{
		goods:        newGoods(),
		bed:          item{code: "110900001", name: "普通病房床位费", category: "bed", unit: "床日", caps: caps(30 * yuan), local: 28 * yuan, more: wards},
		consultation: item{code: "110200005", name: "住院诊查费", category: "consultation", unit: "日", caps: caps(18 * yuan), more: wards},
		registration: item{code: "110100001", name: "挂号费", category: "registration", unit: "次", caps: caps(yuan)},
		plantLab:     item{code: "250305029", name: "降钙素原检测", category: "lab", unit: "项", caps: caps(120 * yuan), ordered: true},
		plantDrug:    item{code: "XJ01DDT156", name: "头孢噻肟钠", category: "drug", unit: "支", caps: caps(23 * yuan)},
		plantPrice:   item{code: "C03020105", name: "一次性引流管", category: "consumable", unit: "根", caps: caps(46 * yuan)},
	}
	for level, name := range []string{"特级护理", "一级护理", "二级护理", "三级护理"} {
		n := item{
			code: fmt.Sprintf("12010000%d", level+1), name: name, category: "nursing", unit: "日",
			caps: caps(int64(26-6*level) * yuan), nursing: level + 1, more: wards,
		}
		if level == 0 {
			n.unit = "小时"
		}
		c.nursing[level] = n
	}
	c.labs = series("lab", "2501%05d", "项", 24, 6*yuan, "血常规", "尿常规", "肝功能", "肾功能", "凝血四项", "电解质")
	c.exams = series("exam", "2102%05d", "次", 10, 90*yuan, "CT平扫", "磁共振平扫", "X线摄影", "彩色多普勒超声", "心电图") // modalities has their order
	c.drugs = series("drug", "XB%06d", "盒", 60, 12*yuan, "注射用头孢", "氯化钠注射液", "布洛芬缓释胶囊", "低分子肝素", "奥美拉唑")
	c.treatments = series("treatment", "1204%05d", "次", 16, 8*yuan, "静脉输液", "换药", "雾化吸入", "氧气吸入")
	c.consumables = series("consumable", "C14%06d", "个", 20, 2*yuan, "一次性注射器", "留置针", "敷贴", "输液器")
	c.surgeries = series("surgery", "3313%05d", "次", 6, 1200*yuan, "切开复位内固定术", "清创缝合术", "内固定取出术")
	c.rehab = series("rehab", "3402%05d", "次", 8, 25*yuan, "运动疗法", "作业疗法", "关节松动训练", "平衡功能训练")
	for i := range c.exams {
		c.exams[i].report, c.exams[i].ordered = true, true
	}
	for i := range c.drugs {
		c.drugs[i].suppliesDays = 1
		c.drugs[i].more = map[string]string{"atc": fmt.Sprintf("%c%02d%c%c01", "ABCDGJLMNR"[i%10], 1+i/10, 'A'+i%7, 'A'+i%5)} // no two of one class
	}
	for i := range c.rehab {
		c.rehab[i].rehab = true
		c.rehab[i].maxPerDay = 2
	}
	for i := range c.surgeries {
		c.surgeries[i].caps[1] = 0 // the small hospitals have no cap for surgery
	}
	return c
}

// series makes n items of a category with names in turn and caps that grow.
func series(category, code, unit string, n int, price int64, names ...string) []item {
	items := make([]item, n)
	for i := range items {
		items[i] = item{
			code: fmt.Sprintf(code, i+1), name: fmt.Sprintf("%s %d", names[i%len(names)], i/len(names)+1),
			category: category, unit: unit, caps: caps(price + int64(i)*price/10/10_000*10_000),
		}
	}
	return items
}

// all lists every item in a fixed order.
func (c *catalogue) all() []item {
	items := []item{c.bed, c.consultation, c.registration, c.plantLab, c.plantDrug, c.plantPrice}
	items = append(items, c.nursing[:]...)
	for _, list := range [][]item{c.labs, c.exams, c.drugs, c.treatments, c.consumables, c.surgeries, c.rehab} {
		items = append(items, list...)
	}
	for _, word := range slices.Sorted(maps.Keys(c.goods)) {
		items = append(items, *c.goods[word])
	}
	return items
}

// price is what an institution asks for one unit, in 1/1,000,000 yuan: the cap
// of its level and city, whole fen.
func (i *item) price(h *institution) int64 {
	limit := i.caps[h.level]
	if i.local > 0 && h.city == localCity {
		limit = i.local
	}
	if limit == 0 {
		limit = i.caps[3]
	}
	return limit / 10_000 * 10_000
}

func decimal(n int64, decimals int) string {
	return string(claimwatch.AppendDecimal(nil, n, decimals))
}
