package store

import (
	"context"
	"slices"

	"claimwatch"
	"claimwatch/store/slice"
)

// Want says which tables each of the rules to come reads, first the one without
// whose rows it does not run: from now on only what a rule that runs reads is
// written. Without it all are.
func (s *Slice) Want(rules ...[]string) { s.wanted = slices.Concat([][]string{}, rules) }

// reads says whether a rule that runs reads a table.
func (s *Slice) reads(table string) bool {
	return s.wanted == nil || slices.ContainsFunc(s.wanted, func(tables []string) bool {
		return s.filled[tables[0]] && slices.Contains(tables, table)
	})
}

// writings are the tasks that write the tables of a slice; what has no rows is
// left empty. What the columns hold is said in slice/tables.sql.
func (s *Slice) writings(t slice.Tables, houses *slice.Houses) []task {
	var tasks []task
	tables := slices.Concat(personTables(t), gapTables(t), chargeTables(t), togetherTables(t), orderedTables(t), uploadTables(t), houseTables(houses))
	s.filled = map[string]bool{}
	for _, table := range tables {
		s.filled[table.name] = table.rows > 0
	}
	for _, table := range tables {
		if table.rows > 0 && s.reads(table.name) {
			s.written = append(s.written, table.name)
			tasks = append(tasks, func(ctx context.Context, on *DB) error {
				return on.insert(ctx, quoteName(s.name)+"."+table.name, table.columns()...)
			})
		}
	}
	return tasks
}

// filledTable is a table of the slice with so many rows.
type filledTable struct {
	name    string
	rows    int
	columns func() []column
}

// personTables are the tables of rules about persons.
func personTables(t slice.Tables) []filledTable {
	return []filledTable{
		{"fees", len(t.Fees), func() []column { return feeColumns(t.Fees) }},
		{"equal_fees", len(t.Equal), func() []column { return feeColumns(t.Equal) }},
		{"dear_fees", len(t.Dear), func() []column { return feeColumns(t.Dear) }},
		{"day_limited_fees", len(t.DayLimited), func() []column { return feeColumns(t.DayLimited) }},
		{"stay_limited_fees", len(t.StayLimited), func() []column { return feeColumns(t.StayLimited) }},
		{"over_days_fees", len(t.OverDays), func() []column { return feeColumns(t.OverDays) }},
		{"stays", len(t.Stays), func() []column { return stayColumns(t.Stays) }},
		{"orders", len(t.Orders), func() []column { return orderColumns(t.Orders) }},
		{"readmissions", len(t.Readmissions), func() []column { return readmissionColumns(t.Readmissions) }},
		{"doubted", len(t.Doubted), func() []column { return doubtedColumns(t.Doubted) }},
		{"fittings", len(t.Fittings), func() []column { return fittingColumns(t.Fittings) }},
		{"refunds", len(t.Refunded), func() []column { return refundColumns(t.Refunded) }},
		{"unagreed", len(t.Unagreed), func() []column { return unagreedColumns(t.Unagreed) }},
		{"suspended_work", len(t.SuspendedWork), func() []column { return suspendedWorkColumns(t.SuspendedWork) }},
		{"out_of_area", len(t.OutOfArea), func() []column { return outOfAreaColumns(t.OutOfArea) }},
		{"injuries", len(t.Injuries), func() []column { return injuryColumns(t.Injuries) }},
		{"unrelated_injuries", len(t.Unrelated), func() []column { return injuryColumns(t.Unrelated) }},
		{"pending_injuries", len(t.Pending), func() []column { return injuryColumns(t.Pending) }},
		{"late_injuries", len(t.Late), func() []column { return injuryColumns(t.Late) }},
		{"illness_fees", len(t.IllnessFees), func() []column { return illnessColumns(t.IllnessFees) }},
		{"sightings", len(t.Sightings), func() []column { return sightingColumns(t.Sightings) }},
		{"emergencies", len(t.Emergencies), func() []column { return emergencyColumns(t.Emergencies) }},
		{"deaths", len(t.Deaths), func() []column { return deathColumns(t.Deaths) }},
		{"lengths", len(t.Lengths), func() []column { return lengthColumns(t.Lengths) }},
		{"supplies", len(t.Supplies), func() []column { return supplyColumns(t.Supplies) }},
		{"refills", len(t.Refills), func() []column { return supplyColumns(t.Refills) }},
		{"oversupplies", len(t.Oversupplies), func() []column { return oversupplyColumns(t.Oversupplies) }},
		{"discharge_oversupplies", len(t.DischargeOversupplies), func() []column { return oversupplyColumns(t.DischargeOversupplies) }},
		{"split_supplies", len(t.Splits), func() []column { return supplyColumns(t.Splits) }},
		{"restricted", len(t.Restricted), func() []column { return restrictedColumns(t.Restricted) }},
		{"uncovered", len(t.Uncovered), func() []column { return uncoveredColumns(t.Uncovered) }},
		{"over_courses", len(t.OverCourses), func() []column { return overCourseColumns(t.OverCourses) }},
		{"drug_pairs", len(t.DrugPairs), func() []column { return drugPairColumns(t.DrugPairs) }},
		{"imaging", len(t.Imaging), func() []column { return imagingColumns(t.Imaging) }},
	}
}

