package main

import (
	"cmp"
	"context"
	"slices"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/audit/coverage"
	"claimwatch/store"
)

// coveredRules are the rules that are evaluated by the library in use, as coverage
// looks at them, in the order of the catalogue.
func (n *node) coveredRules() []coverage.Rule {
	library := n.stages.shelf.Library()
	var covered []coverage.Rule
	for _, rule := range library.Active() {
		covered = append(covered, coverage.Rule{Code: rule.Code, Stays: rule.Stays})
	}
	order := library.Order()
	slices.SortFunc(covered, func(a, b coverage.Rule) int {
		return cmp.Compare(slices.Index(order, a.Code), slices.Index(order, b.Code))
	})
	return covered
}

// auditCoverage reads what evaluations said of stays for the audit stage.
type auditCoverage struct{ db *store.DB }

func (c auditCoverage) Coverage(ctx context.Context, q audit.CoverageQuery) ([]coverage.Said, uint64, error) {
	list, next, err := c.db.Coverage(ctx, store.CoverageQuery(q))
	said := make([]coverage.Said, len(list))
	for i, one := range list {
		said[i] = coverage.Said{Key: one.Key, Hits: one.Hits, Missed: one.Missed}
		for _, stay := range one.Stays {
			said[i].Stays = append(said[i].Stays, coverage.Stay(stay))
		}
	}
	return said, next, err
}

func (c auditCoverage) CoverageSums(
	ctx context.Context, asOf claimwatch.Instant, institution, rule string,
) ([]coverage.Counted, []coverage.Told, error) {
	stays, sums, err := c.db.CoverageSums(ctx, asOf, institution, rule)
	counted, told := make([]coverage.Counted, len(stays)), make([]coverage.Told, len(sums))
	for i, one := range stays {
		counted[i] = coverage.Counted(one)
	}
	for i, one := range sums {
		told[i] = coverage.Told(one)
	}
	return counted, told, err
}

// auditStays reads what is stored of a stay for the audit stage.
type auditStays struct{ db *store.DB }

func (s auditStays) StayRecords(ctx context.Context, institution, stay string) ([]audit.StayRecord, error) {
	list, err := s.db.StayRecords(ctx, institution, stay)
	records := make([]audit.StayRecord, len(list))
	for i, one := range list {
		records[i] = audit.StayRecord(one)
	}
	return records, err
}

func (s auditStays) Present(ctx context.Context, institution string, asOf claimwatch.Instant) (claimwatch.Instant, bool, error) {
	clock, moved, err := s.db.ExactClock(ctx, institution, asOf)
	return clock.Latest, moved, err
}

// concentration sums up what institutions have treated and charged.
func (n *node) concentration(ctx context.Context, asOf claimwatch.Instant, within claimwatch.Interval) (map[string]audit.TreatedAndCharged, error) {
	sums, err := n.db.Concentration(ctx, asOf, within)
	out := make(map[string]audit.TreatedAndCharged, len(sums))
	for institution, s := range sums {
		out[institution] = audit.TreatedAndCharged(s)
	}
	return out, err
}
