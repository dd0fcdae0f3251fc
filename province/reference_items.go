package province

import (
	"maps"
	"strconv"

	"claimwatch"
)

func (p *Province) itemRows() (rows []map[string]string) {
	const changed = "2024-07-01" // a new edition of the catalogue, the same caps
	for _, i := range p.catalogue.all() {
		rows = append(rows, i.row("", "2020-01-01", changed), i.row("", changed, ""))
		if i.local > 0 {
			local := i
			local.caps = [4]int64{0, i.local, i.local, i.local}
			rows = append(rows, local.row(localCity, "2020-01-01", ""))
		}
	}
	return rows
}

func (i *item) row(region, from, until string) map[string]string {
	row := map[string]string{
		"item_code": i.code, "region": region, "valid_from": from, "valid_until": until, "name": i.name,
		"category": i.category, "unit": i.unit, "in_scope": "true", "rehab": strconv.FormatBool(i.rehab),
		"hour_unit": strconv.FormatBool(i.unit == "小时"), "order_required": strconv.FormatBool(i.ordered),
		"report_required": strconv.FormatBool(i.report), "non_injury": "false",
	}
	for level := 1; level <= 3; level++ {
		if i.caps[level] > 0 {
			row["price_cap_"+strconv.Itoa(level)] = decimal(i.caps[level], 6)
		}
	}
	if i.maxPerDay > 0 {
		row["max_per_day"] = strconv.FormatInt(i.maxPerDay, 10)
	}
	if i.nursing > 0 {
		row["nursing_level"] = strconv.Itoa(i.nursing - 1)
	}
	maps.Copy(row, i.more)
	return row
}

// baselineRows tell how long stays are, by the group of the first diagnosis, the
// level and the month. No stay of the wards is as long as an outlier.
func (p *Province) baselineRows() (rows []map[string]string) {
	months := []string{}
	for d := p.config.From - 1; d <= p.config.From+claimwatch.Day(p.config.Days); d++ {
		if month := d.Month(); len(months) == 0 || months[len(months)-1] != month {
			months = append(months, month)
		}
	}
	groups := []string{"Z47"}
	for _, illness := range illnesses {
		groups = append(groups, illness[:3])
	}
	for _, month := range months {
		for level := 1; level <= 3; level++ {
			for _, group := range groups {
				rows = append(rows, baselineRow(group, level, month, "160", "22", "12", "3.5"))
			}
			rows = append(rows, baselineRow(groupShort, level, month, "30", "5", "3", "1"), baselineRow(groupRare, level, month, "29", "5", "3", "1"))
		}
	}
	return rows
}

func baselineRow(group string, level int, month, n, p95, median, mad string) map[string]string {
	return map[string]string{
		"diagnosis_group": group, "level": strconv.Itoa(level), "month": month, "n": n, "p95": p95, "median": median, "mad": mad,
	}
}

// The diagnosis groups of the scenes of ADM-015: of the one stays are short, of
// the other too few were seen to say.
const (
	groupShort = "T84"
	groupRare  = "T85"
)

func pairRows() (rows []map[string]string) {
	for _, pair := range [][5]string{
		{"PAIR-DAY", "panel", "panelPart", "day", "true"},
		{"PAIR-STAY", "fixation", "fixationPart", "stay", "false"},
		{"PAIR-6H", "wash", "washPart", "6h", "false"},
		{"PAIR-HOUR", "block", "blockPart", "hour", "true"},
		{"PAIR-EXAM", "enhanced", "plain", "hour", "true"},
		{"PAIR-SECOND", "graft", "secondGraft", "secondary", "false"},
		{"PAIR-ADD-A", "plate", "screw", "add_on", "false"},
		{"PAIR-ADD-B", "nail", "screw", "add_on", "false"},
		{"PAIR-OLD", "panel", "outdated", "day", "true"},
	} {
		row := map[string]string{
			"pair_id": pair[0], "item_code": goodCode(pair[1]), "included_code": goodCode(pair[2]), "scope": pair[3], "absolute": pair[4],
			"valid_from": "2020-01-01", "source": "simulated",
		}
		switch pair[0] {
		case "PAIR-SECOND":
			row["factor"] = "0.5"
		case "PAIR-OLD":
			row["valid_until"] = "2022-01-01"
		}
		rows = append(rows, row)
	}
	return rows
}

func packageRows() []map[string]string {
	return []map[string]string{{
		"package_code": packageCode, "valid_from": "2020-01-01", "price": "100.00",
		"component_codes": goodCode("kitA") + ";" + goodCode("kitB") + ";" + goodCode("kitC"),
	}}
}

const packageCode = "PK-KIT"

func swapRows() []map[string]string {
	return []map[string]string{{"high_code": goodCode("imported"), "low_code": goodCode("domestic"), "source": "simulated"}}
}

func limitRows() (rows []map[string]string) {
	for _, limit := range [][5]string{
		{"LIMIT-COURSE", "pulse", "course", "7", "10"},
		{"LIMIT-INTERVAL", "screening", "interval", "30", ""},
		{"LIMIT-REHAB", "robot", "interval", "3", ""},
	} {
		rows = append(rows, map[string]string{
			"limit_id": limit[0], "item_code": goodCode(limit[1]), "kind": limit[2], "days": limit[3], "max": limit[4],
			"valid_from": "2020-01-01", "source": "simulated",
		})
	}
	return rows
}
