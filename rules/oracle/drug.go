package oracle

import (
	"slices"

	"claimwatch"
)

// sameClass is RX-004: two drug orders of one ATC class active together for
// three days or more.
func sameClass(t *trial, person string) (out []*finding) {
	orders := slices.DeleteFunc(t.personRecords(person, claimwatch.Order), func(o *claimwatch.Record) bool {
		return o.Field("class").Text != "drug"
	})
	for i, a := range orders {
		for _, b := range orders[i+1:] {
			both := t.byKey[keyOf(a)].active(a).Overlap(t.byKey[keyOf(b)].active(b))
			if a.Field("item_code").Text == b.Field("item_code").Text || both.Until-both.From < 72*hour {
				continue
			}
			first, second := t.atcClass(a), t.atcClass(b)
			if first == "" || first != second {
				continue
			}
			f := findingOf("RX-004", claimwatch.Reminder, pair(recordText(a), recordText(b)))
			f.involve(a, b)
			f.ofOverlaps([]claimwatch.Interval{both})
			out = append(out, f)
		}
	}
	return out
}

func recordText(r *claimwatch.Record) string { return claimwatch.Subject(r.InstitutionID, r.RecordID) }

// atcClass is the first five characters of the ATC code of an order's item on its
// date; empty equals nothing. Without a row the order's stay cannot be judged.
func (t *trial) atcClass(order *claimwatch.Record) string {
	item := t.ref.item(order.Field("item_code").Text, order.InstitutionID, order.OccurredAt.Day())
	if item == nil {
		t.notTold(keyOf(order), ReasonNoRow)
	}
	characters := []rune(item["atc"])
	return string(characters[:min(5, len(characters))])
}

// restricted is RX-007: an item's restriction not met.
func restricted(t *trial, s *stay) []*finding {
	return t.perItem(s, claimwatch.Violation, s.lines, func(l *line) bool {
		broken, unknown := t.breaksRestriction(l)
		if unknown && !broken {
			t.noRow(l)
		}
		return broken
	})
}

// breaksRestriction judges a line's sex, age, level and kind of visit; unknown
// says that a row of the person or the institution is needed and missing.
func (t *trial) breaksRestriction(l *line) (broken, unknown bool) {
	person, institution := t.ref.persons[l.PersonID], t.ref.institutions[l.InstitutionID]
	personal := l.row["sex"] + l.row["age_min"] + l.row["age_max"]
	if personal != "" && person != nil {
		broken = !oneOf(l.row["sex"], "", person["sex"]) || !ofAge(l, person)
	}
	if l.row["min_level"] != "" && institution != nil && institution["level"] < l.row["min_level"] {
		broken = true
	}
	visit := "inpatient" // includes rehab
	if isVisit(l.stay) {
		visit = "outpatient"
	}
	if !oneOf(l.row["visit"], "", visit) {
		broken = true
	}
	unknown = (personal != "" && person == nil) || (l.row["min_level"] != "" && institution == nil)
	return broken, unknown
}

// ofAge says whether the person's full years on the service date lie within the
// item's bounds, both included. Who was born on 29 February is a year older on 1 March.
func ofAge(l *line, person row) bool {
	day, _ := claimwatch.ParseDay(person["born"]) // a column that may not be empty
	born, on := day.Date(), l.day().Date()
	years := int64(on.Year() - born.Year())
	if on.Month() < born.Month() || (on.Month() == born.Month() && on.Day() < born.Day()) {
		years--
	}
	least, bounded := number(l.row["age_min"], 0)
	if bounded && years < least {
		return false
	}
	most, bounded := number(l.row["age_max"], 0)
	return !bounded || years <= most
}

// outOfScope is RX-008: an item that the fund does not know or does not pay, and
// one that the person paid for without consenting.
func outOfScope(_ *trial, s *stay) []*finding {
	groups := map[string]*finding{}
	raise := func(l *line, severity claimwatch.Severity) *finding {
		f := groups[l.item]
		if f == nil {
			f = newFinding("RX-008", severity, s, l.item)
			groups[l.item] = f
		}
		if rank := []claimwatch.Severity{claimwatch.Reminder, claimwatch.Suspicion, claimwatch.Violation}; slices.Index(rank, severity) > slices.Index(rank, f.severity) {
			f.severity = severity
		}
		return f
	}
	for _, l := range s.lines {
		switch {
		case l.row == nil:
			raise(&l, claimwatch.Suspicion).charge([]line{l})
		case !truth(l.row["in_scope"]):
			raise(&l, claimwatch.Violation).charge([]line{l})
		}
	}
	for _, l := range s.selfPaid {
		outside := l.row != nil && !truth(l.row["in_scope"])
		if outside && l.Field("consent_id").Text == "" && s.admissionText("route") != "emergency" {
			raise(&l, claimwatch.Reminder).involve(l.Record)
		}
	}
	return all(groups)
}

// unindicated is RX-010: no diagnosis of the stay is one that the item is for.
func unindicated(t *trial, s *stay) []*finding {
	return t.perItem(s, claimwatch.Suspicion, s.lines, func(l *line) bool {
		prefixes := list(l.row["indication_prefixes"])
		return len(prefixes) > 0 && !startsWithOne(s.diagnoses(), prefixes)
	})
}
