package verify_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/account"
	"claimwatch/audit/export"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

var update = flag.Bool("update", false, "write golden files anew; a change breaks every export that was kept")

// world is a small journal with everything that stands beside it.
type world struct {
	messages []claimwatch.Message
	accepted []*journal.Accepted
	state    journal.State
	signer   *proof.Signer
	public   *proof.Verifier
	note     []byte
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("error:\n%+v", err)
	}
}

func newKey(t testing.TB, name string) (*proof.Signer, *proof.Verifier) {
	t.Helper()
	private, public, err := proof.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{9}, 64)), proof.Ed25519, name)
	check(t, err)
	signer, err := proof.NewSigner(private, rand.Reader)
	check(t, err)
	verifier, err := proof.NewVerifier(public)
	check(t, err)
	return signer, verifier
}

// newWorld makes a journal of n keys, of which some are revoked, and of one reference
// load with data.
func newWorld(t testing.TB, n int) *world {
	t.Helper()
	w := &world{}
	w.signer, w.public = newKey(t, "claimwatch/test")
	admin := journal.Actor{Key: "ad31000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}
	for i := range n {
		command := journal.Command{
			ID: fmt.Sprintf("c_%04d", i+1), Type: journal.TypeKeyAdd, At: claimwatch.Instant(1_772_000_000_000 + int64(i)*60_000), Actor: admin,
			Reason: fmt.Sprintf("desk %d & <more>", i),
		}
		var payload any = key.Key{SHA256: key.Hash(fmt.Sprint("cw_", i)), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}, Label: fmt.Sprint("desk ", i)}
		var data []byte
		switch {
		case i == 2:
			command.Type = journal.TypeReferenceLoad
			payload = journal.ReferenceLoad{Table: "calendar", Columns: []string{"day", "working", "source"}, Rows: 1}
			data = []byte(`{"line":2,"cells":["2026-03-03","true","gov"]}` + "\n")
		case i%7 == 6:
			command.Type, payload = journal.TypeKeyRevoke, journal.KeyRevocation{KeyID: key.ID(key.Hash(fmt.Sprint("cw_", i-1)))}
		}
		c, err := journal.NewCommand(command, payload, data)
		check(t, err)
		w.send(t, c)
	}
	w.sign(t)
	return w
}

func (w *world) send(t testing.TB, c journal.Command) {
	t.Helper()
	messages, err := journal.Encode(c)
	check(t, err)
	for _, m := range messages {
		m.Offset = int64(len(w.messages))
		w.messages = append(w.messages, m)
		taken, err := w.state.Take(m)
		check(t, err)
		if taken.Command != nil && taken.Accepted == nil {
			t.Fatalf("command %s is refused: %v", c.ID, taken.Answer.Refusal)
		}
		w.accepted = append(w.accepted, taken.Accepted)
	}
}

func (w *world) sign(t testing.TB) {
	t.Helper()
	mark := w.state.Mark()
	mark.At = 1_772_400_000_000
	var err error
	w.note, err = mark.Sign(w.signer)
	check(t, err)
}

func (w *world) export(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	writer, err := export.NewWriter(&out, uint64(len(w.accepted)), w.public)
	check(t, err)
	for _, a := range w.accepted {
		check(t, writer.Write(export.Item{Seq: a.Seq, SHA256: a.Hash, Body: a.Body, DataSHA256: a.Command.DataSHA256, Data: a.Command.Data, Withheld: a.Command.Withheld()}))
	}
	check(t, writer.Close(w.note))
	return out.Bytes()
}

func (w *world) options() verify.Options {
	return verify.Options{Keys: []*proof.Verifier{w.public}, Heads: w.note}
}

func checkExport(t testing.TB, text []byte, opts verify.Options) *verify.Report {
	t.Helper()
	r, err := verify.Export(bytes.NewReader(text), opts)
	check(t, err)
	return r
}

