package adversary

import (
	"maps"
	"slices"

	"claimwatch"
)

// loaded are the tables that rules read.
var loaded = []string{
	"institutions", "agreements", "persons", "injury_cases", "items", "item_limits", "item_pairs", "item_packages", "swaps",
	"physicians", "referrals", "appraisals", "los_baselines", "whitelist", "calendar",
}

// wish asks that a column of a row has one of some values in most worlds; empty
// is absence.
func (d *drawer) wish(table, key, column string, values ...string) {
	d.wishes[table+"/"+key+"/"+column] = values
}

// fill draws a column: what a scene wishes for, most often, else one of the others.
func (d *drawer) fill(row map[string]string, table, key, column string, others ...string) {
	if wished, ok := d.wishes[table+"/"+key+"/"+column]; ok && d.upTo(19, "against "+column) < 19 {
		others = wished
	}
	row[column] = one(d, column, others...)
}

// add adds a row to a table unless one of its key is there already.
func (d *drawer) add(table string, row map[string]string) {
	spec, _ := claimwatch.TableNamed(table)
	for _, other := range d.rows[table] {
		if sameKey(spec, row, other) {
			return
		}
	}
	d.rows[table] = append(d.rows[table], row)
}

func sameKey(spec claimwatch.Table, a, b map[string]string) bool {
	return !slices.ContainsFunc(spec.Columns, func(c claimwatch.Column) bool { return c.Key && a[c.Name] != b[c.Name] })
}

// drawReference draws the tables that the rules look into. Most worlds have all
// of them, most institutions, persons and items a row.
func (d *drawer) drawReference() map[string][]map[string]string {
	d.institutionRows()
	d.agreementRows()
	d.personRows()
	d.caseRows()
	d.itemRows()
	d.baselineRows()
	d.whitelistRows()
	d.calendarRows()
	for range d.upTo(3, "rows missing") {
		d.drop(one(d, "of table", loaded...))
	}
	reference := map[string][]map[string]string{}
	for _, table := range loaded {
		reference[table] = settled(table, d.rows[table])
	}
	if d.often(2, "tables not loaded") {
		for range 1 + d.upTo(1, "tables") {
			delete(reference, one(d, "table not loaded", loaded...))
		}
	}
	return reference
}

// drop takes a row away.
func (d *drawer) drop(table string) {
	if rows := d.rows[table]; len(rows) > 0 {
		at := d.upTo(len(rows)-1, "row missing")
		d.rows[table] = slices.Delete(slices.Clone(rows), at, at+1)
	}
}

// settled ends the validity of rows where the next one of the same key begins:
// the contract allows no two at a time.
func settled(table string, rows []map[string]string) []map[string]string {
	spec, _ := claimwatch.TableNamed(table)
	from, until := spec.Within[0], spec.Within[1]
	out := []map[string]string{}
	for _, row := range rows {
		out = append(out, maps.Clone(row))
	}
	if from == "" {
		return out
	}
	spec.Columns = slices.DeleteFunc(slices.Clone(spec.Columns), func(c claimwatch.Column) bool { return c.Name == from })
	for _, row := range out {
		for _, next := range out {
			if sameKey(spec, row, next) && row[from] < next[from] && (row[until] == "" || next[from] < row[until]) {
				row[until] = next[from]
			}
		}
	}
	return out
}

// used lists what the records say of something, sorted.
func (d *drawer) used(of func(*upload) string) []string {
	seen := map[string]bool{}
	for _, r := range d.log {
		seen[of(r)] = true
	}
	delete(seen, "")
	return slices.Sorted(maps.Keys(seen))
}

// institutionRows draws a row of each institution, seldom none.
func (d *drawer) institutionRows() {
	for _, id := range d.used(func(r *upload) string { return r.InstitutionID }) {
		if d.often(1, "no row") && d.often(5, "really") {
			continue
		}
		row := map[string]string{"institution_id": id, "name": id, "kind": "medical"}
		d.fill(row, "institutions", id, "level", "1", "2", "3")
		d.fill(row, "institutions", id, "city", "TY", "TY", "TY", "DT")
		d.fill(row, "institutions", id, "beds", "", "", "100", "1", "0")
		d.fill(row, "institutions", id, "capabilities", "vitals;nursing;executions", "vitals", "", "nursing")
		row["face_required"] = like(d, faces, "faces", "true", "true", "true", "false")
		d.add("institutions", row)
	}
}

