package province

import (
	"fmt"
	"maps"
	"strconv"

	"claimwatch"
)

// Reference gives the reference tables of the province, rows as uploaded. It is
// the caller's: the province keeps no hold on it.
func (p *Province) Reference() map[string][]map[string]string {
	tables := map[string][]map[string]string{
		"persons": p.personRows(), "injury_cases": p.injuryRows(), "items": p.itemRows(), "calendar": p.calendarRows(), "laws": lawRows(),
		"agencies":   {{"agency_id": "A1", "city": capital, "name": "省工伤保险中心"}},
		"item_pairs": pairRows(), "item_packages": packageRows(), "swaps": swapRows(), "item_limits": limitRows(), "los_baselines": p.baselineRows(),
		"referrals":  {{"referral_id": "REF-1", "person_id": personID(0), "from_institution_id": "H01", "to_institution_id": "H01", "approved_on": "2020-01-01"}},
		"appraisals": {{"appraisal_id": "APP-1", "person_id": personID(0), "item_code": goodCode("crutch"), "approved_on": "2020-01-01"}},
	}
	for _, h := range p.hospitals() {
		tables["institutions"] = append(tables["institutions"], h.row())
		tables["agreements"] = append(tables["agreements"], h.agreementRows()...)
		tables["physicians"] = append(tables["physicians"], h.physicianRows()...)
	}
	for _, of := range p.scenes {
		for table, rows := range of.rows {
			for _, row := range rows {
				tables[table] = append(tables[table], maps.Clone(row))
			}
		}
	}
	return tables
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

// calendarRows call every weekday a working day: a simulated year has no feasts.
func (p *Province) calendarRows() (rows []map[string]string) {
	for d := p.config.From - 7; d < p.config.From+claimwatch.Day(p.config.Days)+400; d++ {
		rows = append(rows, map[string]string{
			"day": d.String(), "working": strconv.FormatBool(isWorking(d)), "source": "simulated",
		})
	}
	return rows
}

func isWorking(d claimwatch.Day) bool {
	weekday := (int(d)%7 + 7 + 3) % 7 // 1970-01-01 was a Thursday; 0 is Monday
	return weekday < 5
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