// The bytes of an export are frozen: one that was kept must verify for ever.
func TestGoldenExport(t *testing.T) {
	w := newWorld(t, 8)
	got := w.export(t)
	const path = "testdata/export.golden"
	if *update {
		check(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	check(t, err)
	if diff := cmp.Diff(string(got), string(want)); diff != "" {
		t.Errorf("export (-got, +want):\n%s", diff)
	}
}

func TestWholeExport(t *testing.T) {
	w := newWorld(t, 20)
	for name, opts := range map[string]verify.Options{
		"by its own key": {}, "by a given key": {Keys: []*proof.Verifier{w.public}}, "with a head": w.options(),
	} {
		r := checkExport(t, w.export(t), opts)
		if !r.Whole || r.Entries != 20 || r.Signed != 20 || r.Head != w.accepted[19].Hash || len(r.Keys) != 1 || r.Keys[0].Given != (len(opts.Keys) > 0) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	_, stranger := newKey(t, "claimwatch/another")
	r := checkExport(t, w.export(t), verify.Options{Keys: []*proof.Verifier{stranger}})
	if r.Whole || r.Faults[0].Kind != verify.Unsigned {
		t.Errorf("another key: %+v", r)
	}
	r = checkExport(t, w.export(t), verify.Options{Heads: newWorld(t, 21).note})
	if r.Whole || r.Signed != 20 {
		t.Errorf("a head of 21 entries, an export of 20: %+v", r)
	}
	var empty world
	empty.signer, empty.public = w.signer, w.public
	empty.sign(t)
	if r := checkExport(t, empty.export(t), verify.Options{}); !r.Whole {
		t.Errorf("an empty journal: %+v", r)
	}
}

// Data that is another, is gone, came to an entry without any, or is said to be erased
// by an entry that erases nothing, is a fault of that entry.
func TestDataInExport(t *testing.T) {
	w := newWorld(t, 5)
	for name, c := range map[string]struct {
		seq    int
		change func(*export.Line)
	}{
		"another":        {3, func(l *export.Line) { l.Data = []byte("another") }},
		"gone":           {3, func(l *export.Line) { l.Data = nil }},
		"of nothing":     {2, func(l *export.Line) { l.Data = []byte("more") }},
		"erased by none": {3, func(l *export.Line) { l.Data, l.ErasedBy = nil, 5 }},
		"erased, there":  {3, func(l *export.Line) { l.ErasedBy = 5 }},
		"another hash":   {3, func(l *export.Line) { l.DataSHA256 = l.SHA256 }},
	} {
		lines := bytes.SplitAfter(w.export(t), []byte("\n"))
		var line export.Line
		check(t, json.Unmarshal(lines[c.seq], &line))
		c.change(&line)
		var err error
		lines[c.seq], err = export.Marshal(line)
		check(t, err)
		r := checkExport(t, bytes.Join(lines, nil), w.options())
		if r.Whole || len(r.Faults) != 1 || r.Faults[0].Seq != uint64(c.seq) || r.Faults[0].Kind != verify.Changed {
			t.Errorf("%s: %v", name, r.Faults)
		}
	}
}

// Who signs in with what is in no export, and only that may be left out.
func TestWithheldInExport(t *testing.T) {
	w := newWorld(t, 4)
	const name = "王小明"
	rights := key.Key{SHA256: key.Hash("wang"), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}
	data, err := json.Marshal(account.Account{ID: key.ID(rights.SHA256), Login: "wang", Name: name})
	check(t, err)
	none := 0
	c, err := journal.NewCommand(journal.Command{
		ID: "c_account", Type: journal.TypeAccountSet, At: 1_772_000_900_000, ExpectedRevision: &none,
		Actor: journal.Actor{Key: "ad31000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}},
	}, journal.AccountSet{AccountID: key.ID(rights.SHA256), What: []string{account.Created}, Key: &rights}, data)
	check(t, err)
	w.send(t, c)
	w.sign(t)
	good := w.export(t)
	if r := checkExport(t, good, w.options()); !r.Whole {
		t.Fatalf("an export with an account has faults: %+v", r.Faults)
	}
	base64ed := base64.StdEncoding.EncodeToString(data)
	if bytes.Contains(good, []byte(name)) || bytes.Contains(good, []byte(base64ed[:24])) || !bytes.Contains(good, []byte(`"withheld":true`)) {
		t.Errorf("the export tells who signs in:\n%s", good)
	}
	sum := func(seq int) []byte { return []byte(`"data_sha256":"` + w.accepted[seq-1].Command.DataSHA256 + `"`) }
	load := []byte(`,"data":"` + base64.StdEncoding.EncodeToString(w.accepted[2].Command.Data) + `"`)
	for what, changed := range map[string][]byte{
		"the account's is there":    bytes.Replace(good, append(sum(5), `,"withheld":true`...), append(sum(5), `,"data":"`+base64ed+`"`...), 1),
		"and withheld":              bytes.Replace(good, append(sum(5), `,"withheld":true`...), append(sum(5), `,"data":"`+base64ed+`","withheld":true`...), 1),
		"it is left out in silence": bytes.Replace(good, append(sum(5), `,"withheld":true`...), sum(5), 1),
		"a load is withheld":        bytes.Replace(good, append(sum(3), load...), append(sum(3), `,"withheld":true`...), 1),
	} {
		if bytes.Equal(changed, good) {
			t.Fatalf("%s: nothing was changed", what)
		}
		if r := checkExport(t, changed, w.options()); r.Whole {
			t.Errorf("%s: no fault", what)
		}
	}
}

// A forger who recomputes every hash beside the entry is named too, with a signed
// head and by the chain alone.
func TestRehashedExport(t *testing.T) {
	w := newWorld(t, 30)
	for _, seq := range []int{1, 2, 17, 29, 30} {
		lines := bytes.SplitAfter(w.export(t), []byte("\n"))
		var line export.Line
		check(t, json.Unmarshal(lines[seq], &line))
		line.Entry = strings.Replace(line.Entry, `"reason":"desk`, `"reason":"Desk`, 1)
		body := []byte(line.Entry)
		entry, _, err := journal.ParseEntry(body)
		check(t, err)
		line.SHA256, line.Leaf = entry.Hash, proof.Leaf(body).String()
		lines[seq], err = export.Marshal(line)
		check(t, err)
		r := checkExport(t, bytes.Join(lines, nil), w.options())
		if r.Whole || len(r.Faults) != 1 || r.Faults[0].Seq != uint64(seq) || r.Faults[0].Kind != verify.Changed {
			t.Errorf("entry %d rewritten with its hashes: %+v", seq, r.Faults)
		}
	}
}

// A whole other journal, signed by its own key, is not the one whose head stands
// elsewhere.
func TestForkedExport(t *testing.T) {
	w := newWorld(t, 10)
	other := &world{}
	other.signer, other.public = newKey(t, "claimwatch/test")
	for i, a := range w.accepted {
		c := a.Command
		if i >= 6 {
			c.Reason = "another past"
		}
		other.send(t, c)
	}
	other.sign(t)
	r := checkExport(t, other.export(t), verify.Options{Heads: w.note})
	if r.Whole {
		t.Fatalf("another journal is taken for this one: %+v", r)
	}
	if !strings.Contains(fmt.Sprint(r.Faults), "entry 10") {
		t.Errorf("the faults are %v", r.Faults)
	}
}

// A hash has one spelling: the same digits in capitals are a change.
func TestOneSpelling(t *testing.T) {
	w := newWorld(t, 5)
	text := w.export(t)
	shouted := bytes.Replace(text, []byte(w.accepted[3].Hash), bytes.ToUpper([]byte(w.accepted[3].Hash)), 1)
	r := checkExport(t, shouted, w.options())
	if r.Whole || len(r.Faults) != 1 || r.Faults[0].Seq != 4 {
		t.Errorf("capitals in the sha256 of entry 4: %v", r.Faults)
	}
}
