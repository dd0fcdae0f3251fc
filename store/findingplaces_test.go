package store_test

import (
	"testing"

	"claimwatch"
	"claimwatch/store"
)

// Places are those of the findings that a list of the same query gives, in every mode.
func TestFindingPlaces(t *testing.T) {
	db := open(t)
	province(t, db, 40)
	for name, query := range map[string]store.FindingQuery{
		"standing": {}, "all": {Retracted: store.WithRetracted}, "gone": {Retracted: store.OnlyRetracted},
		"of a stay": {StayID: "s-p00004", Retracted: store.WithRetracted}, "severity": {Severity: claimwatch.Suspicion},
		"person": {PersonID: "p00004", MinAmount: ptr2(claimwatch.Fen(401))}, "none": {Rule: "FEE-099"},
	} {
		t.Run(name, func(t *testing.T) {
			places := map[string]store.FindingPlace{}
			must(t, db.FindingPlaces(t.Context(), query, func(p store.FindingPlace) error {
				places[p.ID] = p
				return nil
			}))
			query.Limit = 1000
			items, _, err := db.Findings(t.Context(), query)
			must(t, err)
			want := map[string]store.FindingPlace{}
			for _, h := range items {
				p := store.FindingPlace{
					ID: h.ID, Rule: h.Rule, InstitutionID: h.InstitutionID, Severity: h.Severity, Amount: h.Amount,
					From: h.From, OpenedAt: h.OpenedAt, RevisedAt: h.RevisedAt, Retracted: h.Retracted != nil,
				}
				if h.PersonID != nil {
					p.PersonID = *h.PersonID
				}
				if h.StayID != nil {
					p.StayID = *h.StayID
				}
				want[h.ID] = p
			}
			same(t, "places", places, want)
		})
	}
}
