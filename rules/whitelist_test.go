package rules

import (
	"testing"

	"claimwatch"
)

// A row applies when every column that is not empty matches and the finding
// begins on its last day at the latest; of several the smallest id.
func TestWhitelist(t *testing.T) {
	last := claimwatch.Day(20_000)
	stay := claimwatch.Stay{InstitutionID: "H1", PersonID: "P1", StayID: "S1", PrimaryDiagnosis: "S82.1", SeriesID: "dialysis"}
	full := claimwatch.WhitelistRow{
		ID: "W5", Rule: "ADM-001", InstitutionID: "H1", PersonID: "P1", DiagnosisPrefix: "S82", SeriesID: "dialysis", ExpiresOn: last,
	}
	ofStay := func(f *claimwatch.Finding) { f.PersonID, f.StayID = &stay.PersonID, &stay.StayID }
	alone := func(*claimwatch.Finding) {}
	begins := func(i claimwatch.Instant) func(*claimwatch.Finding) {
		return func(f *claimwatch.Finding) { ofStay(f); f.From = &i }
	}
	with := func(change func(*claimwatch.WhitelistRow)) []claimwatch.WhitelistRow {
		row := full
		change(&row)
		return []claimwatch.WhitelistRow{row}
	}
	bare := claimwatch.WhitelistRow{ID: "W6", Rule: "ADM-001", ExpiresOn: last}
	for name, test := range map[string]struct {
		rows []claimwatch.WhitelistRow
		of   func(*claimwatch.Finding)
		want string
	}{
		"every column":                {with(func(*claimwatch.WhitelistRow) {}), ofStay, "W5"},
		"another institution":         {with(func(r *claimwatch.WhitelistRow) { r.InstitutionID = "H2" }), ofStay, ""},
		"another person":              {with(func(r *claimwatch.WhitelistRow) { r.PersonID = "P" }), ofStay, ""},
		"another series":              {with(func(r *claimwatch.WhitelistRow) { r.SeriesID = "dialysi" }), ofStay, ""},
		"a longer diagnosis":          {with(func(r *claimwatch.WhitelistRow) { r.DiagnosisPrefix = "S82.11" }), ofStay, ""},
		"the rule alone":              {[]claimwatch.WhitelistRow{bare}, ofStay, "W6"},
		"the smallest":                {[]claimwatch.WhitelistRow{full, bare}, ofStay, "W5"},
		"an institution's":            {[]claimwatch.WhitelistRow{full, bare}, alone, "W6"},
		"the end of the last day":     {[]claimwatch.WhitelistRow{bare}, begins((last + 1).Midnight() - 1), "W6"},
		"the day after":               {[]claimwatch.WhitelistRow{bare}, begins((last + 1).Midnight()), ""},
		"without a beginning":         {[]claimwatch.WhitelistRow{bare}, func(f *claimwatch.Finding) { ofStay(f); f.From = nil }, ""},
		"the first is out of its day": {append(with(func(r *claimwatch.WhitelistRow) { r.ExpiresOn = last - 1 }), bare), ofStay, "W6"},
	} {
		from := last.Midnight()
		f := claimwatch.Finding{Rule: "ADM-001", InstitutionID: "H1", From: &from}
		test.of(&f)
		k := knowledge{Knowledge: claimwatch.Knowledge{Whitelist: map[string][]claimwatch.WhitelistRow{"ADM-001": test.rows}}}
		got := ""
		if row := k.suppresses(&f, stay); row != nil {
			got = *row
		}
		if got != test.want {
			t.Errorf("%s: suppressed by %q, want %q", name, got, test.want)
		}
	}
}
