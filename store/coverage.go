package store

import (
	"context"
	"strings"

	"claimwatch"
)

// CoveredStay is a stay that has begun: the class of its admission.
type CoveredStay struct {
	InstitutionID, PersonID, StayID string
	Inpatient                       bool // class inpatient or rehab
}

// ScopeCoverage is what the evaluation of a scope said about stays. Of a person
// the stays come with what evaluations across their institutions said of them;
// entries without a person are about the institution.
type ScopeCoverage struct {
	Scope  claimwatch.Scope
	Key    uint64        // what scopes are ordered by
	Stays  []CoveredStay // in order of institution and stay
	Hits   []claimwatch.Hit
	Missed []claimwatch.NotEvaluated
}

// CoverageQuery asks for evaluated scopes in the order of their keys. Filters
// leave scopes out that can have nothing to say about what is asked for; what is
// left may still hold other stays and rules.
type CoverageQuery struct {
	InstitutionID, PersonID, StayID string
	HitBy                           *string // only scopes with findings, of this rule unless it is empty
	AsOf                            claimwatch.Instant
	After                           uint64 // the key after which a page begins
	Limit                           int
}

// personScope is the key of a person's scope, as scopeKey makes it.
const personScope = `xxHash64(if(startsWith(person_id, 'inst:') OR startsWith(person_id, 'pers:'), concat('pers:', person_id), person_id))`

// Coverage gives a page of scopes that were evaluated, and the key with which the
// next page goes on, 0 after the last one.
func (db *DB) Coverage(ctx context.Context, q CoverageQuery) (list []ScopeCoverage, next uint64, err error) {
	where := conditions{}
	where.add("scope_key > {after:UInt64}", named("after", q.After))
	if q.PersonID != "" {
		where.add("scope_key = {person:UInt64}", named("person", scopeKey(claimwatch.PersonScope(q.PersonID))))
	}
	if q.InstitutionID != "" {
		where.add(`(scope_key = {house:UInt64} OR has(hit_institutions, {institution:String}) OR has(missed_institutions, {institution:String}) OR scope_key IN (
				SELECT `+personScope+` FROM movements WHERE institution_id = {institution:String} AND kind = 'admission'))`,
			named("house", scopeKey(claimwatch.InstitutionScope(q.InstitutionID))), named("institution", q.InstitutionID))
	}
	if q.StayID != "" {
		where.add(`(has(hit_stays, {stay:String}) OR has(missed_stays, {stay:String}) OR scope_key IN (
				SELECT `+personScope+` FROM movements WHERE stay_id = {stay:String} AND kind = 'admission'))`, named("stay", q.StayID))
	}
	if q.HitBy != nil {
		where.add("(notEmpty(hit_ids) AND ({rule:String} = '' OR has(hit_rules, {rule:String})))", named("rule", *q.HitBy))
	}
	limit := page(q.Limit)
	where.args = append(where.args, named("limit", limit+1))
	var keys []uint64
	var key uint64
	err = db.each(ctx, func() error { keys = append(keys, key); return nil }, []any{&key},
		"SELECT DISTINCT scope_key FROM finding_sets "+where.clause()+" ORDER BY scope_key LIMIT {limit:UInt32}", where.args...)
	if err != nil {
		return nil, 0, wrap("choose scopes", err)
	}
	if len(keys) > limit {
		keys = keys[:limit]
		next = keys[limit-1]
	}
	if len(keys) == 0 {
		return nil, 0, nil
	}
	if list, err = db.saidOf(ctx, keys); err != nil {
		return nil, 0, wrap("read what was said", err)
	}
	if err = db.addStays(ctx, q.AsOf, list); err != nil {
		return nil, 0, wrap("read stays", err)
	}
	return list, next, wrap("read what was said across institutions", db.addAcross(ctx, list))
}

// saidOf reads the current sets of scopes, of an institution without what it says
// of persons: that is told with them.
func (db *DB) saidOf(ctx context.Context, keys []uint64) (list []ScopeCoverage, err error) {
	var scope string
	var hits, missed [5][]string
	read := func() error {
		one := ScopeCoverage{Scope: claimwatch.Scope(scope), Key: scopeKey(claimwatch.Scope(scope))}
		_, house := one.Scope.Institution()
		for i := range hits[0] {
			if hit := (claimwatch.Hit{
				FindingID: hits[0][i], Rule: hits[1][i], InstitutionID: hits[2][i], PersonID: hits[3][i], StayID: hits[4][i],
			}); !house || hit.PersonID == "" {
				one.Hits = append(one.Hits, hit)
			}
		}
		for i := range missed[0] {
			if !house { // of an institution it counts for every stay
				one.Missed = append(one.Missed, claimwatch.NotEvaluated{
					Rule: missed[0][i], InstitutionID: missed[1][i], PersonID: missed[2][i], StayID: missed[3][i], Reason: missed[4][i],
				})
			}
		}
		list = append(list, one)
		return nil
	}
	dest := []any{
		&scope, &hits[0], &hits[1], &hits[2], &hits[3], &hits[4],
		&missed[0], &missed[1], &missed[2], &missed[3], &missed[4],
	}
	err = db.each(ctx, read, dest, `
		SELECT scope, hit_ids, hit_rules, hit_institutions, hit_persons, hit_stays,
			missed_rules, missed_institutions, missed_persons, missed_stays, missed_reasons
		FROM finding_sets WHERE scope_key IN {keys:Array(UInt64)}
		ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope`, named("keys", keys))
	return list, err
}

