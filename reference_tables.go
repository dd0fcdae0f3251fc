package claimwatch

// tables is section 4 of the contract as data: loader, store and documents read it.
var tables = []Table{
	{Name: "institutions", Columns: []Column{
		key(col("institution_id", ColumnID)), col("name", ColumnText), colWord("kind", "medical", "rehab", "device"),
		colInt("level", 1, 3), col("city", ColumnText), opt(colInt("beds", 0, MaxCount)), col("face_required", ColumnBool),
		opt(Column{Name: "capabilities", Type: ColumnList, Words: []string{"vitals", "nursing", "executions"}}),
		opt(col("key_sha256", ColumnHash)),
	}},
	{Name: "agreements", Columns: []Column{
		key(col("institution_id", ColumnID)), key(colWord("kind", "medical", "rehab", "device")), key(col("from", ColumnDay)),
		col("agreement_id", ColumnID), colWord("status", "active", "suspended", "terminated"), opt(col("until", ColumnDay)),
		opt(col("term_from", ColumnDay)), opt(col("term_until", ColumnDay)), opt(col("holdover", ColumnBool)),
	}},
	{Name: "persons", Columns: []Column{
		key(col("person_id", ColumnID)), col("name_masked", ColumnText), colWord("sex", "M", "F"), col("born", ColumnDay),
		opt(col("died", ColumnDay)), col("insured_city", ColumnText),
	}},
	{Name: "injury_cases", Columns: []Column{
		key(col("injury_case_id", ColumnID)), col("person_id", ColumnID), col("injured_on", ColumnDay),
		opt(col("recognised_on", ColumnDay)), opt(col("diagnosis_prefixes", ColumnList)), col("trauma", ColumnBool),
		opt(col("stop_work_until", ColumnDay)), opt(col("rehab_confirmed_on", ColumnDay)),
	}},
	{Name: "items", Within: [2]string{"valid_from", "valid_until"}, Columns: []Column{
		key(col("item_code", ColumnItem)), key(opt(col("region", ColumnText))), key(col("valid_from", ColumnDay)),
		col("name", ColumnText), colWord("category", categories...), col("unit", ColumnText), opt(col("valid_until", ColumnDay)),
		col("in_scope", ColumnBool), col("rehab", ColumnBool), col("hour_unit", ColumnBool), col("order_required", ColumnBool),
		col("report_required", ColumnBool), opt(col("price_cap_1", ColumnPrice)), opt(col("price_cap_2", ColumnPrice)),
		opt(col("price_cap_3", ColumnPrice)), opt(col("max_per_day", ColumnNumber)), opt(col("max_per_stay", ColumnNumber)),
		opt(colWord("sex", "M", "F")), opt(colInt("age_min", 0, 200)), opt(colInt("age_max", 0, 200)), opt(colInt("min_level", 1, 3)),
		opt(colWord("visit", "inpatient", "outpatient")), opt(colInt("max_days_supply", 0, MaxCount)),
		opt(colInt("discharge_max_days", 0, MaxCount)), opt(col("indication_prefixes", ColumnList)), opt(col("atc", ColumnText)),
		opt(colInt("life_years", 0, 200)), opt(colInt("nursing_level", 0, 3)), col("non_injury", ColumnBool),
		opt(col("source", ColumnText)), // where columns that an import has filled come from
	}},
	{Name: "item_limits", Columns: []Column{
		key(col("limit_id", ColumnID)), col("item_code", ColumnItem), colWord("kind", "course", "interval"),
		colInt("days", 1, MaxCount), opt(col("max", ColumnNumber)), col("valid_from", ColumnDay), opt(col("valid_until", ColumnDay)),
		col("source", ColumnText),
	}},
	{Name: "item_pairs", Columns: []Column{
		key(col("pair_id", ColumnID)), col("item_code", ColumnItem), col("included_code", ColumnItem),
		colWord("scope", "day", "stay", "6h", "hour", "secondary", "add_on"), col("absolute", ColumnBool),
		opt(col("factor", ColumnNumber)), col("valid_from", ColumnDay), opt(col("valid_until", ColumnDay)), col("source", ColumnText),
	}},
	{Name: "item_packages", Within: [2]string{"valid_from", "valid_until"}, Columns: []Column{
		key(col("package_code", ColumnItem)), key(col("valid_from", ColumnDay)), col("component_codes", ColumnList),
		col("price", ColumnAmount), opt(col("valid_until", ColumnDay)),
	}},
	{Name: "swaps", Columns: []Column{
		key(col("high_code", ColumnItem)), key(col("low_code", ColumnItem)), col("source", ColumnText),
	}},
	{Name: "physicians", Columns: []Column{
		key(col("physician_id", ColumnID)), key(opt(col("suspended_from", ColumnDay))), col("name_masked", ColumnText),
		col("institution_id", ColumnID), opt(col("suspended_until", ColumnDay)),
	}},
	{Name: "referrals", Columns: []Column{
		key(col("referral_id", ColumnID)), col("person_id", ColumnID), col("from_institution_id", ColumnID),
		col("to_institution_id", ColumnID), col("approved_on", ColumnDay),
	}},
	{Name: "appraisals", Columns: []Column{
		key(col("appraisal_id", ColumnID)), col("person_id", ColumnID), col("item_code", ColumnItem), col("approved_on", ColumnDay),
	}},
	{Name: "los_baselines", Columns: []Column{
		key(col("diagnosis_group", ColumnText)), key(colInt("level", 1, 3)), key(col("month", ColumnMonth)),
		colInt("n", 0, MaxCount), col("p95", ColumnNumber), col("median", ColumnNumber), col("mad", ColumnNumber),
	}},
	{Name: "whitelist", Columns: []Column{
		key(col("whitelist_id", ColumnID)), col("rule", ColumnID), opt(col("institution_id", ColumnID)),
		opt(col("person_id", ColumnID)), opt(col("diagnosis_prefix", ColumnText)), opt(col("series_id", ColumnID)),
		col("reason", ColumnText), col("owner", ColumnText), col("expires_on", ColumnDay),
	}},
	{Name: "calendar", Columns: []Column{
		key(col("day", ColumnDay)), col("working", ColumnBool), col("source", ColumnText),
	}},
	{Name: "laws", Columns: []Column{
		key(col("law_id", ColumnID)), key(col("valid_from", ColumnDay)), col("title", ColumnText),
		opt(col("valid_until", ColumnDay)), col("source", ColumnText),
	}},
	{Name: "agencies", Columns: []Column{
		key(col("agency_id", ColumnID)), col("city", ColumnText), col("name", ColumnText),
	}},
	{Name: "assessments", Columns: []Column{
		key(col("institution_id", ColumnID)), key(colInt("year", 1990, 2199)), col("score", ColumnNumber), col("satisfaction", ColumnNumber),
	}},
	{Name: "holds", Columns: []Column{
		key(col("hold_id", ColumnID)), col("institution_id", ColumnID), col("from", ColumnDay), opt(col("until", ColumnDay)),
		col("reason", ColumnText),
	}},
	{Name: RuleParameters, Columns: []Column{
		key(col("parameter_id", ColumnID)), key(col("name", ColumnID)), col("rule", ColumnID), col("value", ColumnText),
		opt(col("city", ColumnText)), col("from", ColumnDay), opt(col("until", ColumnDay)), col("reason", ColumnText),
	}},
	{Name: Policies, Within: [2]string{"from", "until"}, Columns: []Column{
		key(colWord("policy", PolicyNames()...)), key(opt(col("city", ColumnText))), key(col("from", ColumnDay)),
		opt(col("until", ColumnDay)), col("value", ColumnText), col("reason", ColumnText),
	}},
}
