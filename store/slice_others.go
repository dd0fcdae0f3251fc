package store

import (
	"context"
	"maps"
	"slices"

	"claimwatch"
	"claimwatch/store/slice"
)

// loadOthers reads what records of the world mention of persons who are not in
// it: fittings with a photograph of theirs, and lines that their refunds name.
// Nearly always there is nothing to read, or nothing is found.
func (s *Slice) loadOthers(ctx context.Context, w *slice.World, when claimwatch.Moment) (*slice.Others, error) {
	others := &slice.Others{}
	var strangers []string
	if photos := w.Photos(); len(photos) > 0 {
		persons, err := s.db.texts(ctx, `SELECT DISTINCT person_id FROM mentions
			WHERE what = 'photo' AND institution_id = '' AND id IN {photos:Array(String)}`, named("photos", photos))
		if err != nil {
			return nil, wrap("read who shares a photograph", err)
		}
		strangers = append(strangers, persons...)
	}
	if lines := w.RefundedLines(); len(lines) > 0 {
		persons, err := s.refunding(ctx, lines)
		if err != nil {
			return nil, err
		}
		strangers = append(strangers, persons...)
	}
	known := w.Persons()
	slices.Sort(known)
	strangers = slices.DeleteFunc(distinctTexts(strangers), func(person string) bool {
		_, here := slices.BinarySearch(known, person)
		return here
	})
	if len(strangers) == 0 {
		return others, nil
	}
	where := personsWith(keysOf(personScopes(strangers)), when.KnownAt)
	err := s.spread(ctx, []task{
		reading(claimwatch.Fee, &others.Fees, where), reading(claimwatch.Admission, &others.Admissions, where),
		reading(claimwatch.DeviceFitting, &others.Fittings, where),
	})
	return others, err
}

// refunding are the persons whose refunds name one of the lines of institutions,
// and those whose lines they are. Who has refunds of a line of the same number at
// another of the institutions may be among them.
func (s *Slice) refunding(ctx context.Context, lines map[string][]string) ([]string, error) {
	var ids []claimwatch.Identity
	var numbers []string
	for institution, of := range lines {
		numbers = append(numbers, of...)
		for _, line := range of {
			ids = append(ids, claimwatch.Identity{InstitutionID: institution, Kind: claimwatch.Fee, RecordID: line})
		}
	}
	var persons []string
	var found map[claimwatch.Identity][]claimwatch.Known
	if err := s.spread(ctx, []task{
		func(ctx context.Context, on *DB) (err error) {
			found, err = on.LookupIdentities(ctx, ids)
			return err
		},
		func(ctx context.Context, on *DB) (err error) {
			persons, err = on.texts(ctx, `SELECT DISTINCT person_id FROM mentions
				WHERE what = 'refund' AND institution_id IN {institutions:Array(String)} AND id IN {lines:Array(String)}`,
				named("institutions", slices.Collect(maps.Keys(lines))), named("lines", distinctTexts(numbers)))
			return wrap("read whose refunds name a line", err)
		},
	}); err != nil {
		return nil, err
	}
	for _, revisions := range found {
		for _, known := range revisions {
			persons = append(persons, known.PersonID)
		}
	}
	return persons, nil
}

func fittingColumns(fittings []*slice.FittedDevice) []column {
	type fitting = *slice.FittedDevice
	rows := rowsOf[fitting](fittings)
	before := func(f fitting) *slice.Fitting {
		if f.Before == nil {
			return &slice.Fitting{}
		}
		return f.Before
	}
	return []column{
		rows.stay("stay", func(f fitting) *slice.Stay { return f.Stay }),
		rows.text("institution_id", func(f fitting) string { return f.InstitutionID }),
		rows.text("person_id", func(f fitting) string { return f.PersonID }),
		rows.text("record_id", func(f fitting) string { return f.RecordID }),
		rows.at("at", func(f fitting) claimwatch.Instant { return f.At }),
		rows.day("day", func(f fitting) claimwatch.Day { return f.At.Day() }),
		rows.text("item_code", func(f fitting) string { return f.ItemCode }),
		rows.text("body_part", func(f fitting) string { return f.BodyPart }),
		rows.number("amount", func(f fitting) int64 { return f.Amount }),
		rows.text("photo_sha256", func(f fitting) string { return f.Photo }),
		rows.text("laser_mark", func(f fitting) string { return f.LaserMark }),
		rows.yes("item_found", func(f fitting) bool { return f.Item != nil }),
		rows.optional("cap", func(f fitting) *int64 {
			if f.Item == nil {
				return nil
			}
			return f.Item.Cap1
		}),
		rows.text("before_institution", func(f fitting) string { return before(f).InstitutionID }),
		rows.text("before_id", func(f fitting) string { return before(f).RecordID }),
		rows.at("before_at", func(f fitting) claimwatch.Instant { return before(f).At }),
		rows.optionalDay("renewable_on", func(f fitting) claimwatch.Day { return f.RenewableOn }),
		rows.yes("appraised", func(f fitting) bool { return f.Appraised }),
		of("same_photo", "Array(Tuple(institution_id String, record_id String, at Int64))", fittings, func(f fitting) [][]any {
			return tuples(f.SamePhoto, func(o *slice.Fitting) []any { return []any{o.InstitutionID, o.RecordID, int64(o.At)} })
		}),
	}
}

func refundColumns(refunds []*slice.Refunded) []column {
	type refund = *slice.Refunded
	rows := rowsOf[refund](refunds)
	return []column{
		rows.stay("stay", func(r refund) *slice.Stay { return r.Stay }),
		rows.text("institution_id", func(r refund) string { return r.InstitutionID }),
		rows.text("refunded_id", func(r refund) string { return r.RecordID }),
		rows.at("first_at", func(r refund) claimwatch.Instant { return r.FirstAt }),
		rows.at("as_of", func(r refund) claimwatch.Instant { return r.AsOf }),
		rows.text("cause", func(r refund) string { return r.Cause }),
		of("named", namedType, refunds, func(r refund) [][]any { return tuples(r.Named, namedTuple) }),
	}
}
