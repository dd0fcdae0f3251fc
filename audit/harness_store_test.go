package audit

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"claimwatch"
	"claimwatch/audit/journal/journaltest"
	"claimwatch/audit/reference"
)

// facts is a store of findings and lines in memory.
type facts struct {
	mu      sync.Mutex
	held    map[string]claimwatch.Held
	history map[string][]FindingEvent
	lines   map[string]LineFacts // by institution|record
	// physicians are those that fees name, by institution|record.
	physicians map[string]string
}

// named says whether a violating line is of the physician and item asked for.
func (f *facts) named(lines []claimwatch.Line, q FindingQuery) bool {
	return q.PhysicianID == "" && q.ItemCode == "" || slices.ContainsFunc(lines, func(l claimwatch.Line) bool {
		key := l.InstitutionID + "|" + l.RecordID
		return l.Role == claimwatch.Violating && (q.PhysicianID == "" || f.physicians[key] == q.PhysicianID) &&
			(q.ItemCode == "" || f.lines[key].ItemCode == q.ItemCode) && (q.LinesOf == "" || l.InstitutionID == q.LinesOf)
	})
}

func (f *facts) put(finding claimwatch.Finding) claimwatch.Held {
	f.mu.Lock()
	defer f.mu.Unlock()
	held := claimwatch.Held{Finding: finding, Facts: finding.FactsSHA256(), OpenedAt: 1_772_000_000_000, RevisedAt: 1_772_000_000_000}
	f.held[finding.ID] = held
	f.history[finding.ID] = append(f.history[finding.ID], FindingEvent{Change: claimwatch.Opened, At: held.OpenedAt, Facts: held.Facts})
	for _, line := range finding.Lines {
		key := line.InstitutionID + "|" + line.RecordID
		if _, known := f.lines[key]; !known && line.Role == claimwatch.Violating {
			f.lines[key] = LineFacts{
				Revision: 1, PersonID: "P1", StayID: "S1", OccurredAt: 1_772_000_000_000, ItemCode: "A1", ItemName: "CT 扫描", Net: line.Amount, Found: true,
			}
		}
	}
	return held
}

func (f *facts) retract(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	held, at := f.held[id], claimwatch.Instant(1_772_000_000_001)
	held.Retracted = &at
	f.held[id] = held
}

func (f *facts) Findings(_ context.Context, q FindingQuery) (items []claimwatch.Held, next string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(f.held)) {
		h := f.held[id]
		switch {
		case id <= q.Cursor, q.IDs != nil && !slices.Contains(q.IDs, id), q.Rule != "" && h.Rule != q.Rule,
			q.InstitutionID != "" && h.InstitutionID != q.InstitutionID, q.PersonID != "" && (h.PersonID == nil || *h.PersonID != q.PersonID),
			q.Suppressed != nil && *q.Suppressed != (h.SuppressedBy != nil), !f.named(h.Lines, q),
			q.MinAmount != nil && h.Amount < *q.MinAmount, q.Severity != "" && h.Severity != q.Severity,
			q.Retracted == WithoutRetracted && h.Retracted != nil, q.Retracted == OnlyRetracted && h.Retracted == nil:
			continue
		}
		if len(items) == q.Limit {
			return items, items[len(items)-1].ID, nil
		}
		items = append(items, h)
	}
	return items, "", nil
}

func (f *facts) Finding(_ context.Context, id string) (claimwatch.Held, []FindingEvent, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h, ok := f.held[id]
	return h, f.history[id], ok, nil
}

func (f *facts) Claiming(_ context.Context, persons, _ []string) (list []claimwatch.Finding, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(f.held)) {
		h := f.held[id]
		if h.Retracted == nil && h.SuppressedBy == nil && h.Amount > 0 && h.PersonID != nil && slices.Contains(persons, *h.PersonID) {
			list = append(list, h.Finding)
		}
	}
	return list, nil
}

