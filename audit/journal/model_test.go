package journal

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/key"
	"claimwatch/audit/review"
)

// plain is the journal once more as one would keep it in a notebook: no chain,
// no events, only what stands now and what was answered.
type plain struct {
	seq      uint64
	answers  map[string]string
	findings map[string]*plainFinding
	taken    map[string]claimwatch.Fen // of a line
	totals   map[string]claimwatch.Fen // of an institution's list
	calendar map[claimwatch.Day]bool
	keys     map[string]bool // true: good, false: revoked
	versions map[string]uint64
}

type plainFinding struct {
	revision                              int
	told, heard, rejected, released, gone bool // gone: told that the facts vanished
	notice                                claimwatch.Day
	terms                                 int
}

func newPlain() *plain {
	return &plain{
		answers: map[string]string{}, findings: map[string]*plainFinding{}, taken: map[string]claimwatch.Fen{}, totals: map[string]claimwatch.Fen{},
		calendar: map[claimwatch.Day]bool{}, keys: map[string]bool{}, versions: map[string]uint64{},
	}
}

func (p *plain) finding(id string) *plainFinding {
	if p.findings[id] == nil {
		p.findings[id] = &plainFinding{}
	}
	return p.findings[id]
}

// due counts working days one by one.
func (p *plain) due(f *plainFinding) claimwatch.Day {
	day := f.notice
	for left := 5 * f.terms; left > 0; {
		day++
		weekday := day.Date().Weekday()
		works, named := p.calendar[day]
		if named && works || !named && weekday != 0 && weekday != 6 {
			left--
		}
	}
	return day
}

func (p *plain) state(f *plainFinding, day claimwatch.Day) claimwatch.State {
	switch {
	case f.rejected:
		return claimwatch.StateRejected
	case f.released:
		return claimwatch.StateReleased
	case f.heard:
		return claimwatch.StateExplained
	case f.told && day > p.due(f):
		return claimwatch.StateLapsed
	case f.told:
		return claimwatch.StateNotified
	default:
		return claimwatch.StateOpen
	}
}

// wanted is what a drawn command wants, in the words of the notebook.
type wanted struct {
	id, finding string
	day         claimwatch.Day
	revision    int // -1: none expected
	action      claimwatch.Action
	asked       map[string]claimwatch.Fen // of lines
	nets        map[string]claimwatch.Fen
	row         claimwatch.Day // of the calendar
	works, void bool
	token       string
}

// answer does what is wanted, and says what the answer must be.
func (p *plain) answer(w wanted) string {
	if first, repeated := p.answers[w.id]; repeated {
		return first
	}
	said := p.do(w)
	p.answers[w.id] = said
	return said
}

func (p *plain) do(w wanted) string {
	accepted := func(format string, args ...any) string {
		p.seq++
		return fmt.Sprintf("entry %d ", p.seq) + fmt.Sprintf(format, args...)
	}
	switch w.action {
	case "load":
		before, known := p.calendar[w.row]
		changed := 1
		if w.void {
			delete(p.calendar, w.row)
			if !known {
				changed = 0
			}
		} else {
			p.calendar[w.row] = w.works
			if known && before == w.works {
				changed = 0
			}
		}
		said := accepted("changed %d", changed)
		p.versions["calendar"] = p.seq
		return said
	case "add":
		if _, known := p.keys[w.token]; known {
			return "invalid"
		}
		p.keys[w.token] = true
		return accepted("")
	case "revoke":
		if !p.keys[w.token] {
			return "not_found"
		}
		p.keys[w.token] = false
		return accepted("")
	}
	f := p.finding(w.finding)
	if w.revision >= 0 && w.revision != f.revision {
		return "changed"
	}
	state := p.state(f, w.day)
	open := state == claimwatch.StateOpen
	over := state == claimwatch.StateRejected || state == claimwatch.StateReleased
	allowed := map[claimwatch.Action]bool{
		claimwatch.ActionNotify: open, claimwatch.ActionExplain: state == claimwatch.StateNotified, claimwatch.ActionExtend: state == claimwatch.StateNotified,
		claimwatch.ActionReject:  state == claimwatch.StateExplained || state == claimwatch.StateLapsed,
		claimwatch.ActionRelease: !over, claimwatch.ActionAssign: !over, review.ActionTell: !over && f.told && !f.gone,
	}
	if !allowed[w.action] {
		return "illegal_transition"
	}
	f.gone = w.action == review.ActionTell
	f.revision++
	switch w.action {
	case claimwatch.ActionNotify:
		f.told, f.notice, f.terms = true, w.day, 1
	case claimwatch.ActionExplain:
		f.heard = true
	case claimwatch.ActionExtend:
		f.terms++
	case claimwatch.ActionRelease:
		f.released = true
	case claimwatch.ActionReject:
		f.rejected = true
		for line, asked := range w.asked {
			if got := min(asked, w.nets[line]-p.taken[line]); got > 0 {
				p.taken[line] += got
				p.totals[line[:2]] += got
			}
		}
	}
	return accepted("revision %d", f.revision)
}

