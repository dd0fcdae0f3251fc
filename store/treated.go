package store

import (
	"context"

	"github.com/cespare/xxhash/v2"
)

// TreatedAs gives the visit number under which an institution has admitted a person
// last, by its newest revisions; ok is false when it has no admission of the person
// that is not cancelled.
func (db *DB) TreatedAs(ctx context.Context, person, institution string) (stay string, ok bool, err error) {
	read := func() error {
		ok = true
		return nil
	}
	err = db.each(ctx, read, []any{&stay}, `
		SELECT stay_id FROM (
			SELECT record_id, stay_id, cancelled, occurred_at FROM admissions
			WHERE person_key = {key:UInt64} AND person_id = {person:String} AND institution_id = {institution:String}
			ORDER BY record_id, revision DESC, log_offset, log_index LIMIT 1 BY record_id)
		WHERE NOT cancelled ORDER BY occurred_at DESC, record_id LIMIT 1`,
		named("key", xxhash.Sum64String(person)), named("person", person), named("institution", institution))
	return stay, ok, wrap("read admissions of a person", err)
}
