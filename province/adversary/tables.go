package adversary

import (
	"claimwatch"
)

// drawReference draws the two tables that the rules look into. Most worlds have
// both, most institutions and items a row.
func (d *drawer) drawReference() map[string][]map[string]string {
	reference := map[string][]map[string]string{}
	if !d.often(1, "institutions not loaded") {
		reference["institutions"] = d.institutionRows()
	}
	if !d.often(1, "items not loaded") {
		reference["items"] = d.itemRows()
	}
	return reference
}

func (d *drawer) institutionRows() []map[string]string {
	rows := []map[string]string{}
	for _, id := range []string{"h1", "h2", "h3"} {
		if d.often(1, "no row") {
			continue
		}
		rows = append(rows, map[string]string{
			"institution_id": id, "name": id, "kind": "medical", "level": one(d, "level", "1", "2", "3"),
			"city": one(d, "city", "TY", "DT"), "face_required": like(d, faces, "faces", "true", "true", "true", "false"),
		})
	}
	return rows
}

func (d *drawer) itemRows() []map[string]string {
	rows := []map[string]string{}
	for _, code := range []string{"LAB", "BED", "NURSE", "DRUG", "EXAM", "TREAT", "CONS", "REG"} {
		for _, region := range []string{"", "TY", "DT"} {
			if d.often(map[string]int{"": 9, "TY": 2, "DT": 1}[region], "row") {
				rows = append(rows, d.validities(code, region)...)
			}
		}
	}
	return rows
}

// validities are one to two rows of an item in a region that do not overlap;
// they change on days on which something happens.
func (d *drawer) validities(code, region string) []map[string]string {
	const ever = "2020-01-01"
	change := d.pool[d.upTo(len(d.pool)-1, "change")].Day().String()
	switch d.upTo(5, "validity") {
	case 3:
		return []map[string]string{d.itemRow(code, region, ever, change)}
	case 4:
		return []map[string]string{d.itemRow(code, region, change, "")}
	case 5:
		return []map[string]string{d.itemRow(code, region, ever, change), d.itemRow(code, region, change, "")}
	default:
		return []map[string]string{d.itemRow(code, region, ever, "")}
	}
}

func (d *drawer) itemRow(code, region, from, until string) map[string]string {
	category := map[string]string{
		"LAB": "lab", "BED": "bed", "NURSE": "nursing", "DRUG": "drug", "EXAM": "exam", "TREAT": "treatment", "CONS": "consultation", "REG": "registration",
	}[code]
	if d.often(1, "another category") {
		category = one(d, "category", "other", "registration", "rehab", "bed", "lab")
	}
	row := map[string]string{
		"item_code": code, "region": region, "valid_from": from, "valid_until": until, "name": code,
		"category": category, "unit": like(d, beds, "unit", "日", "天", "床日", "day", "次", "小时", "Day"),
		"in_scope": "true", "rehab": "false", "hour_unit": "false", "order_required": "false",
		"report_required": "false", "non_injury": "false",
	}
	for _, column := range []string{"price_cap_1", "price_cap_2", "price_cap_3"} {
		if limit := one(d, "cap", int64(10_000_000), -1, 9_990_000, 0, 33_333_332); limit >= 0 {
			row[column] = string(claimwatch.AppendDecimal(nil, limit, 6))
		}
	}
	if d.often(2, "limited") {
		row["max_per_day"] = one(d, "max", "1", "0", "2.5")
	}
	return row
}
