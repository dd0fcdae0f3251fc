package store

import (
	"context"
	"strings"
	"time"

	"claimwatch"
)

// Delays are how long records of an institution took from the bedside to their first
// reception, by kind, by day of the reception, or of all kinds and days.
type Delays struct {
	Kind        string         // empty: of admissions and fees together
	Day         claimwatch.Day // 0: of every day
	Records     int
	Median, P95 int64 // milliseconds
	Late        int   // longer than the limit
}

// UploadDay is what came of an institution's uploads on a day.
type UploadDay struct {
	Day                                   claimwatch.Day
	Uploads, Accepted, Duplicate, Refused int
}

// RefusedCode counts quarantined records of a code.
type RefusedCode struct {
	Code    string
	Records int
}

// Gaps are what is missing in the records of an institution.
type Gaps struct {
	Open, OpenSilent           int // stays not discharged; without any fee within three days
	Discharged, NoFrontPage    int // three days ago or more
	Charged, NoAdmission       int // visit numbers with fees, devices aside
	Fees, NoOrder, NoPhysician int
	StayDays, DaysWithoutFee   int // local days of inpatient stays up to yesterday
}

// UploadHealth is how an institution has sent its records within an interval.
type UploadHealth struct {
	Days   []UploadDay
	Codes  []RefusedCode
	Delays []Delays
	Times  []claimwatch.Instant // of uploads, in order
	Gaps   Gaps
}

// UploadHealth reads the receipts, the quarantine and the facts of one institution
// received within an interval, and what is missing of what happened within another.
// Without receptions nothing is said of delays. Facts are
// sorted by person: the persons of the institution's visit numbers choose what is read.
func (db *DB) UploadHealth(ctx context.Context, institution string, received, happened claimwatch.Interval, r Receptions) (h UploadHealth, err error) {
	of := func(within claimwatch.Interval) []any {
		return []any{named("institution", institution), named("from", millis(within.From)), named("until", millis(within.Until))}
	}
	args := append(of(received), named("late", r.Late))
	reads := []func(context.Context, *UploadHealth, []any) error{db.uploadDays, db.refusedCodes}
	if !r.Ignored {
		reads = append(reads, db.delays)
	}
	for _, read := range reads {
		if err := read(ctx, &h, args); err != nil {
			return h, wrap("read the uploads of an institution", err)
		}
	}
	args = append(of(happened),
		named("fee", uint8(claimwatch.Fee)), named("front", uint8(claimwatch.FrontPage)), named("admission", uint8(claimwatch.Admission)))
	return h, wrap("read what an institution has not sent", db.gaps(ctx, &h, args))
}

const receivedWithin = `institution_id = {institution:String} AND received_at >= fromUnixTimestamp64Milli({from:Int64}) AND received_at < fromUnixTimestamp64Milli({until:Int64})`

func (db *DB) uploadDays(ctx context.Context, h *UploadHealth, args []any) error {
	days := map[claimwatch.Day]int{}
	var at time.Time
	var n [3]int64
	read := func() error {
		received := claimwatch.InstantOf(at)
		h.Times = append(h.Times, received)
		i, known := days[received.Day()]
		if !known {
			i = len(h.Days)
			days[received.Day()] = i
			h.Days = append(h.Days, UploadDay{Day: received.Day()})
		}
		d := &h.Days[i]
		d.Uploads, d.Accepted, d.Duplicate, d.Refused = d.Uploads+1, d.Accepted+int(n[0]), d.Duplicate+int(n[1]), d.Refused+int(n[2])
		return nil
	}
	return db.each(ctx, read, []any{&at, &n[0], &n[1], &n[2]},
		"SELECT received_at, accepted, duplicate, refused FROM "+uploads("WHERE "+receivedWithin)+" ORDER BY received_at", args...)
}

func (db *DB) refusedCodes(ctx context.Context, h *UploadHealth, args []any) error {
	var c RefusedCode
	var n int64
	read := func() error {
		c.Records = int(n)
		h.Codes = append(h.Codes, c)
		return nil
	}
	return db.each(ctx, read, []any{&c.Code, &n}, "SELECT code, toInt64(uniqExact(quarantine_id)) FROM quarantine WHERE "+receivedWithin+
		" GROUP BY code ORDER BY 2 DESC, code", args...)
}

// delays leaves out orders, operations and claims, which are of their own day or ahead
// of it, and of every record the later revisions, which correct.
func (db *DB) delays(ctx context.Context, h *UploadHealth, args []any) error {
	var reads []string
	for _, kind := range claimwatch.Kinds() {
		if kind == claimwatch.Order || kind == claimwatch.Operation || kind == claimwatch.Claim {
			continue
		}
		reads = append(reads, `SELECT '`+kind.String()+`' AS kind, toInt64(toInt32(toDate(received_at))) AS day,
			greatest(0, toUnixTimestamp64Milli(received_at) - toUnixTimestamp64Milli(occurred_at)) AS delay
			FROM `+factTable(kind)+` WHERE revision = 1 AND `+receivedWithin)
	}
	var d Delays
	var day, records, tardy int64
	read := func() error {
		d.Day, d.Records, d.Late = claimwatch.Day(day), int(records), int(tardy)
		h.Delays = append(h.Delays, d)
		return nil
	}
	sums := func(by, where string) string {
		return "SELECT " + by + `, toInt64(count()), quantileExact(0.5)(delay), quantileExact(0.95)(delay), toInt64(countIf(delay > {late:Int64}))
			FROM sent ` + where + " GROUP BY ALL"
	}
	timed := "WHERE kind IN ('admission', 'fee')"
	return db.each(ctx, read, []any{&d.Kind, &day, &records, &d.Median, &d.P95, &tardy},
		"WITH sent AS ("+strings.Join(reads, " UNION ALL ")+") SELECT * FROM ("+sums("kind AS k, toInt64(0) AS d", "")+
			" UNION ALL "+sums("'' AS k, day AS d", timed)+" UNION ALL "+sums("'' AS k, toInt64(0) AS d", timed)+") ORDER BY k, d", args...)
}

