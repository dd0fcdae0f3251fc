package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/policy"
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
	if err := s.checkRows(table, rows); err != nil {
		return err
	}
	s.loadRows(c, table, rows, accepted)
	done := s.loads[table.Name][len(s.loads[table.Name])-1].LoadAnswer
	answer.Load = &done
	return nil
}

// checkRows refuses rows that cannot stand beside what is loaded. It changes nothing.
func (s *State) checkRows(table claimwatch.Table, rows []reference.Row) error {
	if err := s.reference.Check(table, rows); err != nil {
		return err
	}
	if table.Name == claimwatch.Policies {
		return checkPolicies(table, rows)
	}
	return s.checkKeys(table, rows)
}

// checkPolicies refuses values that their policy does not take.
func checkPolicies(table claimwatch.Table, rows []reference.Row) error {
	var faults []claimwatch.Fault
	for _, row := range rows {
		if row.Void {
			continue
		}
		err := claimwatch.CheckPolicy(claimwatch.PolicyName(cell(table, row, "policy").Text), cell(table, row, "value").Text)
		if err != nil {
			faults = append(faults, claimwatch.Fault{Line: row.Line, Column: "value", Code: claimwatch.CodeRange, Message: err.Error()})
		}
	}
	return faulty(table, faults)
}

// faulty refuses a load with faults; nil without any.
func faulty(table claimwatch.Table, faults []claimwatch.Fault) error {
	if len(faults) == 0 {
		return nil
	}
	refused := claimwatch.Refuse(claimwatch.CodeInvalid, "table %s: %d faults, nothing was changed", table.Name, len(faults))
	refused.Faults = faults
	return refused
}

// loadRows takes checked rows: those of a load, or those that follow from a
// decision (a suspension changes agreements). One entry changes one table.
func (s *State) loadRows(c Command, table claimwatch.Table, rows []reference.Row, accepted *Accepted) {
	outcome := s.reference.Load(table, rows, accepted.Seq)
	s.follow(table, outcome.Changed)
	accepted.Load = &outcome
	if s.loads == nil {
		s.loads = map[string][]Load{}
	}
	s.loads[table.Name] = append(s.loads[table.Name], Load{At: c.At, By: c.Actor.Key, LoadAnswer: LoadAnswer{
		Table: table.Name, Version: outcome.Version, Rows: outcome.Rows, Changed: len(outcome.Changed), Unchanged: outcome.Unchanged,
	}})
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
			s.followInstitution(table, row)
		case claimwatch.Policies:
			s.policies.Set(policyOf(table, row))
		case "agreements":
			s.agreements.Set(agreement.RowOf(row.Values, row.Void))
			s.money.follow(table, row)
		case "holds", "assessments":
			s.money.follow(table, row)
		}
	}
}

func (s *State) followInstitution(table claimwatch.Table, row reference.Row) {
	id := cell(table, row, "institution_id").Text
	if row.Void {
		delete(s.institutions, id)
		return
	}
	if s.institutions == nil {
		s.institutions = map[string]Institution{}
	}
	s.institutions[id] = Institution{
		Name: cell(table, row, "name").Text, Kind: cell(table, row, "kind").Text, City: cell(table, row, "city").Text,
		Level: int(cell(table, row, "level").Num),
	}
}

func policyOf(table claimwatch.Table, row reference.Row) policy.Row {
	r := policy.Row{
		Name: claimwatch.PolicyName(cell(table, row, "policy").Text), City: cell(table, row, "city").Text,
		From: claimwatch.Day(cell(table, row, "from").Num), Value: cell(table, row, "value").Text, Void: row.Void,
	}
	if until := cell(table, row, "until"); until.Set {
		day := claimwatch.Day(until.Num)
		r.Until = &day
	}
	return r
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
	return faulty(table, faults)
}

func cell(table claimwatch.Table, row reference.Row, name string) claimwatch.Value {
	for i, column := range table.Columns {
		if column.Name == name {
			return row.Values[i]
		}
	}
	return claimwatch.Value{}
}
