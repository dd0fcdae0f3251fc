package rules

// sliceTables are the tables that a rule may name. What each holds is said in
// store/slice/tables.sql.
var sliceTables = []string{
	"stays", "fees", "orders", "readmissions",
	"equal_fees", "dear_fees", "day_limited_fees", "stay_limited_fees", "over_days_fees",
	"fittings", "refunds", "houses", "patients", "shared_beds", "bed_fees",
	"uncared", "idle_stays", "unattended", "attested",
	"doubted", "unagreed", "suspended_work", "out_of_area",
	"injuries", "unrelated_injuries", "pending_injuries", "late_injuries", "illness_fees",
	"sightings", "emergencies", "deaths", "lengths",
	"supplies", "refills", "oversupplies", "discharge_oversupplies", "split_supplies", "restricted", "uncovered", "over_courses", "drug_pairs", "imaging",
	"inclusions", "bundles", "second_operations", "add_ons", "hours", "care_hours", "nursing_lines", "outside_lines", "absences",
	"overlaps", "visits", "unmeasured",
	"repetitions", "unordered", "overbilled", "stopped", "unreported", "swapped",
	"late_uploads", "incomplete", "changes",
}

// functions are those that a query may call besides the shared ones (cw_…):
// exact, the same for any order of rows, and without a look at the outside.
var functions = set(
	// numbers and logic
	"plus", "minus", "multiply", "negate", "abs", "intDiv", "modulo", "greatest", "least",
	"equals", "notEquals", "less", "lessOrEquals", "greater", "greaterOrEquals",
	"and", "or", "not", "in", "notIn", "if", "multiIf", "ifNull", "coalesce", "isNull", "isNotNull", "assumeNotNull",
	// texts and conversions
	"concat", "toString", "substringUTF8", "startsWith", "toInt32", "toInt64", "toInt128", "toInt256", "toUInt32", "CAST", "substring", "upper",
	"toJSONString", "map", "tuple", "tupleElement", "lambda",
	// arrays
	"arrayReverse", "arrayReverseSort", "arraySplit", "arrayUniq", "arrayFirst", "arrayLast", "arrayCount", "arrayAll",
	"array", "arrayElement", "arrayMap", "arrayFilter", "arrayExists", "arraySort", "arrayConcat",
	"arrayDistinct", "arraySlice", "arrayCumSum", "arraySum", "arrayMin", "arrayMax", "arrayZip", "arrayStringConcat",
	"arrayJoin", "arrayFold", "arrayEnumerate", "arrayEnumerateUniq", "has", "hasAny", "hasAll", "empty", "notEmpty", "length", "range",
	// groups and windows; sums go over toInt128 or stay far below 2^63
	"count", "countIf", "sum", "sumIf", "min", "max", "minIf", "maxIf", "argMin", "argMax", "uniqExact",
	"groupArray", "groupUniqArray", "groupUniqArrayArray", "row_number", "lagInFrame", "leadInFrame",
)

// kinds are the parts of a query, as the engine's tree names them, that a rule
// is made of, besides those that are looked at one by one.
var kinds = set(
	"", "SelectWithUnionQuery", "SelectQuery", "ExpressionList", "Subquery", "WithElement", "Asterisk", "QualifiedAsterisk",
	"TablesInSelectQuery", "TablesInSelectQueryElement", "TableExpression", "TableJoin", "ArrayJoin",
	"OrderByElement", "WindowDefinition", "WindowListElement",
)

// callable are the functions that the engine calls when a name is no column.
var callable = set(
	"now", "today", "curdate", "sysdate", "localtime", "localtimestamp", "utc_timestamp", "utc_date",
	"user", "session_user", "system_user", "schema", "database", "version",
)

// exactTypes are the words of the types that a value may be cast to.
var exactTypes = set(
	"Int8", "Int16", "Int32", "Int64", "Int128", "Int256", "UInt8", "UInt16", "UInt32", "UInt64", "UInt128", "UInt256",
	"String", "Bool", "Date32", "Nullable", "Array", "Tuple",
)

// moneyColumns are the columns of the slice that hold money or prices.
var moneyColumns = set("amount", "unit_price", "price", "cap", "low_cap")

// forbidden are functions that somebody may well reach for, and why not.
var forbidden = map[string]string{
	"divide":         "no division on money or quantities: compare products, or use intDiv",
	"now":            "time is as_of and the presents, never the machine's",
	"now64":          "time is as_of and the presents, never the machine's",
	"today":          "time is as_of and the presents, never the machine's",
	"yesterday":      "time is as_of and the presents, never the machine's",
	"avg":            "no averages: they are floating point",
	"first_value":    "it takes whichever row comes first: use min or max",
	"last_value":     "it takes whichever row comes last: use min or max",
	"generateUUIDv4": "a rule gives the same for the same facts",
	"url":            "a rule sees its slice and nothing else",
	"uniqCombined":   "it is approximate: use uniqExact",
	"uniq":           "it is approximate: use uniqExact",
	"quantile":       "it is approximate",
	"any":            "it takes whichever row comes first: use min or max",
	"anyLast":        "it takes whichever row comes last: use min or max",
	"rand":           "a rule gives the same for the same facts",
	"toFloat64":      "no floating point",
	"toFloat32":      "no floating point",
	"round":          "amounts are rounded once, by cw_product",
	"file":           "a rule sees its slice and nothing else",
	"dictGet":        "a rule sees its slice and nothing else",
	"joinGet":        "a rule sees its slice and nothing else",
	"getSetting":     "a rule sees its slice and nothing else",
}

func set(names ...string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all
}
