package store

import (
	"context"
	"fmt"
	"strconv"

	"claimwatch"
)

// HouseMonth is what an institution sent, charged and treated in a calendar month.
type HouseMonth struct {
	InstitutionID string
	Month         int // 202601
	// Received in the month in their first revision: records of all kinds, the
	// admissions and fees among them, and those of these that came later than the limit.
	Records, Timed, Late int
	// Charged to the fund for services of the month, refunds on their own day.
	Charged claimwatch.Fen
	Stays   int // inpatient and rehab, admitted in the month
	// Inpatient and rehab stays that were discharged in the month, their local days
	// (at least 1 each) and what they were charged in all, of it for drugs.
	Discharged, StayDays int
	StayCost, StayDrugs  claimwatch.Fen
}

// PhysicianMonth is what a physician is named by in the fees of an institution.
type PhysicianMonth struct {
	InstitutionID, PhysicianID string
	Month                      int
	Stays                      int // visit numbers of which these fees began in the month
	Charged                    claimwatch.Fen
}

// Figures are the sums behind pages about institutions and physicians.
type Figures struct {
	Houses     []HouseMonth // in no order, one entry for each source of its numbers
	Physicians []PhysicianMonth
	// Physicians of findings that stand: those named by the violating fees and orders.
	Blamed []Blamed
}

// Blamed says that a violating line of a finding names a physician.
type Blamed struct{ FindingID, InstitutionID, PhysicianID string }

// liveFees are the newest revisions of the fees of a range of persons that charge the
// fund: institution_id and n of moment, month, physician, amount, drug, person, stay.
const liveFees = `(SELECT institution_id, argMax(tuple(cancelled OR ifNull(self_pay, false), toUnixTimestamp64Milli(occurred_at), toUInt32(toYYYYMM(occurred_at)),
			physician_id, amount, category = 'drug', person_id, stay_id), (revision, -log_offset, -log_index)) AS n
		FROM fees WHERE person_key >= {first:UInt64} AND person_key <= {last:UInt64} GROUP BY institution_id, record_id
		HAVING NOT n.1 AND n.2 <= {as_of:Int64})`

// movesOf are the newest live admissions or discharges of the same persons.
func movesOf(kind claimwatch.Kind) string {
	return `(SELECT institution_id, argMax(tuple(cancelled, occurred_at, person_id, stay_id, class), (revision, -log_offset, -log_index)) AS n
		FROM movements WHERE kind = '` + kind.String() + `' AND xxHash64(person_id) >= {first:UInt64} AND xxHash64(person_id) <= {last:UInt64}
		GROUP BY institution_id, record_id HAVING NOT n.1 AND toUnixTimestamp64Milli(n.2) <= {as_of:Int64})`
}

// Receptions say what counts of the times at which records were received.
type Receptions struct {
	// Late is how long an admission or a fee may take from the bedside to its first
	// reception, in milliseconds.
	Late int64
	// Ignored: history is read in under the event clock, so that receptions are of
	// another time than all else. Nothing is late, and records count when they happened.
	Ignored bool
}

// Figures sums up every institution and physician by month, with records that happened
// up to asOf. It reads all fees and movements once, in parts by
// person, and narrow columns of the other facts: callers keep what it gives.
func (db *DB) Figures(ctx context.Context, asOf claimwatch.Instant, r Receptions) (f Figures, err error) {
	var rows uint64
	if err := db.QueryRow(ctx, "SELECT count() FROM fees").Scan(&rows); err != nil {
		return f, fmt.Errorf("count fees: %w", err)
	}
	parts := rows/rowsAtOnce + 1
	for part := range parts {
		first, last := personKeys(part, parts)
		within := []any{named("first", first), named("last", last), named("as_of", millis(asOf))}
		if err := db.figuresOf(ctx, &f, within); err != nil {
			return f, fmt.Errorf("sum up fees: %w", err)
		}
	}
	if err := db.fittedByMonth(ctx, asOf, &f); err != nil {
		return f, fmt.Errorf("sum up fittings: %w", err)
	}
	if err := db.receivedByMonth(ctx, r, &f); err != nil {
		return f, fmt.Errorf("count receptions: %w", err)
	}
	f.Blamed, err = db.blamed(ctx)
	return f, wrap("read physicians of findings", err)
}

// figuresOf adds a part of the persons.
func (db *DB) figuresOf(ctx context.Context, f *Figures, within []any) error {
	var p PhysicianMonth
	var month uint32
	var stays, charged int64
	readFees := func() error {
		p.Month, p.Stays, p.Charged = int(month), int(stays), claimwatch.Fen(charged)
		if p.PhysicianID != "" {
			f.Physicians = append(f.Physicians, p)
		}
		f.Houses = append(f.Houses, HouseMonth{InstitutionID: p.InstitutionID, Month: p.Month, Charged: p.Charged})
		return nil
	}
	err := db.each(ctx, readFees, []any{&p.InstitutionID, &month, &p.PhysicianID, &stays, &charged}, `
		SELECT institution_id, month, physician, toInt64(countIf(month = begun)), sum(charged) FROM (
			SELECT *, min(month) OVER (PARTITION BY institution_id, physician, person, stay) AS begun FROM (
				SELECT institution_id, n.3 AS month, n.4 AS physician, n.7 AS person, n.8 AS stay, sum(n.5) AS charged FROM `+liveFees+` GROUP BY ALL))
		GROUP BY institution_id, month, physician`, within...)
	if err != nil {
		return err
	}
	var h HouseMonth
	var admitted int64
	readStays := func() error {
		f.Houses = append(f.Houses, HouseMonth{InstitutionID: h.InstitutionID, Month: int(month), Stays: int(admitted)})
		return nil
	}
	err = db.each(ctx, readStays, []any{&h.InstitutionID, &month, &admitted}, `
		SELECT institution_id, toUInt32(toYYYYMM(at)), toInt64(count()) FROM (
			SELECT institution_id, n.3, n.4, min(n.2) AS at FROM `+movesOf(claimwatch.Admission)+` WHERE n.5 != 'outpatient' GROUP BY ALL)
		GROUP BY ALL`, within...)
	if err != nil {
		return err
	}
	var ended, days, cost, drugs int64
	readEnds := func() error {
		f.Houses = append(f.Houses, HouseMonth{
			InstitutionID: h.InstitutionID, Month: int(month), Discharged: int(ended), StayDays: int(days),
			StayCost: claimwatch.Fen(cost), StayDrugs: claimwatch.Fen(drugs),
		})
		return nil
	}
	return db.each(ctx, readEnds, []any{&h.InstitutionID, &month, &ended, &days, &cost, &drugs}, dischargedStays, within...)
}

