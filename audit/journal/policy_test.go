package journal

import (
	"testing"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/reference"
)

// TestPolicyLoad: a policy holds from its day in its city; a value that it does
// not take is a fault with its line and changes nothing.
func TestPolicyLoad(t *testing.T) {
	var s State
	load := func(id, table, csv string) error {
		t.Helper()
		known, _ := claimwatch.TableNamed(table)
		rows, err := reference.Parse(known, reference.CSV, []byte(csv))
		if err != nil {
			t.Fatalf("Parse() error:\n%+v", err)
		}
		data, err := reference.AppendRows([]byte{}, known, rows)
		if err != nil {
			t.Fatalf("AppendRows() error:\n%+v", err)
		}
		c, err := NewCommand(Command{ID: id, Type: TypeReferenceLoad, Actor: Actor{Key: "k"}},
			ReferenceLoad{Table: table, Columns: reference.ColumnNames(known), Rows: len(rows)}, data)
		if err != nil {
			t.Fatalf("NewCommand() error:\n%+v", err)
		}
		canonical, err := c.Canonical()
		if err != nil {
			t.Fatalf("Canonical() error:\n%+v", err)
		}
		_, answer := s.Apply(c, canonical)
		if answer.Refusal != nil {
			return answer.Refusal
		}
		return nil
	}
	if err := load("1", "institutions", "institution_id,name,kind,level,city,face_required\nH1,H,medical,3,太原,false\n"); err != nil {
		t.Fatalf("load institutions error:\n%+v", err)
	}
	if err := load("2", "policies", "policy,city,from,value,reason\npay_day,太原,2026-05-01,20,platform\n"); err != nil {
		t.Fatalf("load policies error:\n%+v", err)
	}
	j := &Journal{state: s}
	day, _ := claimwatch.ParseDay("2026-05-01")
	if got := j.Policy(claimwatch.PolicyPayDay, "H1", day); got != "20" {
		t.Errorf("Policy(pay_day) = %s, want 20", got)
	}
	if got := j.Policy(claimwatch.PolicyPayDay, "H2", day); got != "25" {
		t.Errorf("Policy(pay_day) of an institution elsewhere = %s, want 25", got)
	}
	if known, ok := j.Institution("H1"); !ok || known.City != "太原" || known.Level != 3 {
		t.Errorf("Institution() = %+v %t", known, ok)
	}
	err := load("3", "policies", "policy,city,from,value,reason\nbond_base,,2026-05-01,total,x\npay_day,,2026-05-01,31,x\n")
	if claimwatch.CodeOf(err) != claimwatch.CodeInvalid {
		t.Errorf("load of a bad value: %v, want invalid", err)
	}
	if got := s.policies.Value(claimwatch.PolicyBondBase, "", day); got != "approved" {
		t.Errorf("bond_base after a refused load = %s, want approved", got)
	}
}

// TestJurisdiction: a city's key sees where the table institutions says so now.
func TestJurisdiction(t *testing.T) {
	j := &Journal{}
	j.state.institutions = map[string]Institution{"H1": {City: "太原"}, "H2": {City: "大同"}}
	if err := j.state.keys.Add(key.Key{SHA256: key.Hash("token"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}, City: "太原"}); err != nil {
		t.Fatalf("Add() error:\n%+v", err)
	}
	caller, ok := j.Authenticate("token")
	if !ok || !caller.Sees("H1") || caller.Sees("H2") || caller.Sees("H3") {
		t.Errorf("Authenticate() = %t; sees H1 %t, H2 %t, H3 %t", ok, caller.Sees("H1"), caller.Sees("H2"), caller.Sees("H3"))
	}
	j.state.institutions["H2"] = Institution{City: "太原"}
	if !caller.Sees("H2") {
		t.Error("an institution that moved to the city is not seen")
	}
}
