package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/matter"
	"claimwatch/audit/reference"
)

// doMatter folds a step of a matter, with the reference rows that follow from it:
// they stand in the same entry, and whoever they concern is evaluated again.
func (s *State) doMatter(c Command, accepted *Accepted, answer *Answer) error {
	var p Matter
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read matter: %w", err)
	}
	var texts MatterTexts
	if len(c.Data) > 0 { // none: erased, or there never were any
		if err := json.Unmarshal(c.Data, &texts); err != nil {
			return fmt.Errorf("read texts of matter: %w", err)
		}
	}
	if p.Action == matter.Open {
		p.MatterID = MatterID(c.ID)
	}
	if err := s.checkAttached(c.Actor.InstitutionID, p.Attachments); err != nil {
		return err
	}
	out, err := matter.Decide(&s.matters, s.world(), matter.Command{
		Kind: p.Kind, ID: p.MatterID, Action: p.Action, At: c.At, Seq: accepted.Seq, ExpectedRevision: c.ExpectedRevision,
		By:            matter.Actor{Key: c.Actor.Key, Roles: c.Actor.Roles, InstitutionID: c.Actor.InstitutionID},
		InstitutionID: p.InstitutionID, PersonID: p.PersonID, City: p.City, Fields: p.Fields, Texts: texts.Texts, Reason: texts.Reason, Attachments: p.Attachments,
		Procedure: p.Procedure,
	})
	if err != nil {
		return err
	}
	table, rows, err := s.rowsOf(out.Rows)
	if err != nil {
		return err
	}
	// From here on nothing fails: the command is accepted.
	s.matters.Apply(out)
	if len(rows) > 0 {
		s.loadRows(c, table, rows, accepted)
	}
	after := out.Matter
	accepted.Matter = &after
	answer.Matter = &MatterAnswer{ID: after.ID, Revision: after.Revision}
	return nil
}

// rowsOf reads and checks the rows that follow from a step: all of one table.
func (s *State) rowsOf(wanted []matter.Row) (table claimwatch.Table, rows []reference.Row, err error) {
	for _, want := range wanted {
		named, known := claimwatch.TableNamed(want.Table)
		if !known || table.Name != "" && table.Name != named.Name {
			return table, nil, claimwatch.Refuse(claimwatch.CodeInvalid, "a step changes one table, not %s and %s", table.Name, want.Table)
		}
		table = named
		row, err := want.Read(table)
		if err != nil {
			return table, nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return table, nil, nil
	}
	return table, rows, s.checkRows(table, rows)
}

// world is what steps of matters may look at.
func (s *State) world() matter.World {
	return matter.World{
		Calendar: &s.calendar, Agreements: &s.agreements,
		Institution: func(id string) (matter.Institution, bool) {
			i, known := s.institutions[id]
			return matter.Institution{Kind: i.Kind, City: i.City, Level: i.Level}, known
		},
		Policy: func(name claimwatch.PolicyName, city string, on claimwatch.Day) string {
			return s.policies.Value(name, city, on)
		},
	}
}