// dischargedStays are the stays that ended, by the month of their discharge.
var dischargedStays = `
		SELECT institution_id, toUInt32(toYYYYMM(ended)) AS month, toInt64(count()), toInt64(sum(greatest(1, dateDiff('day', toDate(begun), toDate(ended))))),
			toInt64(sum(cost)), toInt64(sum(drugs))
		FROM (SELECT institution_id, n.3 AS person, n.4 AS stay, min(n.2) AS begun FROM ` + movesOf(claimwatch.Admission) + ` WHERE n.5 != 'outpatient' GROUP BY ALL) AS a
		INNER JOIN (SELECT institution_id, n.3 AS person, n.4 AS stay, max(n.2) AS ended FROM ` + movesOf(claimwatch.Discharge) + ` GROUP BY ALL) AS d
			USING (institution_id, person, stay)
		LEFT JOIN (SELECT institution_id, n.7 AS person, n.8 AS stay, sum(n.5) AS cost, sumIf(n.5, n.6) AS drugs FROM ` + liveFees + ` GROUP BY ALL) AS f
			USING (institution_id, person, stay)
		GROUP BY ALL`

// fittedByMonth adds what was charged for devices.
func (db *DB) fittedByMonth(ctx context.Context, asOf claimwatch.Instant, f *Figures) error {
	var h HouseMonth
	var month uint32
	var charged int64
	read := func() error {
		h.Month, h.Charged = int(month), claimwatch.Fen(charged)
		f.Houses = append(f.Houses, h)
		return nil
	}
	return db.each(ctx, read, []any{&h.InstitutionID, &month, &charged}, `
		SELECT institution_id, n.3, sum(n.4) FROM (
			SELECT institution_id, argMax(tuple(cancelled, toUnixTimestamp64Milli(occurred_at), toUInt32(toYYYYMM(occurred_at)), amount),
				(revision, -log_offset, -log_index)) AS n
			FROM device_fittings GROUP BY institution_id, record_id HAVING NOT n.1 AND n.2 <= {as_of:Int64})
		GROUP BY ALL`, named("as_of", millis(asOf)))
}

// receivedByMonth adds how many records came in, and how many were late.
func (db *DB) receivedByMonth(ctx context.Context, r Receptions, f *Figures) error {
	at := "received_at"
	if r.Ignored {
		at = "occurred_at"
	}
	for _, kind := range claimwatch.Kinds() {
		var h HouseMonth
		var month uint32
		var records, timed, tardy int64
		read := func() error {
			h.Month, h.Records, h.Timed, h.Late = int(month), int(records), int(timed), int(tardy)
			f.Houses = append(f.Houses, h)
			return nil
		}
		err := db.each(ctx, read, []any{&h.InstitutionID, &month, &records, &timed, &tardy}, `
			SELECT institution_id, toUInt32(toYYYYMM(`+at+`)), toInt64(uniqExact(xxHash64(record_id))),
				toInt64(uniqExactIf(xxHash64(record_id), `+isTimed(kind)+`)), toInt64(uniqExactIf(xxHash64(record_id), `+isTimed(kind)+` AND
					toUnixTimestamp64Milli(`+at+`) - toUnixTimestamp64Milli(occurred_at) > {late:Int64}))
			FROM `+factTable(kind)+` WHERE revision = 1 GROUP BY ALL`, named("late", r.Late))
		if err != nil {
			return err
		}
	}
	return nil
}

// isTimed is a condition that is true of admissions and fees: they are those that
// DAT-001 speaks of, the others are planned or written afterwards.
func isTimed(kind claimwatch.Kind) string {
	return strconv.FormatBool(kind == claimwatch.Admission || kind == claimwatch.Fee)
}

// blamed joins the violating lines of findings that stand with the fees and orders.
func (db *DB) blamed(ctx context.Context) (list []Blamed, err error) {
	var b Blamed
	read := func() error { list = append(list, b); return nil }
	err = db.each(ctx, read, []any{&b.FindingID, &b.InstitutionID, &b.PhysicianID}, `
		SELECT DISTINCT id, r.institution_id, r.physician_id FROM (
			SELECT institution_id, concat('fee|', institution_id, '|', record_id) AS line, physician_id FROM fees WHERE physician_id != ''
			UNION ALL SELECT institution_id, concat('order|', institution_id, '|', record_id), physician_id FROM orders WHERE physician_id != '') AS r
		INNER JOIN (SELECT id, arrayJoin(lines) AS line FROM (SELECT finding_ids, violating`+FindingQuery{}.currentRows()+`)
			ARRAY JOIN finding_ids AS id, violating AS lines) AS v USING (line)`)
	return list, err
}
