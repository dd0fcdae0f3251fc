package store

import (
	"context"
	"fmt"
	"strconv"

	"claimwatch"
	"claimwatch/store/slice"
)

// StayLength is how many discharged stays of a diagnosis group at institutions
// of a level lasted so many days (rules.md 1.5, 1.11).
type StayLength struct {
	Group string
	Level int32
	Days  int32
	Stays int
}

// StayLengths are counts of inpatient and rehab stays. NoGroup counts those
// without a diagnosis, NoLevel those at institutions without a row.
type StayLengths struct {
	Lengths          []StayLength
	NoGroup, NoLevel int
}

// lengthsAtOnce is how many persons are read at a time.
const lengthsAtOnce = 20_000

// StayLengths counts how long the stays lasted whose discharge lies in an
// interval, by the records that exist at asOf. What a stay is, when it ends and
// what its group is are worked out as for rules, from the persons' admissions
// and discharges alone: nothing else moves them once a stay is discharged.
func (db *DB) StayLengths(ctx context.Context, asOf claimwatch.Instant, discharged claimwatch.Interval) (StayLengths, error) {
	institutions, err := db.institutionLevels(ctx)
	if err != nil {
		return StayLengths{}, err
	}
	within := `occurred_at >= fromUnixTimestamp64Milli(` + strconv.FormatInt(millis(discharged.From), 10) + `)
		AND occurred_at < fromUnixTimestamp64Milli(` + strconv.FormatInt(millis(discharged.Until), 10) + `)`
	var persons uint64
	err = db.QueryRow(ctx, "SELECT uniqExact(person_key) FROM "+factTable(claimwatch.Discharge)+" WHERE "+within).Scan(&persons)
	if err != nil {
		return StayLengths{}, fmt.Errorf("count persons with discharges: %w", err)
	}
	counts := lengthCounts{known: map[StayLength]int{}}
	parts := persons/lengthsAtOnce + 1
	for part := range parts {
		where := fmt.Sprintf("person_key IN (SELECT person_key FROM %s WHERE %s AND person_key %% %d = %d)", factTable(claimwatch.Discharge), within, parts, part)
		var facts slice.Facts
		for _, read := range []task{reading(claimwatch.Admission, &facts.Admissions, where), reading(claimwatch.Discharge, &facts.Discharges, where)} {
			if err := read(ctx, db); err != nil {
				return StayLengths{}, fmt.Errorf("count lengths of stay: %w", err)
			}
		}
		counts.add(slice.WorldOf(facts, asOf).Tables(nil, &slice.Others{}, institutions).Stays, discharged)
	}
	return counts.all(), nil
}

// institutionLevels reads the level of every institution.
func (db *DB) institutionLevels(ctx context.Context) (*slice.Reference, error) {
	levels := &slice.Reference{Institutions: map[string]slice.Institution{}}
	var void bool
	var id string
	var row slice.Institution
	read := func() error {
		if !void {
			levels.Institutions[id] = row
		}
		return nil
	}
	err := db.each(ctx, read, []any{&void, &id, &row.Level}, `
		SELECT void, institution_id, level FROM ref_institutions ORDER BY seq DESC, line DESC LIMIT 1 BY institution_id`)
	return levels, wrap("read levels of institutions", err)
}

// lengthCounts gathers lengths.
type lengthCounts struct {
	known            map[StayLength]int // by length with Stays 0
	noGroup, noLevel int
}

func (c *lengthCounts) add(stays []*slice.Stay, discharged claimwatch.Interval) {
	for _, s := range stays {
		switch {
		case !s.Inpatient() || s.DischargedAt == nil || !discharged.Contains(*s.DischargedAt):
		case s.DiagnosisGroup == "":
			c.noGroup++
		case s.Level == nil:
			c.noLevel++
		default:
			c.known[StayLength{Group: s.DiagnosisGroup, Level: *s.Level, Days: s.StayDays()}]++
		}
	}
}

func (c *lengthCounts) all() StayLengths {
	lengths := make([]StayLength, 0, len(c.known))
	for length, stays := range c.known {
		length.Stays = stays
		lengths = append(lengths, length)
	}
	return StayLengths{Lengths: lengths, NoGroup: c.noGroup, NoLevel: c.noLevel}
}
