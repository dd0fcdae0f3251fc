package adversary

import (
	"maps"
	"slices"

	"claimwatch"
)

// itemRows draws rows of the items that records and tables name: mostly one of
// everywhere, sometimes one of a city.
func (d *drawer) itemRows() {
	codes := map[string]bool{}
	for _, code := range d.used(func(r *upload) string { return r.Field("item_code").Text }) {
		codes[code] = true
	}
	for _, row := range d.rows["item_pairs"] {
		codes[row["item_code"]], codes[row["included_code"]] = true, true
	}
	for _, row := range d.rows["swaps"] {
		codes[row["low_code"]] = true
	}
	if codes["NURSE"] || codes["HSPEC"] { // the level that was ordered may never be charged
		codes["NURSE2"] = true
	}
	alone := d.upTo(19, "nursing of everywhere") == 19
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		if categories[code] == "" {
			continue
		}
		share := map[string]int{"": 19, "TY": 4, "DT": 2} // of twenty
		if _, graded := d.wishes["items/"+code+"/nursing_level"]; graded && !alone {
			share = map[string]int{"": 0, "TY": 19, "DT": 19} // see Alone
		}
		for _, region := range []string{"", "TY", "DT"} {
			if d.upTo(19, "row") >= 20-share[region] {
				d.validities(code, region)
			}
		}
	}
}

// validities draws one to two rows of an item in a region; they change on days on
// which something happens.
func (d *drawer) validities(code, region string) {
	const ever = "2000-01-01"
	change := d.pool[d.upTo(len(d.pool)-1, "change")].Day().String()
	switch d.upTo(9, "validity") {
	case 7:
		d.itemRow(code, region, ever, change)
	case 8:
		d.itemRow(code, region, change, "")
	case 9:
		d.itemRow(code, region, ever, change)
		d.itemRow(code, region, change, "")
	default:
		d.itemRow(code, region, ever, "")
	}
}

// rarely are the optional columns of items and what they may hold beside
// nothing: one of them is set in most rows, whatever scenes wish for.
var rarely = []struct {
	column string
	values []string
}{
	{"max_per_day", []string{"1", "0", "2.5"}},
	{"max_per_stay", []string{"2", "1", "0"}},
	{"sex", []string{"M", "F"}},
	{"age_min", []string{"18", "46", "0"}},
	{"age_max", []string{"18", "45", "200"}},
	{"min_level", []string{"2", "3", "1"}},
	{"visit", []string{"inpatient", "outpatient"}},
	{"max_days_supply", []string{"3", "7", "0"}},
	{"discharge_max_days", []string{"7", "3"}},
	{"indication_prefixes", []string{"S82", "M17;S82.1"}},
	{"atc", []string{"N02BE01", "N02BE02", "N02"}},
	{"life_years", []string{"1", "2"}},
	{"nursing_level", []string{"1", "0", "3"}},
}

// rare flags of items.
var flags = []string{"rehab", "hour_unit", "order_required", "report_required", "non_injury"}

func (d *drawer) itemRow(code, region, from, until string) {
	if until != "" && until <= from {
		return
	}
	row := map[string]string{"item_code": code, "region": region, "valid_from": from, "valid_until": until, "name": code}
	category := categories[code]
	if d.often(1, "another category") {
		category = one(d, "category", "other", "registration", "rehab", "bed", "lab")
	}
	d.fill(row, "items", code, "category", category)
	d.fill(row, "items", code, "unit", like(d, beds, "unit", "日", "天", "床日", "day", "次", "小时", "Day"))
	d.fill(row, "items", code, "in_scope", "true")
	some := d.upTo(2*len(rarely), "some column")
	for i, column := range rarely {
		if _, wished := d.wishes["items/"+code+"/"+column.column]; wished {
			d.fill(row, "items", code, column.column, "")
		} else if i == some-len(rarely)-1 && (column.column != "nursing_level" || region != "") {
			row[column.column] = one(d, column.column, column.values...)
		}
	}
	for _, flag := range flags {
		d.fill(row, "items", code, flag, "false")
	}
	if odd := d.upTo(4*len(flags), "some flag") - 3*len(flags) - 1; odd >= 0 && odd < len(flags) {
		row[flags[odd]] = "true"
	}
	for _, column := range []string{"price_cap_1", "price_cap_2", "price_cap_3"} {
		limit := one(d, "cap", int64(10_000_000), -1, 9_990_000, 0, 33_333_332)
		text := ""
		if limit >= 0 {
			text = string(claimwatch.AppendDecimal(nil, limit, 6))
		}
		d.fill(row, "items", code, column, text)
	}
	d.add("items", row)
}