// draw makes a command and what it means; most are by people who have seen what
// stands now.
func (p *plain) draw(tb testing.TB, t *rapid.T, id string, at claimwatch.Instant) (Command, wanted) {
	f := sample(fmt.Sprint("H1|P1|S", rapid.IntRange(0, 2).Draw(t, "finding")))
	w := wanted{
		id: id, finding: f.ID, day: at.Day(), asked: map[string]claimwatch.Fen{}, nets: map[string]claimwatch.Fen{},
		token: fmt.Sprint("cw_", rapid.IntRange(0, 2).Draw(t, "token")),
	}
	w.revision = p.finding(f.ID).revision + rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "stale")
	w.action = rapid.SampledFrom([]claimwatch.Action{
		claimwatch.ActionNotify, claimwatch.ActionNotify, claimwatch.ActionNotify, claimwatch.ActionExplain, claimwatch.ActionExplain, claimwatch.ActionReject,
		claimwatch.ActionReject, claimwatch.ActionReject, claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionAssign, claimwatch.ActionExtend,
		review.ActionTell, "load", "load", "load", "add", "revoke",
	}).Draw(t, "action")
	c := Command{ID: id, Type: TypeDecision, At: at, Actor: officer, FindingID: f.ID, ExpectedRevision: &w.revision, Reason: "r", Request: hexSum([]byte(id))}
	decided := Decision{Action: w.action, Finding: review.See(f)}
	switch w.action {
	case claimwatch.ActionExplain:
		c.Type, c.Actor, c.ExpectedRevision, w.revision = TypeStatement, hospital, nil, -1
		return build(tb, c, nil, []byte("text")), w
	case review.ActionTell:
		c.Type, c.Actor = TypeTellRetracted, system
		return build(tb, c, nil, nil), w
	case "load":
		w.row, w.works, w.void = at.Day()+claimwatch.Day(rapid.IntRange(1, 4).Draw(t, "row")), rapid.Bool().Draw(t, "works"), rapid.Bool().Draw(t, "void")
		c.Type, c.FindingID, c.ExpectedRevision = TypeReferenceLoad, "", nil
		row := fmt.Sprintf("{\"line\":2,\"void\":%t,\"cells\":[\"%s\",\"%t\",\"s\"]}\n", w.void, w.row, w.works)
		return build(tb, c, ReferenceLoad{Table: "calendar", Columns: []string{"day", "working", "source"}, Rows: 1}, []byte(row)), w
	case "add":
		c.Type, c.FindingID, c.ExpectedRevision = TypeKeyAdd, "", nil
		return build(tb, c, key.Key{SHA256: key.Hash(w.token), InstitutionID: "H1"}, nil), w
	case "revoke":
		c.Type, c.FindingID, c.ExpectedRevision = TypeKeyRevoke, "", nil
		return build(tb, c, KeyRevocation{KeyID: key.ID(key.Hash(w.token))}, nil), w
	case claimwatch.ActionReject:
		decided.Charges = charges(f)
		parts := rapid.Bool().Draw(t, "parts")
		for i, line := range f.Lines[:3] {
			name := line.InstitutionID + " " + line.RecordID
			w.nets[name], w.asked[name] = decided.Charges[i].Net, line.Amount
			if parts {
				w.asked[name] = claimwatch.Fen(rapid.Int64Range(1, int64(line.Amount)).Draw(t, "asked"))
				decided.Lines = append(decided.Lines, review.Part{InstitutionID: line.InstitutionID, RecordID: line.RecordID, Amount: w.asked[name]})
			}
		}
	}
	return build(tb, c, decided, nil), w
}

