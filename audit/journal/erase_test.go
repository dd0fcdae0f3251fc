package journal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/proof"
)

var administrator = Actor{Key: "ad31000000000000", Roles: []claimwatch.CallerRole{claimwatch.RoleAdministrator}}

func erase(t testing.TB, id string, seq uint64, by Actor, reason string) Command {
	t.Helper()
	return build(t, Command{ID: id, Type: TypeErase, At: instant(t, "2026-03-03T10:00:00+08:00"), Actor: by, Reason: reason}, Erasure{Seq: seq}, nil)
}

// apply folds commands as they come out of the log and gives the last answer.
func apply(t testing.TB, s *State, commands ...Command) (last Taken) {
	t.Helper()
	for _, m := range encode(t, commands...) {
		taken, err := s.Take(m)
		if err != nil {
			t.Fatalf("Take() error:\n%+v", err)
		}
		last = taken
	}
	return last
}

// An erased statement is gone from every review that had it, also where a notice
// was inherited; that there was one stays, and so does the chain.
func TestErase(t *testing.T) {
	var s State
	commands := story(t)
	apply(t, &s, commands[:4]...)
	a, b := sample("H1|P1|S1"), sample("H1|P1|S1|other")
	two := 0
	said := apply(t, &s, build(t, Command{ID: "c_said", Type: TypeStatement, At: commands[3].At, Actor: hospital, FindingID: a.ID}, nil, []byte("病人需要")))
	inherit := commands[4]
	inherit.ExpectedRevision = &two
	apply(t, &s, inherit)
	before := s.Mark()
	erased := apply(t, &s, erase(t, "c_erase", said.Answer.Seq, administrator, "asked for by the patient"))
	if erased.Answer.Refusal != nil {
		t.Fatalf("erase is refused: %v", erased.Answer.Refusal)
	}
	for _, f := range []claimwatch.Finding{a, b} {
		texts := 0
		for _, event := range s.reviews[f.ID].History {
			if event.Action == claimwatch.ActionExplain {
				texts++
				if event.Text != "" || !event.Erased || event.Entry != said.Answer.Seq {
					t.Errorf("the statement of %s is shown as %+v", f.ID, event)
				}
			}
		}
		if texts != 1 {
			t.Errorf("%s has %d statements", f.ID, texts)
		}
		if about := s.ledger.about[f.ID]; about[len(about)-1] != erased.Answer.Seq {
			t.Errorf("the erasure is not among the entries %v about %s", about, f.ID)
		}
	}
	if len(erased.Accepted.Erased) != 2 {
		t.Errorf("%d reviews are written anew, want 2", len(erased.Accepted.Erased))
	}
	const want = `{"command_id":"c_erase","type":"erase","at":"2026-03-03T10:00:00.000+08:00","actor":{"key":"ad31000000000000","roles":["administrator"]},` +
		`"reason":"asked for by the patient","payload":{"seq":5}}`
	if got := string(erased.Canonical); got != want {
		t.Errorf("the bytes of erase (-got, +want):\n%s", cmp.Diff(got, want))
	}
	hashes, err := s.ledger.tree.Consistency(before.Size, s.seq)
	if err == nil {
		err = proof.CheckConsistency(hashes, before, s.Mark())
	}
	if err != nil {
		t.Errorf("the journal does not continue the one before the erasure:\n%+v", err)
	}
}

func TestEraseIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		seq    uint64
		by     Actor
		reason string
		code   claimwatch.Code
	}{
		"by an officer":         {6, officer, "why", claimwatch.CodeForbidden},
		"without a reason":      {6, administrator, " ", claimwatch.CodeInvalid},
		"no such entry":         {99, administrator, "why", claimwatch.CodeNotFound},
		"entry 0":               {0, administrator, "why", claimwatch.CodeNotFound},
		"an entry without data": {3, administrator, "why", claimwatch.CodeIllegalTransition},
		"rows of a table":       {1, administrator, "why", claimwatch.CodeIllegalTransition},
	} {
		t.Run(name, func(t *testing.T) {
			var s State
			apply(t, &s, story(t)...)
			got := apply(t, &s, erase(t, "c_erase", c.seq, c.by, c.reason))
			if got.Answer.Refusal == nil || got.Answer.Refusal.Code != c.code {
				t.Errorf("erase of entry %d is answered %+v, want %s", c.seq, got.Answer, c.code)
			}
			if len(s.ledger.erased) != 0 {
				t.Errorf("a refused erasure left %v", s.ledger.erased)
			}
		})
	}
	var s State
	apply(t, &s, story(t)...)
	apply(t, &s, erase(t, "c_erase", 6, administrator, "why"))
	again := apply(t, &s, erase(t, "c_again", 6, administrator, "why"))
	if again.Answer.Refusal == nil || again.Answer.Refusal.Code != claimwatch.CodeIllegalTransition || !strings.Contains(again.Answer.Refusal.Message, "entry 9") {
		t.Errorf("a second erasure is answered %+v", again.Answer)
	}
}