// liveAdmissions is the subquery of the admission that counts of each stay
// (rules.md 1.3), out of a table with admissions.
func liveAdmissions(from string) string {
	return `SELECT institution_id, person_id, stay_id, class IN ('inpatient', 'rehab') AS inpatient FROM (
			SELECT * FROM ` + from + ` ORDER BY institution_id, record_id, revision DESC, log_offset, log_index LIMIT 1 BY institution_id, record_id)
		WHERE NOT cancelled AND occurred_at <= fromUnixTimestamp64Milli({as_of:Int64})
		ORDER BY institution_id, stay_id, person_id, occurred_at, record_id LIMIT 1 BY institution_id, stay_id, person_id`
}

// addStays adds the stays that the persons of the list have begun.
func (db *DB) addStays(ctx context.Context, asOf claimwatch.Instant, list []ScopeCoverage) error {
	places, keys := map[string]int{}, []uint64{}
	for i := range list {
		if person, ok := list[i].Scope.Person(); ok {
			places[person] = i
			keys = append(keys, scopeKey(claimwatch.Scope(person))) // what fact tables are sorted by
		}
	}
	if len(keys) == 0 {
		return nil
	}
	var stay CoveredStay
	read := func() error {
		if i, asked := places[stay.PersonID]; asked {
			list[i].Stays = append(list[i].Stays, stay)
		}
		return nil
	}
	return db.each(ctx, read, []any{&stay.InstitutionID, &stay.PersonID, &stay.StayID, &stay.Inpatient},
		liveAdmissions("admissions WHERE person_key IN {keys:Array(UInt64)}"), named("keys", keys), named("as_of", millis(asOf)))
}

// addAcross adds to the persons of the list what was said of their stays, and of
// the institutions of these, across institutions.
func (db *DB) addAcross(ctx context.Context, list []ScopeCoverage) error {
	places, persons, houses := map[string]int{}, []string{}, map[string][]int{}
	var keys []uint64
	for i := range list {
		person, ok := list[i].Scope.Person()
		if !ok {
			continue
		}
		places[person], persons = i, append(persons, person)
		for _, stay := range list[i].Stays {
			if at := houses[stay.InstitutionID]; len(at) == 0 || at[len(at)-1] != i {
				houses[stay.InstitutionID] = append(at, i)
				keys = append(keys, scopeKey(claimwatch.InstitutionScope(stay.InstitutionID)))
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	var id, rule, institution, person, stay, reason string
	read := func() error {
		if id != "" {
			if i, asked := places[person]; asked {
				list[i].Hits = append(list[i].Hits, claimwatch.Hit{FindingID: id, Rule: rule, InstitutionID: institution, PersonID: person, StayID: stay})
			}
			return nil
		}
		missed := claimwatch.NotEvaluated{Rule: rule, InstitutionID: institution, PersonID: person, StayID: stay, Reason: reason}
		for _, i := range houses[institution] {
			if at, asked := places[person]; person == "" || asked && at == i {
				list[i].Missed = append(list[i].Missed, missed)
			}
		}
		return nil
	}
	current := func(columns string) string {
		return "(SELECT " + columns + ` FROM finding_sets WHERE scope_key IN {keys:Array(UInt64)} AND startsWith(scope, 'inst:')
			ORDER BY scope_key, scope, ` + newestFirst + " LIMIT 1 BY scope_key, scope)"
	}
	return db.each(ctx, read, []any{&id, &rule, &institution, &person, &stay, &reason}, strings.Join([]string{
		`SELECT id, rule, institution, person, stay, '' FROM `, current("hit_ids, hit_rules, hit_institutions, hit_persons, hit_stays"),
		` ARRAY JOIN hit_ids AS id, hit_rules AS rule, hit_institutions AS institution, hit_persons AS person, hit_stays AS stay
			WHERE person IN {persons:Array(String)}
		UNION ALL SELECT '', rule, institution, person, stay, reason FROM `,
		current("missed_rules, missed_institutions, missed_persons, missed_stays, missed_reasons"),
		` ARRAY JOIN missed_rules AS rule, missed_institutions AS institution, missed_persons AS person, missed_stays AS stay, missed_reasons AS reason`,
	}, ""), named("keys", keys), named("persons", persons))
}
