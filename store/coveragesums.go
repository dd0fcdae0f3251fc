package store

import (
	"context"
	"fmt"

	"claimwatch"
)

// CoveredStays counts the stays of an institution whose persons were evaluated.
type CoveredStays struct {
	InstitutionID    string
	Inpatient, Visit int64 // class inpatient and rehab; outpatient
}

// CoverageSum counts what a rule said of the stays of an institution.
type CoverageSum struct {
	InstitutionID, Rule string
	Hit                 bool   // otherwise not evaluated
	Reason              string // why not evaluated
	// Whole says that it was said of the institution and not of a stay.
	Whole bool
	// All are the stays, Inpatient and Visit those with an admission by its class.
	All, Inpatient, Visit int64
}

// CoverageSums counts, for the institution and the rule named or for all, what
// current evaluations said: the stays that they were about, and how many of them
// were hit or not evaluated. What is left of a rule's stays has passed.
func (db *DB) CoverageSums(
	ctx context.Context, asOf claimwatch.Instant, institution, rule string,
) (stays []CoveredStays, sums []CoverageSum, err error) {
	where, told := conditions{}, conditions{}
	where.add("kind = 'admission'")
	where.text("institution_id = {institution:String}", "institution", institution)
	told.text("told.institution = {institution:String}", "institution", institution)
	told.text("told.rule = {rule:String}", "rule", rule)
	begun := liveAdmissions("movements " + where.clause())
	asked := named("as_of", millis(asOf))
	var count CoveredStays
	err = db.each(ctx, func() error { stays = append(stays, count); return nil }, []any{&count.InstitutionID, &count.Inpatient, &count.Visit}, `
		SELECT institution_id, toInt64(countIf(inpatient)), toInt64(countIf(NOT inpatient)) FROM (`+begun+`)
		WHERE `+personScope+` IN (SELECT scope_key FROM finding_sets) GROUP BY institution_id ORDER BY institution_id`,
		append(where.args, asked)...)
	if err != nil {
		return nil, nil, fmt.Errorf("count stays: %w", err)
	}
	var sum CoverageSum
	dest := []any{&sum.InstitutionID, &sum.Rule, &sum.Hit, &sum.Reason, &sum.Whole, &sum.All, &sum.Inpatient, &sum.Visit}
	err = db.each(ctx, func() error { sums = append(sums, sum); return nil }, dest, `
		SELECT told.institution, told.rule, told.hit, told.reason, told.person = '' AND told.stay = '' AS whole, toInt64(count()),
			toInt64(countIf(begun.known AND begun.inpatient)), toInt64(countIf(begun.known AND NOT begun.inpatient))
		FROM (
			SELECT DISTINCT said.1 AS rule, said.2 AS institution, said.3 AS person, said.4 AS stay, said.5 AS reason, said.6 AS hit FROM (
				SELECT arrayJoin(arrayConcat(
					arrayMap((r, i, p, s) -> (r, i, p, s, '', true), hit_rules, hit_institutions, hit_persons, hit_stays),
					arrayMap((r, i, p, s, why) -> (r, i, p, s, why, false), missed_rules, missed_institutions, missed_persons, missed_stays, missed_reasons)
				)) AS said
				FROM (SELECT * FROM finding_sets ORDER BY scope_key, scope, `+newestFirst+` LIMIT 1 BY scope_key, scope)
			)
		) AS told
		LEFT JOIN (SELECT *, true AS known FROM (`+begun+`)) AS begun
			ON told.institution = begun.institution_id AND told.person = begun.person_id AND told.stay = begun.stay_id
		`+told.clause()+`
		GROUP BY ALL ORDER BY ALL`, append(told.args, asked)...)
	return stays, sums, wrap("count what was said", err)
}
