package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Result is what the rules say about a set of records.
type Result struct {
	Findings     []claimwatch.Finding      // sorted by ID; Evidence and Basis are left empty
	NotEvaluated []claimwatch.NotEvaluated // sorted by rule and stay
	Suppressed   map[string]string         // finding ID to whitelist_id
}

// The reasons of a result that is not evaluated (1.23, 1.1).
const (
	ReasonNotLoaded    = "table not loaded"
	ReasonNoRow        = "row missing"
	ReasonNoValue      = "value missing" // of a row that is there
	ReasonFaceOptional = "face not required"
	ReasonCapability   = "capability missing"
	ReasonEventClock   = "event clock"
)

// Evaluate judges a log, in its order, as of a moment. wall says that the clock
// is the wall's and not that of the events: DAT-001, DAT-003 and DAT-004 are
// evaluated with it only (1.1).
func Evaluate(log []Received, ref Reference, asOf claimwatch.Instant, wall bool) Result {
	w := newWorld(log, ref, asOf)
	w.wall = wall
	result := Result{Suppressed: map[string]string{}}
	for _, r := range catalogue() {
		t := w.run(r)
		for _, f := range t.found {
			claim := f.claim()
			result.Findings = append(result.Findings, claim)
			if id := w.whitelisted(&claim); id != "" {
				result.Suppressed[claim.ID] = id
			}
		}
		result.NotEvaluated = append(result.NotEvaluated, t.notEvaluated()...)
	}
	slices.SortFunc(result.Findings, func(a, b claimwatch.Finding) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(result.NotEvaluated, func(a, b claimwatch.NotEvaluated) int {
		return cmp.Or(
			strings.Compare(a.Rule, b.Rule), strings.Compare(a.InstitutionID, b.InstitutionID),
			strings.Compare(a.PersonID, b.PersonID), strings.Compare(a.StayID, b.StayID),
		)
	})
	return result
}

// whitelisted gives the smallest whitelist_id of the rows that apply, "" when
// none does (1.22). A finding without a stay has no diagnosis and no series; one
// without a from is never suppressed.
func (w *world) whitelisted(f *claimwatch.Finding) string {
	if f.From == nil {
		return ""
	}
	person, diagnosis, series := "", "", ""
	if f.PersonID != nil {
		person = *f.PersonID
	}
	if f.PersonID != nil && f.StayID != nil {
		if s := w.byKey[key{f.InstitutionID, person, *f.StayID}]; s != nil {
			diagnosis, series = s.primary(), s.admissionText("series_id")
		}
	}
	least := ""
	for _, r := range w.ref.of("whitelist") {
		applies := r["rule"] == f.Rule &&
			oneOf(r["institution_id"], "", f.InstitutionID) &&
			oneOf(r["person_id"], "", person) &&
			strings.HasPrefix(diagnosis, r["diagnosis_prefix"]) &&
			oneOf(r["series_id"], "", series) &&
			f.From.Day().String() <= r["expires_on"]
		if applies && (least == "" || r["whitelist_id"] < least) {
			least = r["whitelist_id"]
		}
	}
	return least
}
