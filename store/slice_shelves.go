package store

import (
	"slices"

	"claimwatch"
	"claimwatch/store/slice"
)

// shelf is a reference table as a slice reads it.
type shelf struct {
	name, table string
	// keys are what the world needs of it, looked up by the condition `by` over
	// {keys:Array(String)}; without keys the table is read whole, for it is small
	// or what it concerns is not known beforehand.
	keys func(w *slice.World, known *slice.Reference) []string
	by   string
	// still must hold of the standing row too, where the key of the look-up is not
	// that of the table.
	still string
	// later says that the keys come out of other tables.
	later bool
	// columns are read into dest, and keep puts each row in its place.
	columns string
	read    func(r *slice.Reference) (dest []any, keep func())
	clear   func(r *slice.Reference)
}

// untilForever reads the first day that is no longer covered.
func untilForever(column string) string {
	return "ifNull(toInt32(" + column + "), toInt32(2147483647))"
}

func validity(v *slice.Validity) (since, until *int32) { return (*int32)(&v.Since), (*int32)(&v.Until) }

// worldKeys takes keys that the records tell.
func worldKeys(keys func(*slice.World) []string) func(*slice.World, *slice.Reference) []string {
	return func(w *slice.World, _ *slice.Reference) []string { return keys(w) }
}

