package sink

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store"
)

func stored(offset int64, revision int32, person, stay, content string) claimwatch.Stored {
	return claimwatch.Stored{
		Record: &claimwatch.Record{
			Kind: claimwatch.Fee, InstitutionID: "H", RecordID: "r", Revision: revision, PersonID: person, StayID: stay,
		},
		Position: claimwatch.Position{Offset: offset},
		Hash:     sha256.Sum256([]byte(content)),
	}
}

func knownAs(s claimwatch.Stored) claimwatch.Known { return knownOf(&s) }

func TestJudge(t *testing.T) {
	first := knownAs(stored(10, 1, "P", "S", "a"))
	second := knownAs(stored(20, 2, "P", "S", "b"))
	later := knownAs(stored(50, 3, "Q", "S", "z"))
	cases := map[string]struct {
		known []claimwatch.Known
		s     claimwatch.Stored
		want  verdict
		field string
	}{
		"nothing known":                      {nil, stored(30, 1, "P", "S", "a"), accepted, ""},
		"the same again":                     {[]claimwatch.Known{first}, stored(30, 1, "P", "S", "a"), duplicate, ""},
		"other content":                      {[]claimwatch.Known{first}, stored(30, 1, "P", "S", "b"), conflict, ""},
		"other content and person":           {[]claimwatch.Known{first}, stored(30, 1, "Q", "S", "b"), conflict, ""},
		"higher revision":                    {[]claimwatch.Known{first}, stored(30, 2, "P", "S", "b"), accepted, ""},
		"lower revision later":               {[]claimwatch.Known{second}, stored(30, 1, "P", "S", "a"), accepted, ""},
		"other person":                       {[]claimwatch.Known{first}, stored(30, 2, "Q", "S", "b"), identityChanged, "person_id"},
		"other stay":                         {[]claimwatch.Known{first}, stored(30, 2, "P", "T", "b"), identityChanged, "stay_id"},
		"lower revision of other person":     {[]claimwatch.Known{second}, stored(30, 1, "Q", "S", "a"), identityChanged, "person_id"},
		"duplicate of the second":            {[]claimwatch.Known{second, first}, stored(30, 2, "P", "S", "b"), duplicate, ""},
		"read a second time":                 {[]claimwatch.Known{second, first}, stored(20, 2, "P", "S", "b"), repeated, ""},
		"behind it there is another person":  {[]claimwatch.Known{first, later}, stored(30, 2, "P", "S", "b"), accepted, ""},
		"behind it there is the same":        {[]claimwatch.Known{knownAs(stored(40, 1, "P", "S", "a"))}, stored(30, 1, "P", "S", "a"), accepted, ""},
		"behind it there is another content": {[]claimwatch.Known{knownAs(stored(40, 1, "P", "S", "a"))}, stored(30, 1, "P", "S", "b"), accepted, ""},
	}
	for name, c := range cases {
		got := judge(c.known, &c.s)
		if got.verdict != c.want || got.field != c.field {
			t.Errorf("%s: %s %s, want %s %s", name, got.verdict, got.field, c.want, c.field)
		}
	}
}

// TestJudgeExhaustively reads every log of four records with two revisions, two
// persons and two contents, in every division into a first and a second reading,
// and compares with the sentence of the contract.
func TestJudgeExhaustively(t *testing.T) {
	const records, choices = 4, 8
	total := 1
	for range records {
		total *= choices
	}
	for code := range total {
		log := make([]claimwatch.Stored, records)
		rest := code
		for i := range log {
			pick := rest % choices
			rest /= choices
			log[i] = stored(int64(i), int32(1+pick&1), fmt.Sprint("P", pick>>1&1), "S", fmt.Sprint(pick))
			log[i].Hash = sha256.Sum256([]byte(fmt.Sprint(pick)))
		}
		want, acceptedRows := modelOfOne(log)
		for again := range records {
			for i := again; i < records; i++ {
				got := judge(acceptedRows, &log[i]).verdict
				if got == repeated {
					got = accepted
				}
				if got != want[i] {
					t.Fatalf("log %d read again from %d: record %d is %s, want %s", code, again, i, got, want[i])
				}
			}
		}
	}
}

