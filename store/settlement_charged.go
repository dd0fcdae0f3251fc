package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
)

// ChargedQuery asks for the lines of an institution that a settlement may change.
type ChargedQuery struct {
	InstitutionID string
	AsOf          claimwatch.Instant
	// Open is the first instant of the months that are not closed, Until the end of
	// the settled one. Every line of [Open, Until) is given.
	Open, Until claimwatch.Instant
	// Spans are those in which service dates or admissions may be treated otherwise
	// (suspensions, holds): every line of them is given, and who admits is read.
	Spans []claimwatch.Interval
	// Lines are given too, as far as they exist, of whatever month.
	Lines []ChargedID
}

// ChargedID names a line of the institution.
type ChargedID struct {
	Kind     claimwatch.Kind
	RecordID string
}

// ChargedLine is a line as it is charged now, net of refunds, and what closed
// settlements have posted of it.
type ChargedLine struct {
	ChargedID
	PersonID, StayID string
	OccurredAt       claimwatch.Instant
	Net              claimwatch.Fen
	AdmittedAt       *claimwatch.Instant // with Spans only; nil without an admission
	Class            string              // likewise
	Booked           string              // month under which it was settled, empty when it was not
	Settled          SettledParts
}

// Charged gives every line of which the net amount is not what closed settlements
// have posted, and those asked for. A line that is not among them is of before Open,
// and all of it was approved and still is charged; or it is of after Until and
// nobody has settled it. Net is as in rules.md 1.7: a
// refund counts when it names a live line, no refund itself, of the same person and
// stay; self-pay is no charge to the fund.
func (db *DB) Charged(ctx context.Context, q ChargedQuery) ([]ChargedLine, error) {
	stays, err := db.admissions(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read admissions of %s: %w", q.InstitutionID, err)
	}
	lines, err := db.charged(ctx, q, "(month != '' OR at < {until:Int64}) AND (at >= {open:Int64} OR net != claimed OR approved != claimed"+
		q.within()+")", named("until", millis(q.Until)), named("open", millis(q.Open)), named("stays", q.admittedWithin(stays)))
	if err != nil {
		return nil, fmt.Errorf("read charges of %s: %w", q.InstitutionID, err)
	}
	known := make(map[ChargedID]bool, len(lines))
	for i := range lines {
		known[lines[i].ChargedID] = true
	}
	var missing []string
	for _, id := range q.Lines {
		if !known[id] {
			missing = append(missing, strconv.Itoa(int(id.Kind))+"|"+id.RecordID)
		}
	}
	for part := range slices.Chunk(missing, lookupAtOnce) {
		more, err := db.charged(ctx, q, "concat(toString(kind), '|', record_id) IN {ids:Array(String)}", named("ids", part))
		if err != nil {
			return nil, fmt.Errorf("read %d charges of %s: %w", len(part), q.InstitutionID, err)
		}
		lines = append(lines, more...)
	}
	for i := range lines {
		if stay, ok := stays[admittedStay{lines[i].PersonID, lines[i].StayID}]; ok {
			lines[i].AdmittedAt, lines[i].Class = &stay.at, stay.class
		}
	}
	return lines, nil
}

// within is the condition of lines in the spans.
func (q *ChargedQuery) within() string {
	var out strings.Builder
	for _, span := range q.Spans {
		fmt.Fprintf(&out, " OR at >= %d AND at < %d", millis(span.From), millis(span.Until))
	}
	out.WriteString(" OR stay != '' AND stay IN {stays:Array(String)}")
	return out.String()
}

type admittedStay struct{ person, stay string }

type admitted struct {
	at    claimwatch.Instant
	class string
}

