package rules

import (
	"strings"

	"claimwatch"
)

// suppresses gives the id of the smallest whitelist row that applies to a finding
// of a stay, nil for none (rules.md 1.22). A finding that belongs to an
// institution alone has no person, diagnosis and series, so only rows that name
// none apply; one that does not say when it begins is never suppressed, since no
// end date can be held against it. Time changes nothing: expires_on is compared
// with the finding's own beginning.
func (k knowledge) suppresses(f *claimwatch.Finding, of claimwatch.Stay) *string {
	if f.From == nil {
		return nil
	}
	if f.PersonID == nil {
		of = claimwatch.Stay{}
	}
	begins := f.From.Day()
	for i := range k.Whitelist[f.Rule] {
		row := &k.Whitelist[f.Rule][i]
		if begins <= row.ExpiresOn && matches(row.InstitutionID, f.InstitutionID) && matches(row.PersonID, of.PersonID) &&
			matches(row.SeriesID, of.SeriesID) && strings.HasPrefix(of.PrimaryDiagnosis, row.DiagnosisPrefix) {
			return &row.ID
		}
	}
	return nil
}

// matches says whether a column of a row, empty for any, is what a finding has.
func matches(column, value string) bool { return column == "" || column == value }