// of makes a column of what get finds in each row.
func of[R, V any](name, kind string, rows []R, get func(R) V) column {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = get(row)
	}
	return column{name, kind, values}
}

// rowsOf makes columns of rows of one kind.
type rowsOf[R any] []R

func (rows rowsOf[R]) text(name string, get func(R) string) column {
	return of(name, "String", rows, get)
}

func (rows rowsOf[R]) at(name string, get func(R) claimwatch.Instant) column {
	return of(name, "Int64", rows, func(r R) int64 { return int64(get(r)) })
}

func (rows rowsOf[R]) day(name string, get func(R) claimwatch.Day) column {
	return of(name, "Int32", rows, func(r R) int32 { return int32(get(r)) })
}

// optionalDay writes slice.Forever as NULL.
func (rows rowsOf[R]) optionalDay(name string, get func(R) claimwatch.Day) column {
	return of(name, "Nullable(Int32)", rows, func(r R) *int32 {
		day := int32(get(r))
		if claimwatch.Day(day) == slice.Forever {
			return nil
		}
		return &day
	})
}

func (rows rowsOf[R]) number(name string, get func(R) int64) column {
	return of(name, "Int64", rows, get)
}

func (rows rowsOf[R]) optional(name string, get func(R) *int64) column {
	return of(name, "Nullable(Int64)", rows, get)
}

func (rows rowsOf[R]) stay(name string, get func(R) *slice.Stay) column {
	return of(name, "UInt32", rows, func(r R) uint32 { return get(r).Number })
}

func (rows rowsOf[R]) yes(name string, get func(R) bool) column {
	return of(name, "Bool", rows, get)
}

// optionalAt is an instant that may be absent.
func optionalAt(at *claimwatch.Instant) *int64 { return (*int64)(at) }

func feeColumns(fees []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](fees)
	return append(feeItemColumns(fees),
		of("line", "UInt32", fees, func(l line) uint32 { return l.Number }),
		rows.stay("stay", func(l line) *slice.Stay { return l.Stay }),
		rows.yes("inpatient", func(l line) bool { return l.Stay.Inpatient() }),
		rows.text("institution_id", func(l line) string { return l.InstitutionID }),
		rows.text("person_id", func(l line) string { return l.PersonID }),
		rows.text("record_id", func(l line) string { return l.RecordID }),
		rows.at("at", func(l line) claimwatch.Instant { return l.At }),
		rows.day("day", line.Day),
		rows.text("item_code", func(l line) string { return l.ItemCode }),
		rows.text("category", func(l line) string { return l.Category }),
		rows.number("quantity", func(l line) int64 { return l.Quantity }),
		rows.number("unit_price", func(l line) int64 { return l.UnitPrice }),
		rows.number("amount", func(l line) int64 { return l.Amount }),
		rows.text("order_id", func(l line) string { return l.OrderID }),
		rows.text("prescription_id", func(l line) string { return l.PrescriptionID }),
		rows.text("physician_id", func(l line) string { return l.PhysicianID }),
		rows.yes("day_unit", func(l line) bool { return l.DayUnit }),
		of("copies", "UInt32", fees, func(l line) uint32 { return l.Copies }),
		rows.text("kept", func(l line) string { return l.Kept }),
	)
}