// admittedWithin are the visit numbers of stays that were admitted in the spans.
func (q *ChargedQuery) admittedWithin(stays map[admittedStay]*admitted) []string {
	numbers := []string{}
	for stay, a := range stays {
		if slices.ContainsFunc(q.Spans, func(s claimwatch.Interval) bool { return s.Contains(a.at) }) {
			numbers = append(numbers, stay.stay)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// charged reads lines with a condition on kind, record_id, stay, at, net and what
// was settled.
func (db *DB) charged(ctx context.Context, q ChargedQuery, having string, args ...any) (lines []ChargedLine, err error) {
	var line ChargedLine
	var kind uint8
	var at, net int64
	read := func() error {
		line.Kind, line.OccurredAt, line.Net = claimwatch.Kind(kind), claimwatch.Instant(at), claimwatch.Fen(net)
		lines = append(lines, line)
		return nil
	}
	s := &line.Settled
	err = db.each(ctx, read, []any{
		&kind, &line.RecordID, &line.PersonID, &line.StayID, &at, &net, &line.Booked,
		&s.Claimed, &s.Rejected, &s.NotPayable, &s.OnHold, &s.Approved,
	}, `
		SELECT kind, record_id, max(person_id) AS person, max(stay_id) AS stay, max(occurred) AS at, sum(amount) AS net,
			max(booked) AS month, sum(c) AS claimed, sum(r) AS rejected, sum(n) AS not_payable, sum(h) AS on_hold, sum(a) AS approved
		FROM (
			SELECT kind, record_id, person_id, stay_id, occurred, amount, '' AS booked,
				toInt64(0) AS c, toInt64(0) AS r, toInt64(0) AS n, toInt64(0) AS h, toInt64(0) AS a
			FROM (`+netFees+` UNION ALL `+netFittings+`) WHERE amount > 0 AND occurred <= {as_of:Int64}
			UNION ALL
			SELECT kind, record_id, person_id, stay_id, toInt64(0), toInt64(0), month, claimed, rejected, not_payable, on_hold, approved
			FROM (`+settledLines+`))
		GROUP BY kind, record_id HAVING `+having+` ORDER BY kind, record_id`,
		append(args, named("institution", q.InstitutionID), named("as_of", millis(q.AsOf)),
			named("fee", uint8(claimwatch.Fee)), named("fitting", uint8(claimwatch.DeviceFitting)))...)
	return lines, err
}

const (
	// netFees are the live fees of an institution with their refunds. Visit numbers
	// tell its persons, by whom the tables of facts are sorted.
	netFees = `
			SELECT {fee:UInt8} AS kind, target AS record_id, line.1 AS person_id, line.2 AS stay_id, line.3 AS occurred,
				line.4 + arraySum(back -> if(back.1 = line.1 AND back.2 = line.2, back.3, 0), refunds) AS amount
			FROM (
				SELECT if(newest.6 = '', record_id, newest.6) AS target, countIf(newest.6 = '') AS there,
					anyIf((newest.1, newest.2, newest.3, newest.5), newest.6 = '') AS line,
					groupArrayIf((newest.1, newest.2, newest.5), newest.6 != '') AS refunds
				FROM (
					SELECT record_id, argMax((person_id, stay_id, toUnixTimestamp64Milli(occurred_at), cancelled, amount, reverses,
						ifNull(self_pay, false)), (revision, -log_offset, -log_index)) AS newest
					FROM fees WHERE institution_id = {institution:String} AND person_key IN (
						SELECT xxHash64(person_id) FROM visit_numbers WHERE institution_id = {institution:String} AND kind = {fee:UInt8})
					GROUP BY record_id)
				WHERE NOT newest.4 AND NOT newest.7 AND newest.3 <= {as_of:Int64}
				GROUP BY target)
			WHERE there > 0`
	netFittings = `
			SELECT {fitting:UInt8} AS kind, record_id, newest.1 AS person_id, newest.2 AS stay_id, newest.3 AS occurred, newest.5 AS amount
			FROM (
				SELECT record_id, argMax((person_id, stay_id, toUnixTimestamp64Milli(occurred_at), cancelled, amount),
					(revision, -log_offset, -log_index)) AS newest
				FROM device_fittings WHERE institution_id = {institution:String} GROUP BY record_id)
			WHERE NOT newest.4`
	// settledLines are what closed settlements have posted; a proposal's rows may stand
	// there twice.
	settledLines = `
			SELECT kind, record_id, person_id, stay_id, month, claimed, rejected, not_payable, on_hold, approved
			FROM settlement_lines WHERE institution_id = {institution:String} AND proposal IN (
				SELECT proposal FROM settlements WHERE institution_id = {institution:String})
			ORDER BY proposal, kind, record_id LIMIT 1 BY proposal, kind, record_id`
)

// admissions gives when stays began and of which class they are: of several live
// admissions the first (rules.md 1.3). Nobody needs them without spans.
func (db *DB) admissions(ctx context.Context, q ChargedQuery) (map[admittedStay]*admitted, error) {
	stays := map[admittedStay]*admitted{}
	if len(q.Spans) == 0 {
		return stays, nil
	}
	var key admittedStay
	var at int64
	var class string
	read := func() error {
		stays[key] = &admitted{claimwatch.Instant(at), class}
		return nil
	}
	err := db.each(ctx, read, []any{&key.person, &key.stay, &at, &class}, `
		SELECT newest.1 AS person, newest.2 AS stay, min(newest.3) AS at, argMin(newest.5, (newest.3, record_id)) AS class FROM (
			SELECT record_id, argMax((person_id, stay_id, toUnixTimestamp64Milli(occurred_at), cancelled, class),
				(revision, -log_offset, -log_index)) AS newest
			FROM admissions WHERE institution_id = {institution:String} AND person_key IN (
				SELECT xxHash64(person_id) FROM visit_numbers WHERE institution_id = {institution:String} AND kind = {kind:UInt8})
			GROUP BY record_id)
		WHERE NOT newest.4 AND newest.3 <= {as_of:Int64} GROUP BY person, stay`,
		named("institution", q.InstitutionID), named("kind", uint8(claimwatch.Admission)), named("as_of", millis(q.AsOf)))
	return stays, err
}

// DeclaredClaim is what an institution declared for a stay and month.
type DeclaredClaim struct {
	PersonID, StayID string
	Amount           claimwatch.Fen
	Lines            int
}

// Declared gives the last live claim record of each stay of an institution and month,
// as rule DAT-002 reads it: one that was sent again under another record_id replaces
// the one before.
func (db *DB) Declared(ctx context.Context, institution, month string, asOf claimwatch.Instant) (list []DeclaredClaim, err error) {
	var claim DeclaredClaim
	var amount, lines int64
	read := func() error {
		claim.Amount, claim.Lines = claimwatch.Fen(amount), int(lines)
		list = append(list, claim)
		return nil
	}
	err = db.each(ctx, read, []any{&claim.PersonID, &claim.StayID, &amount, &lines}, `
		SELECT newest.1 AS person, newest.2 AS stay, argMax(newest.5, (newest.3, record_id)) AS amount,
			argMax(toInt64(newest.6), (newest.3, record_id)) AS lines
		FROM (
			SELECT record_id, argMax((person_id, stay_id, occurred_at, cancelled, declared_amount, line_count, month),
				(revision, -log_offset, -log_index)) AS newest
			FROM claims WHERE institution_id = {institution:String} AND person_key IN (
				SELECT xxHash64(person_id) FROM visit_numbers WHERE institution_id = {institution:String} AND kind = {kind:UInt8})
			GROUP BY record_id)
		WHERE NOT newest.4 AND newest.7 = {month:String} AND newest.3 <= fromUnixTimestamp64Milli({as_of:Int64})
		GROUP BY person, stay ORDER BY stay, person`,
		named("institution", institution), named("kind", uint8(claimwatch.Claim)), named("month", month), named("as_of", millis(asOf)))
	return list, wrap("read declared claims", err)
}

// SettledTotal adds up what closed settlements of an institution have posted.
func (db *DB) SettledTotal(ctx context.Context, institution string) (total SettledParts, err error) {
	err = db.QueryRow(ctx, `
		SELECT sum(claimed), sum(rejected), sum(not_payable), sum(on_hold), sum(approved) FROM (`+settledLines+`)`,
		named("institution", institution)).Scan(&total.Claimed, &total.Rejected, &total.NotPayable, &total.OnHold, &total.Approved)
	return total, wrap("add up settled lines", err)
}
