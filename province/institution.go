package province

import (
	"fmt"
	"strconv"
)

// localCity has rows of its own in the items table, with lower caps; capital is
// where the province's first hospital and its special ones are.
const (
	capital   = "太原市"
	localCity = "大同市"
)

// institution is a hospital of the province.
type institution struct {
	id, name, kind, city string
	level, beds          int
	faces                bool // face checks are required
	capabilities         string
	agreements           []agreement
	departments          []string
	physicians           []string
}

// agreement is a row of agreements; days are texts as uploaded.
type agreement struct {
	kind, from, until, status string
	holdover                  bool
}

// standing are the agreements that every ordinary hospital has.
func standing(kinds ...string) (all []agreement) {
	for _, kind := range kinds {
		all = append(all, agreement{kind: kind, from: "2020-01-01", status: "active", holdover: true})
	}
	return all
}

// rehab says that its stays are of class rehab.
func (h *institution) rehab() bool { return h.kind == "rehab" }

const allCapabilities = "vitals;nursing;executions"

// newInstitutions are the general hospitals, among five a rehabilitation hospital.
func newInstitutions(n, beds int) []institution {
	cities := []string{capital, localCity, "运城市", "长治市"}
	kinds := []string{"综合医院", "人民医院", "中医院", "骨科医院", "康复医院"}
	out := make([]institution, n)
	for i := range out {
		h := institution{
			id: fmt.Sprintf("H%02d", i+1), kind: "medical", city: cities[i%len(cities)],
			level: 3 - i%3, beds: beds, faces: i%6 != 4, capabilities: allCapabilities, agreements: standing("medical"),
			departments: []string{"骨科", "外科", "神经外科", "烧伤科"},
		}
		h.name = h.city + kinds[i%len(kinds)]
		if i%len(kinds) == 4 {
			h.kind, h.departments, h.agreements = "rehab", []string{"康复一科", "康复二科"}, standing("medical", "rehab")
		}
		if h.level == 1 {
			h.capabilities = "vitals;nursing" // a small one writes no executions down
		}
		h.employ()
		out[i] = h
	}
	return out
}

// newSpecials are the institutions that scenes need beside the general hospitals:
// one without devices and duties, one that gives rehabilitation by its agreement
// and one that fits devices.
func newSpecials() []institution {
	out := []institution{
		{
			id: "C01", name: "社区卫生服务中心", kind: "medical", city: capital, level: 1, beds: 30,
			agreements: standing("medical"), departments: []string{"全科", "外科"},
		},
		{
			id: "C02", name: "工伤康复中心", kind: "rehab", city: capital, level: 2, beds: 60, faces: true, capabilities: allCapabilities,
			agreements: standing("medical", "rehab"), departments: []string{"康复一科", "康复二科"},
		},
		{
			id: "C03", name: "辅助器具配置中心", kind: "device", city: capital, level: 1,
			agreements: standing("device"), departments: []string{"装配部"},
		},
	}
	for i := range out {
		out[i].employ()
	}
	return out
}

// employ gives a hospital two physicians for each department.
func (h *institution) employ() {
	for k := range 2 * len(h.departments) {
		h.physicians = append(h.physicians, fmt.Sprintf("%s-DR%02d", h.id, k+1))
	}
}

func (h *institution) row() map[string]string {
	row := map[string]string{
		"institution_id": h.id, "name": h.name, "kind": h.kind, "level": strconv.Itoa(h.level), "city": h.city,
		"face_required": strconv.FormatBool(h.faces), "capabilities": h.capabilities,
	}
	if h.beds > 0 {
		row["beds"] = strconv.Itoa(h.beds)
	}
	return row
}

func (h *institution) agreementRows() (rows []map[string]string) {
	for i, a := range h.agreements {
		rows = append(rows, map[string]string{
			"institution_id": h.id, "kind": a.kind, "from": a.from, "until": a.until, "status": a.status,
			"agreement_id": fmt.Sprintf("AG-%s-%d", h.id, i+1), "holdover": strconv.FormatBool(a.holdover),
		})
	}
	return rows
}

func (h *institution) physicianRows() (rows []map[string]string) {
	for _, id := range h.physicians {
		rows = append(rows, map[string]string{"physician_id": id, "name_masked": "医**", "institution_id": h.id})
	}
	return rows
}