// spell gives an answer in the words of the notebook.
func spell(w wanted, a Answer) string {
	switch {
	case a.Refusal != nil:
		return string(a.Refusal.Code)
	case a.Load != nil:
		return fmt.Sprintf("entry %d changed %d", a.Seq, a.Load.Changed)
	case w.action == "add" || w.action == "revoke":
		return fmt.Sprintf("entry %d ", a.Seq)
	default:
		return fmt.Sprintf("entry %d revision %d", a.Seq, a.Revision)
	}
}

// Random commands, each sent again at random later moments, some with an id that
// another wish has used: every answer and everything that stands is what the
// notebook says, after every single message.
func TestAgainstANotebook(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var s State
		book := newPlain()
		var sent []Command
		var meant []wanted
		at := claimwatch.Instant(1_772_400_000_000)
		for i := range rapid.IntRange(1, 60).Draw(r, "steps") {
			at += claimwatch.Instant(rapid.Int64Range(0, 24*60*60*1000).Draw(r, "later"))
			c, w := book.draw(t, r, fmt.Sprint("c_", i), at)
			reused := false
			if len(sent) > 0 && rapid.IntRange(0, 3).Draw(r, "again") == 0 {
				which := rapid.IntRange(0, len(sent)-1).Draw(r, "which")
				if reused = rapid.IntRange(0, 3).Draw(r, "reused") == 0; reused {
					c.ID = sent[which].ID // its request_sha256 is that of another wish
				} else {
					c, w = sent[which], meant[which]
				}
			} else {
				sent, meant = append(sent, c), append(meant, w)
			}
			want := "key_reused"
			if !reused {
				want = book.answer(w)
			}
			canonical, err := c.Canonical()
			if err != nil {
				r.Fatalf("Canonical() error:\n%+v", err)
			}
			before := s.seq
			entry, answer := s.Apply(c, canonical)
			if got := spell(w, answer); got != want {
				r.Fatalf("step %d, %s %s: %q, want %q", i, c.ID, w.action, got, want)
			}
			if s.seq != book.seq || (entry != nil) != (s.seq > before) {
				r.Fatalf("step %d: the journal is at entry %d, the notebook at %d", i, s.seq, book.seq)
			}
			compare(r, &s, book, at)
		}
	})
}

func compare(t *rapid.T, s *State, book *plain, at claimwatch.Instant) {
	for id, f := range book.findings {
		standing := s.standing(id, at)
		if standing.State != book.state(f, at.Day()) || standing.Revision != f.revision || len(standing.History) != f.revision || standing.Told != f.gone {
			t.Fatalf("%s is %s at revision %d, told %t; want %s: %+v", id, standing.State, standing.Revision, standing.Told, book.state(f, at.Day()), f)
		}
		if f.told && *standing.DueOn != book.due(f) || !f.told && standing.DueOn != nil {
			t.Fatalf("%s is due on %s, want %s", id, standing.DueOn, book.due(f))
		}
		if _, told := s.noticed["H1"][id]; told != f.told {
			t.Fatalf("H1 was told of %s: %t", id, told)
		}
	}
	totals := map[string]claimwatch.Fen{}
	for _, list := range s.rejections.All() {
		totals[list.InstitutionID] += list.Total
		for _, item := range list.Items {
			if !book.findings[item.FindingID].rejected {
				t.Fatalf("%s stands on a list and is not rejected", item.FindingID)
			}
		}
	}
	if diff := cmp.Diff(totals, book.totals); diff != "" {
		t.Fatalf("lists (-got, +want):\n%s", diff)
	}
	for token := range maps.Keys(book.keys) {
		if _, in := s.keys.Authenticate(token); in != book.keys[token] {
			t.Fatalf("%s is let in: %t", token, in)
		}
	}
	if got := s.reference.Version("calendar"); got != book.versions["calendar"] {
		t.Fatalf("version of the calendar %d, want %d", got, book.versions["calendar"])
	}
}