// modelOfOne is the contract for one identity: the first accepted of a revision
// stays, and the first accepted of all gives person and stay.
func modelOfOne(log []claimwatch.Stored) ([]verdict, []claimwatch.Known) {
	var verdicts []verdict
	var rows []claimwatch.Known
	for i := range log {
		s := &log[i]
		v := accepted
		for _, k := range rows {
			if k.Revision == s.Record.Revision {
				v = conflict
				if k.Hash == s.Hash {
					v = duplicate
				}
			}
		}
		if v == accepted && len(rows) > 0 && rows[0].PersonID != s.Record.PersonID {
			v = identityChanged
		}
		if v == accepted {
			rows = append(rows, knownOf(s))
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, rows
}

func TestJudgeTellsTheNewestBefore(t *testing.T) {
	known := []claimwatch.Known{
		knownAs(stored(10, 2, "P", "S", "a")), knownAs(stored(20, 1, "P", "S", "b")), knownAs(stored(40, 9, "P", "S", "c")),
	}
	s := stored(30, 3, "P", "S", "d")
	if got := judge(known, &s).newest; got == nil || got.Revision != 2 {
		t.Errorf("newest %+v, want revision 2", got)
	}
	s = stored(5, 3, "P", "S", "d")
	if got := judge(known, &s).newest; got != nil {
		t.Errorf("newest %+v, want none", got)
	}
}

func TestHistoryRewinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newHistory()
		keys := rapid.SliceOf(rapid.ByteRange(0, 3)).Draw(t, "keys")
		more := rapid.SliceOf(rapid.ByteRange(0, 3)).Draw(t, "more")
		add := func(keys []byte, from int) {
			for i, k := range keys {
				h.add(identityKey{k}, claimwatch.Known{Revision: int32(from + i)})
			}
		}
		snapshot := func() map[byte][]int32 {
			all := make(map[byte][]int32)
			for k := range byte(4) {
				for _, known := range h.of(identityKey{k}) {
					all[k] = append(all[k], known.Revision)
				}
			}
			return all
		}
		add(keys, 0)
		want := snapshot()
		mark := h.mark()
		add(more, 1000)
		h.rewind(mark)
		if diff := cmp.Diff(snapshot(), want); diff != "" {
			t.Fatalf("after rewind (-got, +want):\n%s", diff)
		}
		add(more, 1000)
		n := 0
		for _, revisions := range snapshot() {
			n += len(revisions)
		}
		if n != len(keys)+len(more) {
			t.Fatalf("%d entries, want %d", n, len(keys)+len(more))
		}
		h.reset()
		if got := snapshot(); len(got) != 0 {
			t.Fatalf("after reset there are %v", got)
		}
	})
}

func TestFilterGrowsAndForgetsNothing(t *testing.T) {
	const n = 3 * firstLayer
	var keys keyMaker
	key := func(i int) identityKey {
		return keys.of(claimwatch.Identity{InstitutionID: "H", Kind: claimwatch.Fee, RecordID: fmt.Sprint(i)})
	}
	f := newFilter()
	for i := range n {
		f.add(key(i))
	}
	if len(f.layers) < 2 {
		t.Errorf("%d layers for %d identities, want it to grow", len(f.layers), n)
	}
	for i := range n {
		if !f.has(key(i)) {
			t.Fatalf("identity %d is forgotten", i)
		}
	}
	wrong := 0
	for i := n; i < 2*n; i++ {
		if f.has(key(i)) {
			wrong++
		}
	}
	if wrong > n/500 {
		t.Errorf("%d of %d unknown identities are taken for known, want at most one in 500", wrong, n)
	}
	layers := len(f.layers)
	for i := range n {
		f.add(key(i))
	}
	if len(f.layers) != layers {
		t.Errorf("adding the same again grew the filter from %d to %d layers", layers, len(f.layers))
	}
}

func TestKeyIsTheStores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := claimwatch.Identity{
			InstitutionID: rapid.StringMatching(`[A-Za-z0-9._:-]{1,64}`).Draw(t, "institution"),
			Kind:          rapid.SampledFrom(claimwatch.Kinds()).Draw(t, "kind"),
			RecordID:      rapid.StringMatching(`[A-Za-z0-9._:-]{1,64}`).Draw(t, "record"),
		}
		var keys keyMaker
		if got, want := [16]byte(keys.of(id)), store.IdentityKey(id); got != want {
			t.Fatalf("key of %v is %x, the store has %x", id, got, want)
		}
	})
}
