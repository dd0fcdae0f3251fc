package province

import (
	"fmt"
	"slices"
	"strconv"

	"claimwatch"
)

// localCity has rows of its own in the items table, with lower caps.
const localCity = "大同市"

// institution is a hospital of the province.
type institution struct {
	id, name, kind, city string
	level                int
	faces                bool // face checks are required
	departments          []string
	physicians           []string
}

// rehab says that its stays are of class rehab.
func (h *institution) rehab() bool { return h.kind == "rehab" }

func newInstitutions(n int) []institution {
	cities := []string{"太原市", localCity, "运城市", "长治市"}
	kinds := []string{"综合医院", "人民医院", "中医院", "骨科医院", "康复医院"}
	out := make([]institution, n)
	for i := range out {
		h := institution{
			id: fmt.Sprintf("H%02d", i+1), kind: "medical", city: cities[i%len(cities)],
			level: 3 - i%3, faces: i%6 != 4,
			departments: []string{"骨科", "外科", "神经外科", "烧伤科"},
		}
		h.name = h.city + kinds[i%len(kinds)]
		if i%len(kinds) == 4 {
			h.kind, h.departments = "rehab", []string{"康复一科", "康复二科"}
		}
		for k := range 2 * len(h.departments) {
			h.physicians = append(h.physicians, fmt.Sprintf("%s-DR%02d", h.id, k+1))
		}
		out[i] = h
	}
	return out
}

// Reference gives the reference tables of the province, rows as uploaded. It is
// the caller's: the province keeps no hold on it.
func (p *Province) Reference() map[string][]map[string]string {
	return map[string][]map[string]string{
		"institutions": p.institutionRows(), "agreements": p.agreementRows(), "persons": p.personRows(),
		"injury_cases": p.injuryRows(), "items": p.itemRows(), "physicians": p.physicianRows(),
		"calendar": p.calendarRows(), "laws": lawRows(),
		"agencies": {{"agency_id": "A1", "city": "太原市", "name": "省工伤保险中心"}},
	}
}

func (p *Province) institutionRows() (rows []map[string]string) {
	for i := range p.institutions {
		h := &p.institutions[i]
		rows = append(rows, map[string]string{
			"institution_id": h.id, "name": h.name, "kind": h.kind, "level": strconv.Itoa(h.level), "city": h.city,
			"beds": strconv.Itoa(max(20, p.config.Persons)), "face_required": strconv.FormatBool(h.faces),
			"capabilities": "vitals;nursing;executions",
		})
	}
	return rows
}

func (p *Province) agreementRows() (rows []map[string]string) {
	for i := range p.institutions {
		h := &p.institutions[i]
		for _, kind := range slices.Compact([]string{"medical", h.kind}) {
			rows = append(rows, map[string]string{
				"institution_id": h.id, "kind": kind, "from": "2020-01-01", "agreement_id": "AG-" + h.id + "-" + kind,
				"status": "active", "holdover": "true",
			})
		}
	}
	return rows
}

func (p *Province) personRows() (rows []map[string]string) {
	for i := range p.config.Persons {
		born := claimwatch.Day(-3650 + (i*7919)%12_000) // 1960 to 1992
		rows = append(rows, map[string]string{
			"person_id": personID(i), "name_masked": string([]rune("王李张刘陈杨赵黄")[i%8]) + "**", "sex": []string{"M", "M", "F"}[i%3],
			"born": born.String(), "insured_city": p.home(i).city,
		})
	}
	return rows
}

func (p *Province) injuryRows() (rows []map[string]string) {
	for i := range p.config.Persons {
		injured := p.config.From - 60
		rows = append(rows, map[string]string{
			"injury_case_id": caseID(i), "person_id": personID(i), "injured_on": injured.String(),
			"recognised_on": (injured + 30).String(), "diagnosis_prefixes": "S;T;M;Z",
			"trauma": "true", "stop_work_until": (injured + 1000).String(),
		})
	}
	return rows
}

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
	return row
}

func (p *Province) physicianRows() (rows []map[string]string) {
	for i := range p.institutions {
		for _, id := range p.institutions[i].physicians {
			rows = append(rows, map[string]string{
				"physician_id": id, "name_masked": "医**", "institution_id": p.institutions[i].id,
			})
		}
	}
	return rows
}

// calendarRows call every weekday a working day: a simulated year has no feasts.
func (p *Province) calendarRows() (rows []map[string]string) {
	for d := p.config.From - 7; d < p.config.From+claimwatch.Day(p.config.Days)+400; d++ {
		weekday := (int(d)%7 + 7 + 3) % 7 // 1970-01-01 was a Thursday; 0 is Monday
		rows = append(rows, map[string]string{
			"day": d.String(), "working": strconv.FormatBool(weekday < 5), "source": "simulated",
		})
	}
	return rows
}

func lawRows() []map[string]string {
	return []map[string]string{
		{
			"law_id": "shanxi-2022-measures", "valid_from": "2022-08-08", "valid_until": "2024-08-08",
			"title": "山西省工伤医疗管理服务办法(2022)", "source": "simulated",
		},
		{
			"law_id": "guangdong-2019-notice", "valid_from": "2020-01-01", "valid_until": "2025-01-01",
			"title": "粤人社规〔2019〕46号", "source": "simulated",
		},
	}
}

func personID(i int) string { return fmt.Sprintf("P%06d", i+1) }
func caseID(i int) string   { return fmt.Sprintf("IC%06d", i+1) }
