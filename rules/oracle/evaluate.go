package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// Result is what the twelve rules say about a set of records.
type Result struct {
	Findings     []claimwatch.Finding      // sorted by ID; Evidence and Basis are left empty
	NotEvaluated []claimwatch.NotEvaluated // sorted by rule and stay
	Suppressed   map[string]string         // finding ID to whitelist_id
}

// The reasons of a result that is not evaluated (1.23).
const (
	ReasonNotLoaded    = "table not loaded"
	ReasonNoRow        = "row missing"
	ReasonFaceOptional = "face not required"
)

// Rules lists the codes that Evaluate knows.
func Rules() []string {
	return []string{
		"ADM-001", "ADM-002", "ADM-003", "FEE-001", "FEE-002", "ADM-008",
		"ADM-009", "ADM-010", "IDN-001", "IDN-002", "FEE-007", "FEE-013",
	}
}

// Evaluate judges records, given in the order of the log, as of a moment. The
// clock matters to DAT rules alone, which are not among the twelve.
func Evaluate(records []claimwatch.Record, ref Reference, asOf claimwatch.Instant, _ bool) Result {
	w := newWorld(records, ref, asOf)
	found := w.splitStays()
	e := &evaluation{world: w}
	for _, s := range w.stays {
		found = append(found, e.stay(s)...)
	}
	result := Result{NotEvaluated: e.untold, Suppressed: map[string]string{}}
	for _, f := range found {
		claim := f.claim()
		result.Findings = append(result.Findings, claim)
		if id := w.whitelisted(f); id != "" {
			result.Suppressed[claim.ID] = id
		}
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

// evaluation remembers what could not be told.
type evaluation struct {
	*world
	untold []claimwatch.NotEvaluated
}

// stay runs the rules that look at one stay by itself.
func (e *evaluation) stay(s *stay) []*finding {
	found := exactDuplicates(s)
	found = append(found, e.suspect(s, found)...)
	found = append(found, e.overpriced(s)...)
	if !s.inBed() {
		return found
	}
	found = append(found, e.noOrders(s)...)
	found = append(found, noCare(s)...)
	found = append(found, inertDays(s)...)
	found = append(found, bedDays(s)...)
	if e.faceRequired(s) {
		found = append(found, faceMismatch(s)...)
		found = append(found, checkMissing(s)...)
	}
	return found
}

func (e *evaluation) suspect(s *stay, exact []*finding) []*finding {
	if !e.ref.loaded["items"] {
		e.notEvaluated(s, ReasonNotLoaded, "FEE-002")
		return nil
	}
	found, unknown := suspectDuplicates(s, exact)
	if unknown && len(found) == 0 { // a hit beats not evaluated (1.23 iv)
		e.notEvaluated(s, ReasonNoRow, "FEE-002")
	}
	return found
}

func (e *evaluation) overpriced(s *stay) []*finding {
	switch {
	case !e.ref.loaded["items"] || !e.ref.loaded["institutions"]:
		e.notEvaluated(s, ReasonNotLoaded, "FEE-007")
		return nil
	case e.ref.institutions[s.institutionID] == nil:
		e.notEvaluated(s, ReasonNoRow, "FEE-007")
		return nil
	}
	found, unknown := e.overPrice(s)
	if unknown && len(found) == 0 {
		e.notEvaluated(s, ReasonNoRow, "FEE-007")
	}
	return found
}

// faceRequired says whether IDN-001 and IDN-002 can be evaluated for the stay.
func (e *evaluation) faceRequired(s *stay) bool {
	institution := e.ref.institutions[s.institutionID]
	switch {
	case !e.ref.loaded["institutions"]:
		e.notEvaluated(s, ReasonNotLoaded, "IDN-001", "IDN-002")
	case institution == nil:
		e.notEvaluated(s, ReasonNoRow, "IDN-001", "IDN-002")
	case !truth(institution["face_required"]):
		e.notEvaluated(s, ReasonFaceOptional, "IDN-001", "IDN-002")
	default:
		return true
	}
	return false
}

func (e *evaluation) notEvaluated(s *stay, reason string, rules ...string) {
	for _, rule := range rules {
		e.untold = append(e.untold, claimwatch.NotEvaluated{
			Rule: rule, InstitutionID: s.institutionID, PersonID: s.personID, StayID: s.stayID, Reason: reason,
		})
	}
}

// whitelisted gives the smallest whitelist_id of the rows that apply, "" when
// none does (1.22). All twelve rules give a from.
func (w *world) whitelisted(f *finding) string {
	least := ""
	for _, r := range w.ref.whitelist {
		applies := r["rule"] == f.rule &&
			oneOf(r["institution_id"], "", f.stay.institutionID) &&
			oneOf(r["person_id"], "", f.stay.personID) &&
			strings.HasPrefix(f.stay.primary(), r["diagnosis_prefix"]) &&
			oneOf(r["series_id"], "", f.stay.admissionText("series_id")) &&
			f.from.Day().String() <= r["expires_on"]
		if applies && (least == "" || r["whitelist_id"] < least) {
			least = r["whitelist_id"]
		}
	}
	return least
}
