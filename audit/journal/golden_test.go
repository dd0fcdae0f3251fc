package journal

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/reference"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

var update = flag.Bool("update", false, "write golden files anew; a change breaks every chain that exists")

func instant(t testing.TB, text string) claimwatch.Instant {
	t.Helper()
	var i claimwatch.Instant
	if err := i.UnmarshalText([]byte(text)); err != nil {
		t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
	}
	return i
}

// sample is a finding with two violating lines of H1 and one of H2.
func sample(subject string) claimwatch.Finding {
	person, stay := "P1", "S1"
	from := claimwatch.Instant(1_772_000_000_000)
	return claimwatch.Finding{
		ID: claimwatch.FindingID("FEE-001", subject), Rule: "FEE-001", RuleVersion: 1, Severity: claimwatch.Violation,
		InstitutionID: "H1", PersonID: &person, StayID: &stay, Subject: subject, From: &from, Amount: 600,
		Lines: []claimwatch.Line{
			{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F1", Role: claimwatch.Violating, Amount: 100},
			{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F2", Role: claimwatch.Violating, Amount: 200},
			{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "F1", Role: claimwatch.Violating, Amount: 300},
			{Kind: claimwatch.Order, InstitutionID: "H1", RecordID: "O1", Role: claimwatch.Involved},
		},
		Basis:   []claimwatch.Basis{{Law: "shanxi-2022-measures", Article: "23", InForce: false}},
		Grounds: []string{"38.1"},
	}
}

func charges(f claimwatch.Finding) []rejection.Charge {
	var out []rejection.Charge
	for _, line := range f.Lines {
		if line.Role == claimwatch.Violating {
			out = append(out, rejection.Charge{
				Kind: line.Kind, InstitutionID: line.InstitutionID, RecordID: line.RecordID, Revision: 1, PersonID: "P1", StayID: "S1",
				OccurredAt: claimwatch.Instant(1_772_000_000_000), ItemCode: "A1", Net: line.Amount,
			})
		}
	}
	return out
}

var (
	officer  = Actor{Key: "0123456789abcdef", Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	hospital = Actor{Key: "fedcba9876543210", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}, InstitutionID: "H1"}
	system   = Actor{Key: SystemKey}
)

// build makes a command or fails the test.
func build(t testing.TB, c Command, payload any, data []byte) Command {
	t.Helper()
	command, err := NewCommand(c, payload, data)
	if err != nil {
		t.Fatalf("NewCommand() error:\n%+v", err)
	}
	return command
}

func decision(t testing.TB, id string, f claimwatch.Finding, action claimwatch.Action, revision int, at claimwatch.Instant) Command {
	t.Helper()
	payload := Decision{Action: action, Finding: review.See(f)}
	var names []byte
	if action == claimwatch.ActionReject {
		payload.Charges, names = charges(f), []byte(`["CT 扫描","b","c"]`)
	}
	return build(t, Command{
		ID: id, Type: TypeDecision, At: at, Actor: officer, FindingID: f.ID, ExpectedRevision: &revision, Reason: "<重复> & \"twice\"",
		Request: hexSum([]byte(id)),
	}, payload, names)
}

func loadOf(t testing.TB, id, table, csv string, at claimwatch.Instant) Command {
	t.Helper()
	spec, _ := claimwatch.TableNamed(table)
	rows, err := reference.Parse(spec, reference.CSV, []byte(csv))
	if err != nil {
		t.Fatalf("Parse() error:\n%+v", err)
	}
	data, err := reference.AppendRows([]byte{}, spec, rows)
	if err != nil {
		t.Fatalf("AppendRows() error:\n%+v", err)
	}
	return build(t, Command{ID: id, Type: TypeReferenceLoad, At: at, Actor: officer},
		ReferenceLoad{Table: table, Columns: reference.ColumnNames(spec), Rows: len(rows)}, data)
}

// story is one command of every type, all of which are accepted.
func story(t testing.TB) []Command {
	t.Helper()
	monday := instant(t, "2026-03-02T10:00:00+08:00")
	a, b := sample("H1|P1|S1"), sample("H1|P1|S1|other")
	zero := 0
	one := 1
	return []Command{
		loadOf(t, "c_load", "calendar", "day,working,source\n2026-03-03,1,gov\n2026-03-04,0,gov\n", monday),
		build(t, Command{ID: "c_key", Type: TypeKeyAdd, At: monday, Actor: system, Reason: "first start"},
			key.Key{SHA256: key.Hash("cw_x"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}, Label: "desk 4"}, nil),
		decision(t, "c_notify", a, claimwatch.ActionNotify, 0, monday),
		build(t, Command{ID: "c_tell", Type: TypeTellRetracted, At: monday, Actor: system, FindingID: a.ID, ExpectedRevision: &one}, nil, nil),
		build(t, Command{ID: "c_inherit", Type: TypeInheritNotice, At: monday, Actor: system, FindingID: b.ID, ExpectedRevision: &zero},
			Inheritance{From: a.ID, Finding: review.See(b)}, nil),
		build(t, Command{ID: "c_explain", Type: TypeStatement, At: monday, Actor: hospital, FindingID: b.ID}, nil, []byte("病人需要\nit was needed")),
		decision(t, "c_reject", b, claimwatch.ActionReject, 2, monday),
		build(t, Command{ID: "c_revoke", Type: TypeKeyRevoke, At: monday, Actor: officer}, KeyRevocation{KeyID: key.ID(key.Hash("cw_x"))}, nil),
	}
}

// foldAll applies the messages of commands to a state and gives the entries.
func foldAll(t testing.TB, s *State, messages []claimwatch.Message) []Entry {
	t.Helper()
	s.parts.known = func(id string) bool { _, known := s.answers[id]; return known }
	var entries []Entry
	for _, m := range messages {
		command, canonical, err := s.parts.take(m)
		if err != nil {
			t.Fatalf("take() error:\n%+v", err)
		}
		if command == nil {
			continue
		}
		if accepted, _ := s.Apply(*command, canonical); accepted != nil {
			entries = append(entries, accepted.Entry)
		}
	}
	return entries
}

func encode(t testing.TB, commands ...Command) []claimwatch.Message {
	t.Helper()
	var messages []claimwatch.Message
	for _, c := range commands {
		encoded, err := Encode(c)
		if err != nil {
			t.Fatalf("Encode() error:\n%+v", err)
		}
		messages = append(messages, encoded...)
	}
	return messages
}

// The bytes of commands, of messages, and of the chain are frozen: the log is
// kept for ever, and a chain that was published must still verify.
func TestGoldenBytes(t *testing.T) {
	commands := story(t)
	var messages, chain bytes.Buffer
	for _, m := range encode(t, commands...) {
		messages.Write(m.Value)
		messages.WriteString("\n")
	}
	var s State
	entries := foldAll(t, &s, encode(t, commands...))
	if len(entries) != len(commands) {
		for id, answer := range s.answers {
			t.Logf("%s: %v", id, answer.Refusal)
		}
		t.Fatalf("%d of %d commands were accepted", len(entries), len(commands))
	}
	for _, entry := range entries {
		chain.Write(entry.Body)
		chain.WriteString("\n" + entry.Hash + "\n")
	}
	for name, got := range map[string][]byte{"messages.golden": messages.Bytes(), "chain.golden": chain.Bytes()} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatalf("WriteFile() error:\n%+v", err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("ReadFile() error:\n%+v", err)
		}
		if diff := cmp.Diff(string(got), string(want)); diff != "" {
			t.Errorf("%s (-got, +want):\n%s", name, diff)
		}
	}
}

// Neither what a hospital explains nor the name of an item is in the chain.
func TestNoTextInTheChain(t *testing.T) {
	var s State
	for _, entry := range foldAll(t, &s, encode(t, story(t)...)) {
		for _, text := range []string{"病人需要", "扫描"} {
			if bytes.Contains(entry.Body, []byte(text)) {
				t.Errorf("entry %d holds %q", entry.Seq, text)
			}
		}
	}
	list := s.rejections.List("H1", "2026-02")
	if len(list.Items) == 0 || list.Items[0].ItemName != "CT 扫描" {
		t.Errorf("the list does not name the item: %+v", list)
	}
}

func TestVerifyChain(t *testing.T) {
	var s State
	entries := foldAll(t, &s, encode(t, story(t)...))
	if err := VerifyChain("", entries); err != nil {
		t.Fatalf("VerifyChain() error:\n%+v", err)
	}
	if err := VerifyChain(entries[2].Hash, entries[3:]); err != nil {
		t.Errorf("VerifyChain(from the fourth) error:\n%+v", err)
	}
	tampered := map[string][]Entry{
		"dropped":  append(append([]Entry{}, entries[:2]...), entries[3:]...),
		"cut head": entries[1:],
		"swapped":  {entries[1], entries[0]},
		"inserted": append(append([]Entry{}, entries[:2]...), entries[1:]...),
	}
	changed := append([]Entry{}, entries...)
	changed[3].Body = bytes.Replace(changed[3].Body, []byte("2026"), []byte("2025"), 1)
	tampered["changed"] = changed
	rehashed := append([]Entry{}, changed...)
	rehashed[3].Hash = hexSum(rehashed[3].Body)
	tampered["changed with its hash"] = rehashed
	for name, chain := range tampered {
		if err := VerifyChain("", chain); err == nil {
			t.Errorf("%s: the chain verifies", name)
		}
	}
}
