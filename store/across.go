package store

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"claimwatch"
)

// insertAcross writes what rules that look across persons read: who lay where,
// when an institution was last heard of, and what records mention; and whom the
// records under a visit number name. It comes after the facts that these are
// copies of.
func (db *DB) insertAcross(ctx context.Context, byKind map[claimwatch.Kind][]*claimwatch.Stored, records []claimwatch.Stored) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return db.insertReceptions(ctx, records) })
	group.Go(func() error { return db.insertVisitNumbers(ctx, records) })
	var moves []*claimwatch.Stored
	for _, kind := range []claimwatch.Kind{claimwatch.Admission, claimwatch.Transfer, claimwatch.Discharge} {
		moves = append(moves, byKind[kind]...)
	}
	if len(moves) > 0 {
		group.Go(func() error { return db.insertMovements(ctx, moves) })
	}
	if mentions := mentionsOf(byKind); len(mentions) > 0 {
		group.Go(func() error { return db.insertMentions(ctx, mentions) })
	}
	return group.Wait()
}

func (db *DB) insertReceptions(ctx context.Context, records []claimwatch.Stored) error {
	last := map[string]claimwatch.Instant{}
	for i := range records {
		institution := records[i].Record.InstitutionID
		last[institution] = max(last[institution], records[i].ReceivedAt)
	}
	institutions, times := make([]string, 0, len(last)), make([]int64, 0, len(last))
	for institution, at := range last {
		institutions, times = append(institutions, institution), append(times, millis(at))
	}
	return db.insert(ctx, "receptions",
		column{"institution_id", "String", institutions},
		column{"received_at", "SimpleAggregateFunction(max, " + timeType + ")", times})
}

// insertMovements copies admissions, transfers and discharges.
func (db *DB) insertMovements(ctx context.Context, rows []*claimwatch.Stored) error {
	text := func(name string) column {
		return column{name, "String", valuesOf(rows, func(s *claimwatch.Stored) string { return movedField(s.Record, name) })}
	}
	columns := []column{
		{"institution_id", "String", valuesOf(rows, func(s *claimwatch.Stored) string { return s.Record.InstitutionID })},
		{"kind", "String", valuesOf(rows, func(s *claimwatch.Stored) string { return s.Record.Kind.String() })},
		{"person_id", "String", valuesOf(rows, func(s *claimwatch.Stored) string { return s.Record.PersonID })},
		{"stay_id", "String", valuesOf(rows, func(s *claimwatch.Stored) string { return s.Record.StayID })},
		{"record_id", "String", valuesOf(rows, func(s *claimwatch.Stored) string { return s.Record.RecordID })},
		{"revision", "UInt32", valuesOf(rows, func(s *claimwatch.Stored) uint32 { return uint32(s.Record.Revision) })},
		{"cancelled", "Bool", valuesOf(rows, func(s *claimwatch.Stored) bool { return s.Record.Cancelled })},
		{"occurred_at", timeType, valuesOf(rows, func(s *claimwatch.Stored) int64 { return millis(s.Record.OccurredAt) })},
		{"received_at", timeType, valuesOf(rows, func(s *claimwatch.Stored) int64 { return millis(s.ReceivedAt) })},
		text("class"), text("ward"), text("bed"),
	}
	return db.insert(ctx, "movements", append(columns, positionColumns(rows)...)...)
}

// movedField is a field that not every kind of movement has.
func movedField(r *claimwatch.Record, name string) string {
	if r.Kind.Slot(name) < 0 {
		return ""
	}
	return r.Field(name).Text
}

func valuesOf[R, V any](rows []R, get func(R) V) []V {
	values := make([]V, len(rows))
	for i, row := range rows {
		values[i] = get(row)
	}
	return values
}

// mention is something that a record of a person names and that records of
// other persons may be about.
type mention struct{ what, institution, id, person string }

const (
	mentionedPhoto  = "photo"
	mentionedRefund = "refund"
)

func mentionsOf(byKind map[claimwatch.Kind][]*claimwatch.Stored) []mention {
	var mentions []mention
	for _, s := range byKind[claimwatch.DeviceFitting] {
		if photo := s.Record.Field("photo_sha256").Text; photo != "" {
			mentions = append(mentions, mention{mentionedPhoto, "", photo, s.Record.PersonID})
		}
	}
	for _, s := range byKind[claimwatch.Fee] {
		if line := s.Record.Field("reverses").Text; line != "" {
			mentions = append(mentions, mention{mentionedRefund, s.Record.InstitutionID, line, s.Record.PersonID})
		}
	}
	return mentions
}

func (db *DB) insertMentions(ctx context.Context, rows []mention) error {
	return db.insert(ctx, "mentions",
		column{"what", "String", valuesOf(rows, func(m mention) string { return m.what })},
		column{"institution_id", "String", valuesOf(rows, func(m mention) string { return m.institution })},
		column{"id", "String", valuesOf(rows, func(m mention) string { return m.id })},
		column{"person_id", "String", valuesOf(rows, func(m mention) string { return m.person })})
}

func distinctTexts(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