// agreementRows gives most institutions an agreement unless a scene has drawn
// some.
func (d *drawer) agreementRows() {
	drawn := len(d.rows["agreements"]) > 0
	for _, id := range d.used(func(r *upload) string { return r.InstitutionID }) {
		if drawn && slices.ContainsFunc(d.rows["agreements"], func(row map[string]string) bool { return row["institution_id"] == id }) {
			continue
		}
		for _, kind := range []string{"medical", "rehab"} {
			if d.often(map[string]int{"medical": 9, "rehab": 4}[kind], "agreement") {
				d.agreement(id, kind, one(d, "status", "active", "active", "active", "active", "suspended", "terminated"), start-700, 0)
			}
		}
	}
}

func (d *drawer) personRows() {
	for _, id := range d.used(func(r *upload) string { return r.PersonID }) {
		if d.often(1, "no row") && d.often(5, "really") {
			continue
		}
		row := map[string]string{"person_id": id, "name_masked": "X", "sex": one(d, "sex", "M", "F")}
		d.fill(row, "persons", id, "born", "1980-05-05", "1980-05-05", "2008-02-29", "2020-03-05")
		d.fill(row, "persons", id, "died", "", "", "", "", "", "", "2026-03-08")
		d.fill(row, "persons", id, "insured_city", "TY", "TY", "TY", "DT")
		d.add("persons", row)
	}
}

// caseRows draws the cases of injury that records name; c2 is mostly unknown.
func (d *drawer) caseRows() {
	for _, id := range d.used(func(r *upload) string { return r.Field("injury_case_id").Text }) {
		if d.often(map[string]int{"c1": 9, "c2": 3}[id], "row of the case") {
			row := d.injuryRow(id, one(d, "whose", "p1", "p1", "p1", "p2"), start)
			row["stop_work_until"] = one(d, "stop work until", "", "", "2026-12-31", "2026-03-05")
			row["recognised_on"] = one(d, "recognized", row["recognised_on"], row["recognised_on"], row["recognised_on"], "")
		}
	}
}

// baselineRows draws baselines of a few groups, levels and months; they are not
// of the world alone, for a group of diagnoses belongs to everyone.
func (d *drawer) baselineRows() {
	for _, group := range []string{"S82", "M17", "骨折病"} {
		for _, level := range []string{"1", "2", "3"} {
			for _, month := range []string{"2026-03", "2026-04"} {
				if group != "S82" && !d.often(4, "baseline") || d.often(1, "no baseline") {
					continue
				}
				d.add("los_baselines", map[string]string{
					"diagnosis_group": group, "level": level, "month": month,
					"n": one(d, "n", "30", "31", "100", "29"), "p95": one(d, "p95", "5", "4", "4.99", "5.01"),
					"median": one(d, "median", "2", "3", "2.5"), "mad": one(d, "mad", "0", "1", "0.67", "2"),
				})
			}
		}
	}
}

// whitelistRows excuses a rule now and then. A row is always about somebody, so
// that it stays within its world.
func (d *drawer) whitelistRows() {
	for n := range d.upTo(2, "excused") {
		row := map[string]string{
			"whitelist_id": one(d, "whitelist id", "w", "W", "x") + itoa(n), "reason": "X", "owner": "X",
			"rule":       one(d, "excused rule", "ADM-009", "ADM-001", "FEE-001", "IDN-002", "FEE-007", "RX-008", "DAT-003", "ADM-017"),
			"expires_on": (start + one(d, "expires", 90, claimwatch.Day(d.upTo(12, "expires on")), 0)).String(),
		}
		switch d.upTo(2, "about") {
		case 0:
			row["institution_id"] = one(d, "institution excused", "h1", "h2")
		case 1:
			row["person_id"] = one(d, "person excused", "p1", "p2")
		case 2:
			row["series_id"] = "x"
		}
		row["diagnosis_prefix"] = one(d, "diagnosis prefix", "", "", "S82", "S82.1")
		d.add("whitelist", row)
	}
}

// calendarRows draws the calendar of the world's months with a few days that are
// otherwise than the week says, and a few missing.
func (d *drawer) calendarRows() {
	working := map[claimwatch.Day]string{}
	for on := start - 10; on <= horizon+10; on++ {
		working[on] = "true"
		if weekend(on) {
			working[on] = "false"
		}
	}
	for range d.upTo(3, "moved days") {
		on := start + claimwatch.Day(d.upTo(20, "moved"))
		working[on] = one(d, "working", "true", "false")
	}
	for range d.upTo(1, "holes") {
		delete(working, start+claimwatch.Day(d.upTo(20, "hole")))
	}
	for _, on := range slices.Sorted(maps.Keys(working)) {
		d.add("calendar", map[string]string{"day": on.String(), "working": working[on], "source": "test"})
	}
}