func (f *facts) AllFacts(_ context.Context, yield func(id, facts, suppressedBy string) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(f.held)) {
		if h := f.held[id]; h.Retracted == nil {
			row := ""
			if h.SuppressedBy != nil {
				row = *h.SuppressedBy
			}
			if err := yield(id, h.Facts, row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *facts) read(_ context.Context, _ claimwatch.Instant, lines []claimwatch.Line) ([]LineFacts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]LineFacts, len(lines))
	for i, line := range lines {
		out[i] = f.lines[line.InstitutionID+"|"+line.RecordID]
	}
	return out, nil
}

// tables reads the rows back from the views of the journal.
type tables struct{ rows *journaltest.Rows }

func (r tables) Rows(_ context.Context, q RowQuery) (rows []StoredRow, next string, err error) {
	t, _ := claimwatch.TableNamed(q.Table)
	current := map[string]StoredRow{}
	for _, row := range r.versions(q.Table) {
		if q.AsOf > 0 && row.Seq > q.AsOf {
			continue
		}
		current[(&reference.Row{Values: row.Values}).Key(t)] = row
	}
	for _, key := range slices.Sorted(maps.Keys(current)) {
		if row := current[key]; (q.WithVoid || !row.Void) && meets(t, row, q.Where) {
			rows = append(rows, row)
		}
	}
	return rows, "", nil
}

func meets(t claimwatch.Table, row StoredRow, where map[string]string) bool {
	object := rowObject(t, row.Values)
	for name, value := range where {
		if object[name] != value {
			return false
		}
	}
	return true
}

// versions are the rows of every load of a table, the oldest first.
func (r tables) versions(name string) (rows []StoredRow) {
	for _, a := range r.rows.Saved() {
		if a.Load != nil && a.Load.Table == name {
			for _, row := range a.Load.Changed {
				rows = append(rows, StoredRow{Void: row.Void, Values: row.Values, Seq: a.Seq, KnownFrom: a.Command.At, Actor: a.Command.Actor.Key})
			}
		}
	}
	return rows
}

func (r tables) RowHistory(_ context.Context, name string, key []claimwatch.Value) ([]StoredRow, error) {
	return slices.DeleteFunc(r.versions(name), func(row StoredRow) bool { return !slices.Equal(row.Values[:len(key)], key) }), nil
}

// book is a library of one rule with one parameter of its own, and of AGR-003.
type book struct {
	trial bool
	name  string // of the rule, in Chinese
}

func (b *book) List() []RuleView {
	return []RuleView{{
		Name: RuleName{Chinese: b.name}, Code: "FEE-001", Version: 3, State: "stable", Severity: claimwatch.Violation, Scope: "person", Stays: "any",
		Requires: []string{}, Basis: []RuleArticle{{Law: "shanxi-2022-measures", Article: "23"}}, Grounds: []string{},
		Parameters: []ParameterView{{Name: "days", Unit: "days", Default: "7", Min: "0", Max: "90"}}, Cases: 2,
	}}
}

func (b *book) Rule(code string) (RuleView, bool) {
	v := b.List()[0]
	v.Query, v.CaseNames = "SELECT 1", []string{"a hit", "a miss"}
	until, _ := claimwatch.ParseDay("2024-08-08")
	v.Articles = []ArticleView{{
		Title: RuleName{Chinese: b.name + "办法"}, RuleArticle: v.Basis[0], Text: []string{"协议医疗、康复机构应当严格执行"}, Valid: []LawInterval{{From: until - 731, Until: &until}},
	}}
	if code == "AGR-003" {
		v.Code, v.Parameters[0].Default = code, "365"
	}
	return v, code == v.Code
}

func (b *book) CheckValue(_, name, value string) error {
	if name != "days" && name != "hours" || value == "91" {
		return fmt.Errorf("%s=%s is out of range", name, value)
	}
	return nil
}

func (b *book) OnTrial(string) bool { return b.trial }