// feeItemColumns are what the items of lines say.
func feeItemColumns(fees []*slice.Line) []column {
	type line = *slice.Line
	rows := rowsOf[line](fees)
	none := &slice.Item{}
	item := func(l line) *slice.Item {
		if l.Item == nil {
			return none
		}
		return l.Item
	}
	return []column{
		rows.yes("item_found", func(l line) bool { return l.Item != nil }),
		rows.optional("cap", func(l line) *int64 { return l.Cap }),
		rows.optional("max_per_day", func(l line) *int64 { return item(l).MaxPerDay }),
		rows.optional("max_per_stay", func(l line) *int64 { return item(l).MaxPerStay }),
		rows.yes("in_scope", func(l line) bool { return item(l).InScope }),
		rows.yes("hour_unit", func(l line) bool { return item(l).HourUnit }),
		rows.yes("order_required", func(l line) bool { return item(l).OrderRequired }),
		rows.yes("report_required", func(l line) bool { return item(l).ReportRequired }),
		of("nursing_level", "Nullable(Int32)", fees, func(l line) *int32 { return item(l).NursingLevel }),
	}
}

func orderColumns(orders []*slice.ActiveOrder) []column {
	type order = *slice.ActiveOrder
	rows := rowsOf[order](orders)
	return []column{
		rows.stay("stay", func(o order) *slice.Stay { return o.Stay }),
		rows.text("institution_id", func(o order) string { return o.InstitutionID }),
		rows.text("person_id", func(o order) string { return o.PersonID }),
		rows.text("record_id", func(o order) string { return o.RecordID }),
		rows.at("at", func(o order) claimwatch.Instant { return o.At }),
		rows.at("until", func(o order) claimwatch.Instant { return o.Until }),
		rows.yes("open_ended", func(o order) bool { return o.OpenEnded }),
		rows.text("class", func(o order) string { return o.Class }),
		rows.text("item_code", func(o order) string { return o.ItemCode }),
		rows.optional("quantity", func(o order) *int64 { return o.Quantity }),
		rows.optional("times_per_day", func(o order) *int64 { return o.TimesPerDay }),
		of("days", "Nullable(Int32)", orders, func(o order) *int32 { return o.Days }),
		of("nursing_level", "Nullable(Int32)", orders, func(o order) *int32 { return o.NursingLevel }),
		rows.text("physician_id", func(o order) string { return o.PhysicianID }),
	}
}

// The tuples of arrays, in the order in which readmissionColumns fill them.
const (
	namedType = "Array(Tuple(kind String, record_id String, at Int64))"
	againType = "Array(Tuple(at Int64, record_id String, category String, item_code String, amount Int64, again Bool))"
)

func readmissionColumns(pairs []*slice.Readmission) []column {
	type pair = *slice.Readmission
	rows := rowsOf[pair](pairs)
	return []column{
		rows.stay("stay", func(p pair) *slice.Stay { return p.Later }),
		rows.text("institution_id", func(p pair) string { return p.Later.InstitutionID }),
		rows.at("admitted_at", func(p pair) claimwatch.Instant { return p.Later.AdmittedAt }),
		rows.at("discharged_at", func(p pair) claimwatch.Instant { return *p.Earlier.DischargedAt }),
		of("days_between", "Int32", pairs, pair.DaysBetween),
		rows.number("time_between", pair.TimeBetween),
		rows.yes("other_department", pair.OtherDepartment),
		rows.yes("same_physician", pair.SamePhysician),
		rows.yes("same_bed", pair.SameBed),
		of("named", namedType, pairs, func(p pair) [][]any {
			return tuples(p.Named(), namedTuple)
		}),
		of("fees", againType, pairs, func(p pair) [][]any {
			return tuples(p.Fees, func(f slice.RepeatFee) []any {
				return []any{int64(f.At), f.RecordID, f.Category, f.ItemCode, f.Amount, f.Again}
			})
		}),
	}
}

func namedTuple(n slice.NamedRecord) []any { return []any{n.Kind.String(), n.RecordID, int64(n.At)} }

// tuples makes an array of tuples.
func tuples[V any](values []V, tuple func(V) []any) [][]any {
	list := make([][]any, len(values))
	for i, v := range values {
		list[i] = tuple(v)
	}
	return list
}