// gaps looks at the stays that lie in the interval, at least in part.
func (db *DB) gaps(ctx context.Context, h *UploadHealth, args []any) error {
	var n [11]int64
	dest := make([]any, len(n))
	for i := range n {
		dest[i] = &n[i]
	}
	read := func() error {
		h.Gaps = Gaps{
			int(n[0]), int(n[1]), int(n[2]), int(n[3]), int(n[4]), int(n[5]), int(n[6]), int(n[7]), int(n[8]), int(n[9]), int(n[10]),
		}
		return nil
	}
	return db.each(ctx, read, dest, gapsQuery, args...)
}

// gapsQuery joins the visits of the institution out of its movements, its visit
// numbers, which know the kinds of records, and its fees.
const gapsQuery = `
	WITH moves AS (
			SELECT argMax(tuple(cancelled, occurred_at, kind, class, person_id, stay_id), (revision, -log_offset, -log_index)) AS n FROM movements
			WHERE institution_id = {institution:String} AND kind IN ('admission', 'discharge') GROUP BY kind, record_id
			HAVING NOT n.1 AND n.2 < fromUnixTimestamp64Milli({until:Int64})),
		stays AS (
			SELECT n.5 AS person, n.6 AS stay, countIf(n.3 = 'admission') > 0 AS admitted, countIf(n.3 = 'admission' AND n.4 != 'outpatient') > 0 AS inpatient,
				minIf(n.2, n.3 = 'admission') AS begun, countIf(n.3 = 'discharge') > 0 AS ended, maxIf(n.2, n.3 = 'discharge') AS gone
			FROM moves GROUP BY ALL HAVING NOT ended OR gone >= fromUnixTimestamp64Milli({from:Int64})),
		visits AS (
			SELECT person_id AS person, stay_id AS stay, groupUniqArray(kind) AS kinds FROM visit_numbers
			WHERE institution_id = {institution:String} AND stay_id != '' GROUP BY ALL),
		lines AS (
			SELECT argMax(tuple(cancelled, occurred_at, person_id, stay_id, order_id, physician_id, reverses), (revision, -log_offset, -log_index)) AS n FROM fees
			WHERE institution_id = {institution:String} AND person_key IN (
				SELECT xxHash64(person_id) FROM visit_numbers WHERE institution_id = {institution:String} AND kind = {fee:UInt8})
			GROUP BY record_id HAVING NOT n.1 AND n.7 = '' AND n.2 >= fromUnixTimestamp64Milli({from:Int64}) AND n.2 < fromUnixTimestamp64Milli({until:Int64})),
		charged AS (
			SELECT n.3 AS person, n.4 AS stay, toInt64(count()) AS fees, toInt64(countIf(n.5 = '')) AS no_order, toInt64(countIf(n.6 = '')) AS no_physician,
				max(n.2) AS latest, groupUniqArray(toDate(n.2)) AS days
			FROM lines GROUP BY ALL),
		toDate(fromUnixTimestamp64Milli({until:Int64}, 'Asia/Shanghai')) AS today,
		toDate(fromUnixTimestamp64Milli({from:Int64}, 'Asia/Shanghai')) AS since
	SELECT toInt64(countIf(inpatient AND NOT ended AND dateDiff('day', begun_day, today) >= 3)),
		toInt64(countIf(inpatient AND NOT ended AND dateDiff('day', begun_day, today) >= 3 AND dateDiff('day', latest_day, today) > 3)),
		toInt64(countIf(inpatient AND ended AND dateDiff('day', gone_day, today) >= 3)),
		toInt64(countIf(inpatient AND ended AND dateDiff('day', gone_day, today) >= 3 AND NOT has(kinds, {front:UInt8}))),
		toInt64(countIf(fees > 0)), toInt64(countIf(fees > 0 AND NOT has(kinds, {admission:UInt8}))),
		ifNull(sum(fees), 0), ifNull(sum(no_order), 0), ifNull(sum(no_physician), 0), ifNull(sum(stay_days), 0),
		ifNull(sum(stay_days) - sum(toInt64(length(arrayFilter(d -> stay_days > 0 AND d >= first_day AND d < end_day, days)))), 0)
	FROM (
		SELECT *, toDate(begun) AS begun_day, toDate(gone) AS gone_day, toDate(latest) AS latest_day, greatest(begun_day, since) AS first_day,
			if(ended, gone_day, today) AS end_day, if(inpatient, greatest(0, dateDiff('day', first_day, end_day)), 0) AS stay_days
		FROM (SELECT person, stay FROM stays UNION DISTINCT SELECT person, stay FROM charged) AS named
		LEFT JOIN stays USING (person, stay) LEFT JOIN visits USING (person, stay) LEFT JOIN charged USING (person, stay))`
