package store

import (
	"context"
	"slices"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
)

// MentionedBy lists persons whose findings may change with records of others
// (rules DEV-003, FEE-028): those with a device fitted on the same photograph,
// and those whose refunds name a fee line that is there now, or that a refund of
// somebody else names or named before it was revised. An admission brings all
// that its stay has sent before into being, or with a cancellation out of it.
func (db *DB) MentionedBy(ctx context.Context, records []claimwatch.Stored) ([]claimwatch.Scope, error) {
	n := namedBy(records)
	var persons []string
	for _, look := range []func(context.Context, *naming) ([]string, error){db.sharingPhotos, db.refunding} {
		found, err := look(ctx, n)
		if err != nil {
			return nil, err
		}
		persons = append(persons, found...)
	}
	return personScopes(persons), nil
}

// naming is what records name that records of others may be about.
type naming struct {
	lines        []string // fee lines that are there now or are refunded
	institutions []string // of the lines
	// Of whom earlier records count too: revised fees no longer tell which line
	// they refunded, fittings which photograph they had, admissions nothing.
	fees, fittings []uint64
}

func namedBy(records []claimwatch.Stored) *naming {
	n := &naming{}
	for i := range records {
		r := records[i].Record
		person := xxhash.Sum64String(r.PersonID)
		switch r.Kind {
		case claimwatch.DeviceFitting:
			n.fittings = append(n.fittings, person)
		case claimwatch.Admission:
			n.fittings, n.fees = append(n.fittings, person), append(n.fees, person)
		case claimwatch.Fee:
			n.lines, n.institutions = append(n.lines, r.RecordID), append(n.institutions, r.InstitutionID)
			if refunded := r.Field("reverses").Text; refunded != "" {
				n.lines = append(n.lines, refunded)
			}
			if r.Revision > 1 {
				n.fees = append(n.fees, person)
			}
		}
	}
	n.lines, n.institutions = distinctTexts(n.lines), distinctTexts(n.institutions)
	slices.Sort(n.fees)
	slices.Sort(n.fittings)
	n.fees, n.fittings = slices.Compact(n.fees), slices.Compact(n.fittings)
	return n
}

// sharingPhotos are the persons of fittings with a photograph that the named
// persons' fittings have in any revision: one that names another photograph
// leaves the first.
func (db *DB) sharingPhotos(ctx context.Context, n *naming) ([]string, error) {
	if len(n.fittings) == 0 {
		return nil, nil
	}
	persons, err := db.texts(ctx, `SELECT DISTINCT person_id FROM mentions WHERE what = 'photo' AND institution_id = '' AND id IN (
			SELECT photo_sha256 FROM device_fittings WHERE person_key IN {persons:Array(UInt64)})`, named("persons", n.fittings))
	return persons, wrap("read who shares a photograph", err)
}

// refunding are the persons whose refunds name one of the lines, or a line that
// the named persons have or refund in any revision.
func (db *DB) refunding(ctx context.Context, n *naming) ([]string, error) {
	var persons []string
	if len(n.lines) > 0 {
		found, err := db.texts(ctx, `SELECT DISTINCT person_id FROM mentions WHERE what = 'refund'
				AND institution_id IN {institutions:Array(String)} AND id IN {ids:Array(String)}`,
			named("ids", n.lines), named("institutions", n.institutions))
		if err != nil {
			return nil, wrap("read whose refunds name a line", err)
		}
		persons = found
	}
	if len(n.fees) > 0 {
		found, err := db.texts(ctx, `SELECT DISTINCT person_id FROM mentions WHERE what = 'refund' AND (institution_id, id) IN (
				SELECT institution_id, arrayJoin(if(reverses = '', [record_id], [record_id, reverses]))
				FROM fees WHERE person_key IN {persons:Array(UInt64)})`, named("persons", n.fees))
		if err != nil {
			return nil, wrap("read whose refunds name a line of a person", err)
		}
		persons = append(persons, found...)
	}
	return persons, nil
}