// The tree has a leaf for each entry, and what is listed of entries leads back to
// their bodies and commands.
func TestLedger(t *testing.T) {
	var s State
	var tree proof.Tree
	j := &Journal{}
	for i, m := range encode(t, story(t)...) {
		taken, err := s.Take(m)
		if err != nil {
			t.Fatalf("Take() error:\n%+v", err)
		}
		tree.Append(proof.Leaf(taken.Accepted.Body))
		want := Leaf{uint64(i) + 1, proof.Leaf(taken.Accepted.Body), taken.Accepted.Hash, CommandMark(taken.Canonical)}
		if diff := cmp.Diff(s.ledger.leaf(uint64(i)+1), want); diff != "" {
			t.Errorf("leaf (-got, +want):\n%s", diff)
		}
		root, err := tree.Root(tree.Size())
		if mark := s.Mark(); err != nil || mark.Root != root || mark.Head != taken.Accepted.Hash || mark.Size != uint64(i)+1 {
			t.Errorf("Mark() is %+v, want root %s, %v", mark, root, err)
		}
	}
	j.state = s
	if got := len(j.Leaves(3, 99)); got != 5 {
		t.Errorf("Leaves(3, 99) gives %d, want 5", got)
	}
	if _, err := j.MarkAt(99); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("MarkAt(99) error is %v", err)
	}
	if _, _, err := j.Inclusion(0, 3); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Inclusion(0, 3) error is %v", err)
	}
	if _, err := j.Consistency(4, 3); claimwatch.CodeOf(err) != claimwatch.CodeNotFound {
		t.Errorf("Consistency(4, 3) error is %v", err)
	}
	leaf, hashes, err := j.Inclusion(2, 8)
	if err == nil {
		err = proof.CheckInclusion(hashes, 2, leaf, j.Mark())
	}
	if err != nil {
		t.Errorf("Inclusion(2, 8) error:\n%+v", err)
	}
	if got, want := j.About(sample("H1|P1|S1").ID), []uint64{3, 4}; !cmp.Equal(got, want) {
		t.Errorf("About() is %v, want %v", got, want)
	}
}

// Names and statements go off the lists, also sealed ones, whose hash stays.
func TestEraseFromLists(t *testing.T) {
	var s State
	apply(t, &s, story(t)...) // 6 is the statement, 7 the rejection
	if _, err := s.rejections.Seal("H1", "2026-02", instant(t, "2026-03-10T10:00:00+08:00"), []string{"a", "b"}, nil); err != nil {
		t.Fatalf("Seal() error:\n%+v", err)
	}
	before := s.rejections.List("H1", "2026-02")
	if len(before.Items) == 0 || before.Items[0].ItemName == "" || before.Items[0].Statement == "" {
		t.Fatalf("the list has no texts: %+v", before)
	}
	for _, seq := range []uint64{6, 7} {
		if got := apply(t, &s, erase(t, fmt.Sprint("c_erase", seq), seq, administrator, "why")); got.Answer.Refusal != nil || len(got.Accepted.Listed) == 0 {
			t.Fatalf("erase of entry %d is answered %+v: %v", seq, got.Accepted, got.Answer.Refusal)
		}
	}
	after := s.rejections.List("H1", "2026-02")
	for _, item := range append(after.Items, s.rejections.List("H2", "2026-02").Items...) {
		if item.ItemName != "" || item.Statement != "" {
			t.Errorf("the list still shows %+v", item)
		}
	}
	if before.SHA256 != after.SHA256 || before.Total != after.Total || before.Items[0].ItemName == "" {
		t.Errorf("the sealed list changed more than its texts:\n%+v\n%+v", before, after)
	}
}

// A file goes when the last of those who sent it has it erased.
func TestEraseFile(t *testing.T) {
	var s State
	other := hospital
	other.InstitutionID = "H2"
	at := instant(t, "2026-03-02T10:00:00+08:00")
	for i, actor := range []Actor{hospital, other} {
		apply(t, &s, build(t, Command{ID: fmt.Sprint("c_file", i), Type: TypeAttachment, At: at, Actor: actor}, Attachment{MediaType: "text/csv", Size: 3}, []byte("a,b")))
	}
	j := &Journal{state: s}
	if got := apply(t, &j.state, erase(t, "c_1", 1, administrator, "why")); got.Accepted == nil || got.Accepted.ErasedFile != "" {
		t.Errorf("the first erasure is %+v", got)
	}
	if _, mine := j.Attached(hexSum([]byte("a,b")), claimwatch.Caller{InstitutionID: "H1", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}); mine {
		t.Error("H1 still has the file")
	}
	if _, theirs := j.Attached(hexSum([]byte("a,b")), claimwatch.Caller{InstitutionID: "H2", Roles: []claimwatch.CallerRole{claimwatch.RoleHospital}}); !theirs {
		t.Error("H2 has lost its file")
	}
	if got := apply(t, &j.state, erase(t, "c_2", 2, administrator, "why")); got.Accepted == nil || got.Accepted.ErasedFile != hexSum([]byte("a,b")) {
		t.Errorf("the second erasure is %+v", got)
	}
}
