package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"claimwatch"
)

// RetractedMode says whether findings count that no longer stand.
type RetractedMode uint8

// The modes of FindingQuery.
const (
	WithoutRetracted RetractedMode = iota
	WithRetracted
	OnlyRetracted
)

// FindingSort is the order of a list of findings.
type FindingSort uint8

// The orders of FindingQuery; equal ones go by id.
const (
	ByID      FindingSort = iota
	ByAmount              // greatest first
	ByFrom                // newest first, those without from last
	ByRevised             // newest first
)

// FindingQuery filters findings; empty members do not filter.
type FindingQuery struct {
	InstitutionID, PersonID, StayID string
	Rule                            string
	Severity                        claimwatch.Severity
	From, Until                     *claimwatch.Instant // those whose [from, until] meets [From, Until)
	MinAmount                       *claimwatch.Fen
	Suppressed                      *bool // whether a whitelist row applies
	IDs                             []string
	// PhysicianID and ItemCode are those of one violating line: a fee, an order, or
	// with an item alone a fitting; of the institution LinesOf unless it is empty.
	PhysicianID, ItemCode, LinesOf string
	Retracted                      RetractedMode
	Sort                           FindingSort
	Limit                          int // default 100, at most 1,000
	Cursor                         string
}

// findingKey is the sort key of a page.
type findingKey struct {
	Rank int64
	ID   string
}

// ranks are what each order compares first, always descending.
func (s FindingSort) rank() string {
	switch s {
	case ByAmount:
		return "amount"
	case ByFrom:
		return "ifNull(toUnixTimestamp64Milli(from_at), -9000000000000000)"
	case ByRevised:
		return "toUnixTimestamp64Milli(revised)"
	default:
		return "toInt64(0)"
	}
}

// Findings lists findings as they are held now. It reads narrow columns to
// choose a page and the findings themselves only for that page. A finding that
// goes away between the two is left out. next is empty on the last page.
func (db *DB) Findings(ctx context.Context, q FindingQuery) (items []claimwatch.Held, next string, err error) {
	where, err := q.conditions()
	if err != nil {
		return nil, "", err
	}
	limit := page(q.Limit)
	where.args = append(where.args, named("limit", limit+1))
	var ids []string
	var keys []uint64
	var last findingKey
	var id string
	var scope uint64
	var rank int64
	read := func() error {
		if len(ids) == limit {
			next = writeCursor(last)
			return nil
		}
		ids, keys = append(ids, id), append(keys, scope)
		last = findingKey{rank, id}
		return nil
	}
	err = db.each(ctx, read, []any{&id, &scope, &rank}, "SELECT id, scope_key, rank FROM ("+q.rows(where.clause())+") "+where.clause()+`
		ORDER BY rank DESC, id LIMIT 1 BY id LIMIT {limit:UInt32}`, where.args...)
	if err != nil {
		return nil, "", fmt.Errorf("list findings: %w", err)
	}
	held, err := db.held(ctx, keys, ids)
	if err != nil {
		return nil, "", fmt.Errorf("read findings: %w", err)
	}
	for _, id := range ids {
		one, ok := held[id]
		if !ok || (one.Retracted != nil && q.Retracted == WithoutRetracted) || (one.Retracted == nil && q.Retracted == OnlyRetracted) {
			continue
		}
		items = append(items, one)
	}
	return items, next, nil
}

// searchable are the arrays that findings are chosen by, with the name that one
// element of each has in conditions.
var searchable = [...][2]string{
	{"rule", "rules"},
	{"severity", "severities"},
	{"institution", "institutions"},
	{"person", "persons"},
	{"stay", "stays"},
	{"from_at", "froms"},
	{"until_at", "untils"},
	{"amount", "amounts"},
	{"suppressed", "suppressions"},
	{"revised", "revised_at"},
	{"opened", "opened_at"},
	{"violating_lines", "violating"},
}

// currentRows chooses the row of each scope that counts. Scopes that never had
// a finding are left out first, by one narrow column.
func (q FindingQuery) currentRows() string {
	return ` FROM finding_sets WHERE scope_key IN (SELECT scope_key FROM finding_sets WHERE notEmpty(finding_ids)` + q.scopes() + `)
	ORDER BY scope_key, scope, ` + newestFirst + ` LIMIT 1 BY scope_key, scope`
}

// scopes leaves out the scopes that cannot hold what is asked for: what is
// found about a person is in the person's own set or in one of an institution.
func (q FindingQuery) scopes() string {
	if q.PersonID == "" {
		return ""
	}
	key := strconv.FormatUint(scopeKey(claimwatch.PersonScope(q.PersonID)), 10)
	return " AND (scope_key = " + key + " OR startsWith(scope, 'inst:'))"
}

