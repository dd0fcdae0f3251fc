package store

import "claimwatch/store/slice"

// chargeTables are the tables of slice.Charges.
func chargeTables(t slice.Tables) []filledTable {
	return []filledTable{
		{"inclusions", len(t.Inclusions), func() []column { return inclusionColumns(t.Inclusions) }},
		{"bundles", len(t.Bundles), func() []column { return bundleColumns(t.Bundles) }},
		{"second_operations", len(t.Seconds), func() []column { return secondColumns(t.Seconds) }},
		{"add_ons", len(t.AddOns), func() []column { return addOnColumns(t.AddOns) }},
		{"hours", len(t.Hours), func() []column { return hourColumns(t.Hours) }},
		{"care_hours", len(t.CareHours), func() []column { return hourColumns(t.CareHours) }},
		{"nursing_lines", len(t.NursingLines), func() []column { return nursingColumns(t.NursingLines) }},
		{"outside_lines", len(t.Outside), func() []column { return outsideColumns(t.Outside) }},
		{"absences", len(t.Absences), func() []column { return absenceColumns(t.Absences) }},
	}
}