var shelves = []shelf{
	{
		name: "institutions", table: "institutions", keys: worldKeys((*slice.World).Institutions), by: "institution_id IN {keys:Array(String)}",
		columns: "institution_id, kind, city, level, beds, face_required, capabilities",
		clear:   func(r *slice.Reference) { r.Institutions = map[string]slice.Institution{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.Institution
			return []any{&id, &row.Kind, &row.City, &row.Level, &row.Beds, &row.FaceRequired, &row.Capabilities}, func() { r.Institutions[id] = row }
		},
	},
	{
		name: "agreements", table: "agreements", keys: worldKeys((*slice.World).Institutions), by: "institution_id IN {keys:Array(String)}",
		columns: "institution_id, kind, toInt32(`from`), status, " + untilForever("`until`") + ", ifNull(holdover, false)",
		clear:   func(r *slice.Reference) { r.Agreements = map[string][]slice.Agreement{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.Agreement
			since, until := validity(&row.Validity)
			return []any{&id, &row.Kind, since, &row.Status, until, &row.Holdover}, func() { r.Agreements[id] = append(r.Agreements[id], row) }
		},
	},
	{
		name: "persons", table: "persons", keys: worldKeys((*slice.World).Persons), by: "person_id IN {keys:Array(String)}",
		columns: "person_id, sex, insured_city, toInt32(born), " + untilForever("died"),
		clear:   func(r *slice.Reference) { r.Persons = map[string]slice.Person{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.Person
			return []any{&id, &row.Sex, &row.InsuredCity, (*int32)(&row.Born), (*int32)(&row.Died)}, func() { r.Persons[id] = row }
		},
	},
	{
		name: "injury_cases", table: "injury_cases", keys: worldKeys((*slice.World).InjuryCases), by: "injury_case_id IN {keys:Array(String)}",
		columns: "injury_case_id, person_id, " + untilForever("recognised_on") + ", diagnosis_prefixes, trauma, " + untilForever("stop_work_until"),
		clear:   func(r *slice.Reference) { r.Cases = map[string]slice.InjuryCase{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.InjuryCase
			return []any{&id, &row.PersonID, (*int32)(&row.RecognisedOn), &row.Prefixes, &row.Trauma, (*int32)(&row.StopWorkUntil)},
				func() { r.Cases[id] = row }
		},
	},
	{
		name: "nursing", table: "items", still: "isNotNull(nursing_level)", columns: "item_code",
		clear: func(r *slice.Reference) { r.Nursing = map[string]bool{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var code string
			return []any{&code}, func() { r.Nursing[code] = true }
		},
	},
	{
		name: "items", table: "items", keys: (*slice.World).ItemCodes, later: true,
		by: "item_code IN {keys:Array(String)}",
		columns: "item_code, region, toInt32(valid_from), " + untilForever("valid_until") + `, category, unit, in_scope, rehab, hour_unit,
			order_required, report_required, non_injury, price_cap_1, price_cap_2, price_cap_3, max_per_day, max_per_stay, sex, visit, atc,
			age_min, age_max, min_level, max_days_supply, discharge_max_days, life_years, nursing_level, indication_prefixes`,
		clear: func(r *slice.Reference) { r.Items = map[string][]slice.Item{} },
		read:  readItem,
	},
	{
		name: "item_limits", table: "item_limits", columns: "limit_id, item_code, kind, days, max, toInt32(valid_from), " + untilForever("valid_until"),
		clear: func(r *slice.Reference) { r.Limits = map[string][]slice.ItemLimit{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var row slice.ItemLimit
			since, until := validity(&row.Validity)
			return []any{&row.ID, &row.ItemCode, &row.Kind, &row.Days, &row.Max, since, until},
				func() { r.Limits[row.ItemCode] = append(r.Limits[row.ItemCode], row) }
		},
	},
	{
		name: "item_pairs", table: "item_pairs",
		columns: "pair_id, item_code, included_code, scope, absolute, factor, toInt32(valid_from), " + untilForever("valid_until"),
		clear:   func(r *slice.Reference) { r.Pairs = map[string][]slice.ItemPair{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var row slice.ItemPair
			since, until := validity(&row.Validity)
			return []any{&row.ID, &row.ItemCode, &row.IncludedCode, &row.Scope, &row.Absolute, &row.Factor, since, until},
				func() { r.Pairs[row.IncludedCode] = append(r.Pairs[row.IncludedCode], row) }
		},
	},
	{
		name: "item_packages", table: "item_packages",
		columns: "package_code, component_codes, price, toInt32(valid_from), " + untilForever("valid_until"),
		clear:   func(r *slice.Reference) { r.Packages = nil },
		read: func(r *slice.Reference) ([]any, func()) {
			var row slice.ItemPackage
			since, until := validity(&row.Validity)
			return []any{&row.Code, &row.Components, &row.Price, since, until}, func() { r.Packages = append(r.Packages, row) }
		},
	},
	{
		name: "swaps", table: "swaps", columns: "high_code, low_code",
		clear: func(r *slice.Reference) { r.Swaps = map[string][]slice.Swap{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var row slice.Swap
			return []any{&row.High, &row.Low}, func() { r.Swaps[row.High] = append(r.Swaps[row.High], row) }
		},
	},
	{
		name: "physicians", table: "physicians", columns: "physician_id, ifNull(toInt32(suspended_from), toInt32(2147483647)), " + untilForever("suspended_until"),
		keys: worldKeys((*slice.World).Physicians), by: "suspended_from IS NOT NULL AND physician_id IN {keys:Array(String)}",
		clear: func(r *slice.Reference) { r.Suspended = map[string][]slice.Validity{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.Validity
			since, until := validity(&row)
			return []any{&id, since, until}, func() { r.Suspended[id] = append(r.Suspended[id], row) }
		},
	},
	{
		name: "referrals", table: "referrals", keys: worldKeys((*slice.World).Persons),
		by:      "referral_id IN (SELECT referral_id FROM ref_referrals WHERE person_id IN {keys:Array(String)})",
		still:   "person_id IN {keys:Array(String)}",
		columns: "person_id, from_institution_id, to_institution_id, toInt32(approved_on)",
		clear:   func(r *slice.Reference) { r.Referrals = map[string][]slice.Referral{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.Referral
			return []any{&id, &row.From, &row.To, (*int32)(&row.ApprovedOn)}, func() { r.Referrals[id] = append(r.Referrals[id], row) }
		},
	},
	{
		name: "appraisals", table: "appraisals", keys: worldKeys((*slice.World).Persons),
		by:      "appraisal_id IN (SELECT appraisal_id FROM ref_appraisals WHERE person_id IN {keys:Array(String)})",
		still:   "person_id IN {keys:Array(String)}",
		columns: "person_id, item_code, toInt32(approved_on)",
		clear:   func(r *slice.Reference) { r.Appraisals = map[string][]slice.Appraisal{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var id string
			var row slice.Appraisal
			return []any{&id, &row.ItemCode, (*int32)(&row.ApprovedOn)}, func() { r.Appraisals[id] = append(r.Appraisals[id], row) }
		},
	},
	{
		name: "los_baselines", table: "los_baselines", columns: "diagnosis_group, level, month, n, p95, median, mad",
		clear: func(r *slice.Reference) { r.Baselines = map[slice.BaselineKey]slice.Baseline{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var key slice.BaselineKey
			var row slice.Baseline
			return []any{&key.Group, &key.Level, &key.Month, &row.N, &row.P95, &row.Median, &row.MAD}, func() { r.Baselines[key] = row }
		},
	},
	{
		name: "calendar", table: "calendar", columns: "toInt32(day), working",
		clear: func(r *slice.Reference) { r.Calendar = map[claimwatch.Day]bool{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var day int32
			var working bool
			return []any{&day, &working}, func() { r.Calendar[claimwatch.Day(day)] = working }
		},
	},
	{
		name: "whitelist", table: "whitelist",
		columns: "whitelist_id, rule, institution_id, person_id, diagnosis_prefix, series_id, toInt32(expires_on)",
		clear:   func(r *slice.Reference) { r.Whitelist = map[string][]claimwatch.WhitelistRow{} },
		read: func(r *slice.Reference) ([]any, func()) {
			var row claimwatch.WhitelistRow
			return []any{&row.ID, &row.Rule, &row.InstitutionID, &row.PersonID, &row.DiagnosisPrefix, &row.SeriesID, (*int32)(&row.ExpiresOn)},
				func() { r.Whitelist[row.Rule] = append(r.Whitelist[row.Rule], row) }
		},
	},
}

func readItem(r *slice.Reference) ([]any, func()) {
	var code string
	var row slice.Item
	since, until := validity(&row.Validity)
	dest := []any{
		&code, &row.Region, since, until, &row.Category, &row.Unit, &row.InScope, &row.Rehab, &row.HourUnit,
		&row.OrderRequired, &row.ReportRequired, &row.NonInjury, &row.Cap1, &row.Cap2, &row.Cap3, &row.MaxPerDay, &row.MaxPerStay,
		&row.Sex, &row.Visit, &row.ATC, &row.AgeMin, &row.AgeMax, &row.MinLevel, &row.MaxDaysSupply, &row.DischargeMaxDays,
		&row.LifeYears, &row.NursingLevel, &row.IndicationPrefixes,
	}
	// Rows come by their key; those of a region must come the latest first.
	return dest, func() { r.Items[code] = slices.Insert(r.Items[code], 0, row) }
}
