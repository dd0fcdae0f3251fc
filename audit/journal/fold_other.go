package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/reference"
)

// doLoad folds a reference load. What other parts of the state need of the
// tables (working days, keys of institutions) is taken from the changed rows.
func (s *State) doLoad(c Command, accepted *Accepted, answer *Answer) error {
	var p ReferenceLoad
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read reference load: %w", err)
	}
	table, known := claimwatch.TableNamed(p.Table)
	if !known {
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no table %q", p.Table)
	}
	rows, err := reference.ReadRows(table, p.Columns, c.Data)
	if err != nil {
		return err
	}
	if len(rows) != p.Rows {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the load has %d rows, it names %d", len(rows), p.Rows)
	}
	if err := s.reference.Check(table, rows); err != nil {
		return err
	}
	if err := s.checkKeys(table, rows); err != nil {
		return err
	}
	outcome := s.reference.Load(table, rows, accepted.Seq)
	s.follow(table, outcome.Changed)
	accepted.Load = &outcome
	answer.Load = &LoadAnswer{
		Table: table.Name, Version: outcome.Version, Rows: outcome.Rows, Changed: len(outcome.Changed), Unchanged: outcome.Unchanged,
	}
	if s.loads == nil {
		s.loads = map[string][]Load{}
	}
	s.loads[table.Name] = append(s.loads[table.Name], Load{LoadAnswer: *answer.Load, At: c.At, By: c.Actor.Key})
	return nil
}

// follow hands changed rows to the parts of the state that read them.
func (s *State) follow(table claimwatch.Table, changed []reference.Row) {
	for _, row := range changed {
		switch table.Name {
		case "calendar":
			day := claimwatch.Day(cell(table, row, "day").Num)
			if row.Void {
				s.calendar.Unset(day)
			} else {
				s.calendar.Set(day, cell(table, row, "working").Num != 0)
			}
		case "institutions":
			hash := cell(table, row, "key_sha256").Text
			if row.Void {
				hash = ""
			}
			s.keys.SetInstitution(cell(table, row, "institution_id").Text, hash)
		}
	}
}

// checkKeys refuses a key that belongs to somebody else: a key is a person.
func (s *State) checkKeys(table claimwatch.Table, rows []reference.Row) error {
	if table.Name != "institutions" {
		return nil
	}
	var faults []claimwatch.Fault
	inFile := map[string]string{}
	for _, row := range rows {
		hash, institution := cell(table, row, "key_sha256").Text, cell(table, row, "institution_id").Text
		if hash == "" || row.Void {
			continue
		}
		owner, taken := inFile[hash]
		if !taken {
			owner, taken = s.keys.Owner(hash), s.keys.Owner(hash) != "" || s.keys.Has(hash)
		}
		if taken && owner != institution {
			faults = append(faults, claimwatch.Fault{
				Line: row.Line, Column: "key_sha256", Code: claimwatch.CodeConflict, Message: "the key belongs to somebody else",
			})
		}
		inFile[hash] = institution
	}
	if len(faults) == 0 {
		return nil
	}
	refused := claimwatch.Refuse(claimwatch.CodeInvalid, "table %s: %d faults, nothing was changed", table.Name, len(faults))
	refused.Faults = faults
	return refused
}

func cell(table claimwatch.Table, row reference.Row, name string) claimwatch.Value {
	for i, column := range table.Columns {
		if column.Name == name {
			return row.Values[i]
		}
	}
	return claimwatch.Value{}
}

func (s *State) doKeyAdd(c Command, accepted *Accepted) error {
	var k key.Key
	if err := json.Unmarshal(c.Payload, &k); err != nil {
		return fmt.Errorf("read key: %w", err)
	}
	if err := s.keys.Add(k); err != nil {
		return err
	}
	accepted.Key = &k
	return nil
}

func (s *State) doKeyRevoke(c Command, accepted *Accepted) error {
	var p KeyRevocation
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read revocation: %w", err)
	}
	k, err := s.keys.Revoke(p.KeyID)
	if err != nil {
		return err
	}
	accepted.Key, accepted.Revoked = &k, true
	return nil
}
