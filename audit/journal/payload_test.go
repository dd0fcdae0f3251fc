package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/review"
)

// The topic may hold what no door of ours has written. Each is refused with a
// code, changes nothing, and the next good command is entry 1.
func TestForgedCommands(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	f := sample("s")
	zero := 0
	staffKey := key.Key{SHA256: key.Hash("cw_officer"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	about := func(c Command) Command { c.At, c.FindingID, c.ExpectedRevision = at, f.ID, &zero; return c }
	overlapping := "{\"line\":2,\"cells\":[\"P\",\"2026-01-01\",\"A\",\"1\",\"\"]}\n{\"line\":3,\"cells\":[\"P\",\"2026-02-01\",\"A\",\"1\",\"\"]}\n"
	packages := ReferenceLoad{Table: "item_packages", Columns: []string{"package_code", "valid_from", "component_codes", "price", "valid_until"}, Rows: 2}
	calendar := ReferenceLoad{Table: "calendar", Columns: []string{"day", "working", "source"}, Rows: 1}
	cases := []struct {
		name    string
		command Command
		want    claimwatch.Code
	}{
		{"inheritance that is a list", build(t, about(Command{Type: TypeInheritNotice, Actor: system}), []int{1}, nil), claimwatch.CodeInvalid},
		{"decision that is a text", build(t, about(Command{Type: TypeDecision, Actor: officer}), "reject", nil), claimwatch.CodeInvalid},
		{"decision of an unknown action", build(t, about(Command{Type: TypeDecision, Actor: officer}), Decision{Action: "seal", Finding: review.See(f)}, nil), claimwatch.CodeIllegalTransition},
		{"telling as a decision", build(t, about(Command{Type: TypeDecision, Actor: officer}), Decision{Action: review.ActionTell, Finding: review.See(f)}, nil), claimwatch.CodeIllegalTransition},
		{"decision by a hospital", build(t, about(Command{Type: TypeDecision, Actor: hospital}), Decision{Action: claimwatch.ActionNotify, Finding: review.See(f)}, nil), claimwatch.CodeForbidden},
		{"names that are no list", build(t, about(Command{Type: TypeDecision, Actor: officer}), Decision{Action: claimwatch.ActionNotify, Finding: review.See(f)}, []byte("{")), claimwatch.CodeInvalid},
		{"copy of another finding", build(t, about(Command{Type: TypeDecision, Actor: officer}), Decision{Action: claimwatch.ActionNotify, Finding: review.See(sample("other"))}, nil), claimwatch.CodeInvalid},
		{"load that is a number", build(t, Command{Type: TypeReferenceLoad, At: at}, 7, nil), claimwatch.CodeInvalid},
		{"row that is no object", build(t, Command{Type: TypeReferenceLoad, At: at}, calendar, []byte("x\n")), claimwatch.CodeInvalid},
		{"row with a cell at fault", build(t, Command{Type: TypeReferenceLoad, At: at}, calendar, []byte(`{"line":2,"cells":["2026-02-30"]}`)), claimwatch.CodeInvalid},
		{"more rows than named", build(t, Command{Type: TypeReferenceLoad, At: at}, ReferenceLoad{Table: "calendar", Columns: calendar.Columns}, []byte(`{"line":2,"cells":["2026-02-01"]}`)), claimwatch.CodeInvalid},
		{"rows that overlap", build(t, Command{Type: TypeReferenceLoad, At: at}, packages, []byte(overlapping)), claimwatch.CodeInvalid},
		{"key that is a list", build(t, Command{Type: TypeKeyAdd, At: at}, []int{1}, nil), claimwatch.CodeInvalid},
		{"key of a hospital with roles", build(t, Command{Type: TypeKeyAdd, At: at}, key.Key{SHA256: staffKey.SHA256, InstitutionID: "H1", Roles: staffKey.Roles}, nil), claimwatch.CodeInvalid},
		{"revocation that is a text", build(t, Command{Type: TypeKeyRevoke, At: at}, "x", nil), claimwatch.CodeInvalid},
	}
	for _, c := range cases {
		c.command.ID = "c_" + c.name
		var s State
		if entries := foldAll(t, &s, encode(t, c.command)); len(entries) != 0 {
			t.Errorf("%s: was accepted", c.name)
			continue
		}
		if refused := s.answers[c.command.ID].Refusal; refused == nil || refused.Code != c.want {
			t.Errorf("%s: %v, want %s", c.name, refused, c.want)
		}
		good := foldAll(t, &s, encode(t, build(t, Command{ID: "good", Type: TypeKeyAdd, At: at, Actor: system}, staffKey, nil)))
		if len(good) != 1 || good[0].Seq != 1 || good[0].Prev != genesis || len(s.reviews) != 0 || len(s.loads) != 0 {
			t.Errorf("%s: left a trace", c.name)
		}
	}
}

// A rejection without the charge of a line is refused whole; a name that is
// missing is an empty name.
func TestChargesOfARejection(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	f := sample("s")
	two := 2
	begin := encode(t, decision(t, "n", f, claimwatch.ActionNotify, 0, at), build(t, Command{ID: "e", Type: TypeStatement, At: at, Actor: hospital, FindingID: f.ID}, nil, []byte("x")))
	reject := func(change func(*Decision), names []byte) Command {
		p := Decision{Action: claimwatch.ActionReject, Finding: review.See(f), Charges: charges(f)}
		change(&p)
		return build(t, Command{ID: "r", Type: TypeDecision, At: at, Actor: officer, FindingID: f.ID, ExpectedRevision: &two, Reason: "r"}, p, names)
	}
	for name, c := range map[string]struct {
		command  Command
		rejected claimwatch.Fen // 0: refused
		names    []string
	}{
		"every charge":        {reject(func(*Decision) {}, []byte(`["a","b","c"]`)), 600, []string{"a", "b"}},
		"names too few":       {reject(func(*Decision) {}, []byte(`["a"]`)), 600, []string{"a", ""}},
		"no names":            {reject(func(*Decision) {}, nil), 600, []string{"", ""}},
		"no charges":          {reject(func(p *Decision) { p.Charges = nil }, nil), 0, nil},
		"one charge short":    {reject(func(p *Decision) { p.Charges = p.Charges[:2] }, nil), 0, nil},
		"of another hospital": {reject(func(p *Decision) { p.Charges[2].InstitutionID = "H3" }, nil), 0, nil},
		"of another kind":     {reject(func(p *Decision) { p.Charges[0].Kind = claimwatch.DeviceFitting }, nil), 0, nil},
		"a line without need": {reject(func(p *Decision) {
			p.Lines, p.Charges = []review.Part{{RecordID: "F2", InstitutionID: "H1", Amount: 200}}, p.Charges[1:2]
		}, []byte(`["b"]`)), 200, []string{"b"}},
		"charges out of order": {reject(func(p *Decision) { p.Charges[0], p.Charges[1] = p.Charges[1], p.Charges[0] }, []byte(`["b","a","c"]`)), 600, []string{"a", "b"}},
	} {
		var s State
		foldAll(t, &s, append(begin[:len(begin):len(begin)], encode(t, c.command)...))
		answer := s.answers["r"]
		if answer.Rejected != c.rejected || (answer.Refusal == nil) != (c.rejected > 0) || answer.Refusal != nil && answer.Refusal.Code != claimwatch.CodeInvalid {
			t.Errorf("%s: rejected %s, %v; want %s", name, answer.Rejected, answer.Refusal, c.rejected)
		}
		var names []string
		for _, item := range s.rejections.List("H1", "2026-02").Items {
			names = append(names, item.ItemName)
		}
		if diff := cmp.Diff(names, c.names); diff != "" {
			t.Errorf("%s: names on the list (-got, +want):\n%s", name, diff)
		}
		if standing := s.standing(f.ID, at); c.rejected == 0 && (standing.State != claimwatch.StateExplained || standing.Revision != 2) {
			t.Errorf("%s: the refusal left %s at revision %d", name, standing.State, standing.Revision)
		}
	}
}

// A key is one person's or one institution's: the table cannot give it to
// another, whoever had it first, and a row that goes takes its key along.
func TestKeysInTheTableOfInstitutions(t *testing.T) {
	at := instant(t, "2026-03-02T10:00:00+08:00")
	row := func(id, token string) string { return id + ",n,medical,3,c,true," + key.Hash(token) + ",\n" }
	header := "institution_id,name,kind,level,city,face_required,key_sha256,void\n"
	for name, c := range map[string]struct {
		load string
		want []int // lines at fault
	}{
		"its own again":                 {row("H1", "one"), nil},
		"its own, of the journal":       {row("H7", "seven"), nil},
		"another's of the table":        {row("H2", "one"), []int{2}},
		"another's of the journal":      {row("H2", "seven"), []int{2}},
		"an officer's":                  {row("H2", "officer"), []int{2}},
		"one for two":                   {row("H2", "two") + row("H3", "two"), []int{3}},
		"three at fault":                {row("H2", "one") + row("H3", "seven") + row("H4", "officer"), []int{2, 3, 4}},
		"of a row that goes":            {"H1,,,,,," + key.Hash("one") + ",1\n", nil},
		"another's in a row that goes":  {"H2,,,,,," + key.Hash("one") + ",1\n", nil},
		"good rows beside one at fault": {row("H2", "two") + row("H3", "one"), []int{3}},
	} {
		var s State
		foldAll(t, &s, encode(t, loadOf(t, "before", "institutions", header+row("H1", "one"), at),
			build(t, Command{ID: "k7", Type: TypeKeyAdd, At: at, Actor: system}, key.Key{SHA256: key.Hash("seven"), InstitutionID: "H7"}, nil),
			build(t, Command{ID: "ko", Type: TypeKeyAdd, At: at, Actor: system}, key.Key{SHA256: key.Hash("officer"), Roles: officer.Roles}, nil)))
		entries := foldAll(t, &s, encode(t, loadOf(t, "load", "institutions", header+c.load, at)))
		var lines []int
		if refused := s.answers["load"].Refusal; refused != nil {
			for _, fault := range refused.Faults {
				lines = append(lines, fault.Line)
			}
		}
		if diff := cmp.Diff(lines, c.want); diff != "" || len(entries) != 1 && c.want == nil {
			t.Errorf("%s: lines at fault (-got, +want):\n%s", name, diff)
		}
		_, two := s.keys.Authenticate("two")
		_, one := s.keys.Authenticate("one")
		if two || one != (name != "of a row that goes") {
			t.Errorf("%s: afterwards one is let in: %t, two: %t", name, one, two)
		}
	}
}

// What does not fit a message is refused before it is written, and what fits
// only without its data goes in one more part.
func TestLargeCommands(t *testing.T) {
	reason := func(n int) Command {
		return build(t, Command{ID: "c", Type: TypeStatement, FindingID: "f", Reason: strings.Repeat("理", n)}, nil, []byte("data"))
	}
	if _, err := Encode(reason(claimwatch.MaxMessageBytes / 3)); claimwatch.CodeOf(err) != claimwatch.CodeTooLarge {
		t.Errorf("Encode(a reason of a message's size) = %v, want too_large", err)
	}
	for _, c := range []struct{ letters, parts int }{{10, 1}, {(claimwatch.MaxMessageBytes - dataBytes) / 3, 2}} {
		messages := encode(t, reason(c.letters))
		if len(messages) != c.parts {
			t.Errorf("%d letters of reason: %d messages, want %d", c.letters, len(messages), c.parts)
		}
		var a assembler
		for i, m := range messages {
			command, _, err := a.take(m)
			if err != nil || (command != nil) != (i == len(messages)-1) {
				t.Fatalf("take(part %d of %d) = %v, %v", i, len(messages), command, err)
			}
			if command != nil && !bytes.Equal(command.Data, []byte("data")) {
				t.Errorf("the data came back as %q", command.Data)
			}
		}
	}
}

// The body of an entry that was cut or is none is an error, never an entry.
func TestParseEntryOfNonsense(t *testing.T) {
	var s State
	entry := foldAll(t, &s, encode(t, story(t)[1]))[0]
	read, command, err := ParseEntry(entry.Body)
	if err != nil || read.Hash != entry.Hash || command.ID != "c_key" {
		t.Fatalf("ParseEntry() = %+v, %+v, %v", read, command, err)
	}
	for _, body := range []string{"", "null", "[]", `{"seq":1}`, `{"seq":"1","command":{}}`, `{"seq":1,"command":[]}`, string(entry.Body[:len(entry.Body)-1])} {
		if _, _, err := ParseEntry([]byte(body)); err == nil {
			t.Errorf("ParseEntry(%q) gave no error", body)
		}
		if err := VerifyChain("", []Entry{{Seq: 1, Body: json.RawMessage(body)}}); err == nil {
			t.Errorf("VerifyChain(%q) gave no error", body)
		}
	}
}