// rows is the query of all findings of the mode with a rank and the columns
// that the conditions name, no others: a page is chosen among all findings.
// With retracted ones, each finding that was ever taken back stands as in the
// last set that had it.
func (q FindingQuery) rows(where string) string {
	names, arrays, joins := []string{"id", "scope_key"}, []string{"scope_key", "finding_ids"}, []string{"finding_ids AS id"}
	for _, column := range searchable {
		if strings.Contains(where, column[0]) || strings.Contains(q.Sort.rank(), column[0]) {
			names, arrays = append(names, column[0]), append(arrays, column[1])
			joins = append(joins, column[1]+" AS "+column[0])
		}
	}
	list, join := strings.Join(arrays, ", "), " ARRAY JOIN "+strings.Join(joins, ", ")
	columns := "SELECT " + strings.Join(names, ", ") + ", " + q.Sort.rank() + " AS rank, "
	if q.Retracted == WithoutRetracted {
		return columns + "true AS stands FROM (SELECT " + list + q.currentRows() + ")" + join
	}
	read := columns + "stands FROM "
	only := ""
	if q.Retracted == OnlyRetracted {
		only = "NOT stands AND "
	}
	return read + `(SELECT ` + strings.Join(names, ", ") + `, stands FROM (
			SELECT ` + list + `, touched_offset, epoch, evaluated_at, (scope_key, scope, touched_offset, epoch, evaluated_at) IN (
				SELECT scope_key, scope, touched_offset, epoch, evaluated_at` + q.currentRows() + `) AS stands
			FROM finding_sets WHERE notEmpty(finding_ids)` + q.scopes() + `)` + join + `
		ORDER BY id, ` + newestFirst + ` LIMIT 1 BY id) WHERE ` + only + `(stands OR (scope_key, id) IN (
			SELECT scope_key, changed FROM finding_sets ARRAY JOIN changed_ids AS changed, changes AS change WHERE change = 'retracted'))`
}

// conditions are the filters on the columns of rows.
func (q FindingQuery) conditions() (where conditions, err error) {
	where.text("institution = {institution:String}", "institution", q.InstitutionID)
	where.text("person = {person:String}", "person", q.PersonID)
	where.text("stay = {stay:String}", "stay", q.StayID)
	where.text("rule = {rule:String}", "rule", q.Rule)
	where.text("severity = {severity:String}", "severity", string(q.Severity))
	where.instant("ifNull(until_at, ifNull(from_at, fromUnixTimestamp64Milli({from:Int64}))) >= fromUnixTimestamp64Milli({from:Int64})", "from", q.From)
	where.instant("ifNull(from_at < fromUnixTimestamp64Milli({until:Int64}), true)", "until", q.Until)
	if q.MinAmount != nil {
		where.add("amount >= {least:Int64}", named("least", int64(*q.MinAmount)))
	}
	if q.Suppressed != nil {
		where.add("notEmpty(suppressed) = {whitelisted:Bool}", named("whitelisted", *q.Suppressed))
	}
	q.ofLines(&where)
	if q.IDs != nil {
		where.add("id IN {ids:Array(String)}", named("ids", q.IDs))
	}
	var after findingKey
	if ok, err := readCursor(q.Cursor, &after); err != nil {
		return where, err
	} else if ok {
		where.add("(rank < {rank:Int64} OR (rank = {rank:Int64} AND id > {after:String}))",
			named("rank", after.Rank), named("after", after.ID))
	}
	return where, nil
}

// ofLines is the condition on violating lines. It reads the records by narrow columns,
// any revision: who was named once is a case of theirs.
func (q FindingQuery) ofLines(where *conditions) {
	if q.PhysicianID == "" && q.ItemCode == "" {
		return
	}
	var of conditions
	of.text("physician_id = {physician:String}", "physician", q.PhysicianID)
	of.text("item_code = {item:String}", "item", q.ItemCode)
	of.text("institution_id = {lines_of:String}", "lines_of", q.LinesOf)
	kinds := []claimwatch.Kind{claimwatch.Fee, claimwatch.Order}
	if q.PhysicianID == "" {
		kinds = append(kinds, claimwatch.DeviceFitting)
	}
	var reads []string
	for _, kind := range kinds {
		reads = append(reads, "SELECT concat('"+kind.String()+"|', institution_id, '|', record_id) FROM "+factTable(kind)+" "+of.clause())
	}
	where.add("arrayExists(l -> l IN ("+strings.Join(reads, " UNION ALL ")+"), violating_lines)", of.args...)
}

// AllFacts gives the id, the facts hash and the whitelist row, empty for none, of
// every finding that stands, in order of the ids: what a digest is made of.
func (db *DB) AllFacts(ctx context.Context, yield func(findingID, facts, suppressedBy string) error) error {
	var id, facts, suppressed string
	err := db.each(ctx, func() error { return yield(id, facts, suppressed) }, []any{&id, &facts, &suppressed}, `
		SELECT id, fact, suppressed FROM (
			SELECT finding_ids, facts, suppressions FROM finding_sets
			WHERE scope_key IN (SELECT scope_key FROM finding_sets WHERE notEmpty(finding_ids))
			ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope)
		ARRAY JOIN finding_ids AS id, facts AS fact, suppressions AS suppressed ORDER BY id LIMIT 1 BY id`)
	if err != nil {
		return fmt.Errorf("read facts of findings: %w", err)
	}
	return nil
}
