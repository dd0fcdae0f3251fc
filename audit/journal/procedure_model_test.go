package journal

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/rejection"
	"claimwatch/audit/review"
)

// office is the fold with the plain book beside it.
type office struct {
	t     *rapid.T
	tb    testing.TB
	s     State
	book  map[string]*bookPage
	net   map[string]claimwatch.Fen
	at    claimwatch.Instant
	count int
}

// subject gives one of three findings, in one of two forms: a line of H2 may join.
func subject(n, form int) claimwatch.Finding {
	f := sample(fmt.Sprint("H1|P1|S", n))
	f.Lines = f.Lines[:3]
	if n == 1 {
		f.Lines = []claimwatch.Line{f.Lines[0], f.Lines[2]}
	}
	if n == 2 {
		f.Severity = claimwatch.Suspicion
	}
	f.Lines = slices.Clone(f.Lines)
	if form == 1 {
		f.Lines = append(f.Lines, claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: "H2", RecordID: "F2", Role: claimwatch.Violating, Amount: 40})
	}
	f.Amount = 0
	for _, line := range f.Lines {
		f.Amount += line.Amount
	}
	return f
}

var actions15 = []string{
	"notify", "notify", "notify", "explain", "explain", "explain", "reject", "reject", "reject", "reject", "reject", "confirm", "confirm", "confirm", "decline",
	"release", "reopen", "reopen", "appeal", "appeal", "uphold", "overturn", "overturn", "extend", "assign", "claim", "unclaim",
}

func (o *office) draw() (Command, bookWish) {
	n := rapid.IntRange(0, 2).Draw(o.t, "finding")
	form := rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(o.t, "form")
	f := subject(n, form)
	w := bookWish{
		who: rapid.SampledFrom(people8).Draw(o.t, "who"), action: rapid.SampledFrom(actions15).Draw(o.t, "action"), at: o.at,
		facts: f.FactsSHA256(), lines: map[string][]string{}, finding: f.ID,
	}
	if o.book[f.ID] == nil {
		o.book[f.ID] = &bookPage{state: "open"}
	}
	if w.action == "explain" || w.action == "appeal" { // officers and hospitals try each other's rights now and then
		w.who = rapid.SampledFrom([]person{people8[4], people8[5], people8[4], people8[5], people8[0]}).Draw(o.t, "side")
	}
	w.lines["H1"] = nil
	whole := map[string]claimwatch.Fen{}
	for _, line := range f.Lines {
		name := line.InstitutionID + " " + line.RecordID
		w.lines[line.InstitutionID] = append(w.lines[line.InstitutionID], name)
		whole[name] = line.Amount
	}
	o.lead(&w, whole)
	revision := o.book[f.ID].revision
	if w.stale = rapid.IntRange(0, 9).Draw(o.t, "stale") == 0; w.stale {
		revision++
	}
	c := Command{
		ID: fmt.Sprint("c_", o.count), At: o.at, FindingID: f.ID, Reason: "r", Request: fmt.Sprint(o.count),
		Actor: Actor{Key: w.who.key, Roles: []claimwatch.CallerRole{w.who.role}, InstitutionID: w.who.institution},
	}
	o.count++
	if w.action == "explain" || w.action == "appeal" {
		c.Type = map[string]Type{"explain": TypeStatement, "appeal": TypeAppeal}[w.action]
		return build(o.tb, c, Statement{Procedure: review.Procedure}, []byte("text")), w
	}
	c.Type, c.ExpectedRevision = TypeDecision, &revision
	p := Decision{Action: claimwatch.Action(w.action), Finding: review.See(f), Procedure: review.Procedure, Rank: n + 1, Charges: o.charges(f)}
	if w.action == "reject" {
		w.asked = whole
		if rapid.IntRange(0, 2).Draw(o.t, "part") == 0 {
			line := f.Lines[rapid.IntRange(0, len(f.Lines)-1).Draw(o.t, "line")]
			amount := claimwatch.Fen(rapid.Int64Range(1, int64(line.Amount)).Draw(o.t, "asked"))
			p.Lines = []review.Part{{InstitutionID: line.InstitutionID, RecordID: line.RecordID, Amount: amount}}
			w.asked = map[string]claimwatch.Fen{line.InstitutionID + " " + line.RecordID: amount}
		}
	}
	return build(o.tb, c, p, nil), w
}

// lead turns most wishes into one that leads on: blind chance hardly ever gets as far
// as an appeal.
func (o *office) lead(w *bookWish, whole map[string]claimwatch.Fen) {
	if rapid.IntRange(0, 2).Draw(o.t, "blind") == 0 {
		return
	}
	var ways []bookWish
	for _, action := range []string{"notify", "explain", "reject", "confirm", "reopen", "appeal", "uphold", "overturn"} {
		for _, who := range people8 {
			way := *w
			if way.action, way.who = action, who; action == "reject" {
				way.asked = whole
			}
			spoken := action == "explain" || action == "appeal"
			if _, granted := o.book[w.finding].does(way); granted && spoken == (who.institution != "") {
				ways = append(ways, way)
			}
		}
	}
	if len(ways) > 0 {
		way := rapid.SampledFrom(ways).Draw(o.t, "way")
		w.action, w.who = way.action, way.who
	}
}

func (o *office) charges(f claimwatch.Finding) []rejection.Charge {
	list := charges(f)
	for i := range list {
		list[i].Net = o.net[list[i].InstitutionID+" "+list[i].RecordID]
	}
	return list
}

func (o *office) give(c Command) Answer {
	canonical, err := c.Canonical()
	if err != nil {
		o.t.Fatalf("Canonical() error:\n%+v", err)
	}
	_, answer := o.s.Apply(c, canonical)
	return answer
}

// step gives one command and holds the answer against the book.
func (o *office) step() {
	c, w := o.draw()
	a := o.book[w.finding]
	effect, granted := a.does(w)
	if w.who.institution == "" && (w.action == "explain" || w.action == "appeal") {
		granted = false
	}
	answer := o.give(c)
	if (answer.Refusal == nil) != granted {
		o.t.Fatalf("%s by %s on a finding that is %s: %v, the book says %t (%s)\n%+v", w.action, w.who.key, a.now(w.at), answer.Refusal, granted, effect, a)
	}
	if granted {
		a.take(w, effect)
	}
	if standing := o.s.standing(w.finding, o.at); string(standing.State) != a.now(o.at) || standing.Revision != a.revision {
		o.t.Fatalf("after %s: %s at %d, the book says %s at %d", w.action, standing.State, standing.Revision, a.now(o.at), a.revision)
	}
}

// refund makes a line worth less and tells the journal, which gives back at most once.
func (o *office) refund() {
	line := rapid.SampledFrom([]string{"H1 F1", "H1 F2", "H2 F1", "H2 F2"}).Draw(o.t, "line")
	o.net[line] = claimwatch.Fen(rapid.Int64Range(0, int64(o.net[line])).Draw(o.t, "net"))
	key := rejection.LineKey{Kind: claimwatch.Fee, InstitutionID: line[:2], RecordID: line[3:]}
	rejected, changes := o.s.rejections.Line(key)
	for round := range 2 {
		id := CommandID("adjust", line, fmt.Sprint(changes), o.net[line].String(), fmt.Sprint(round))
		answer := o.give(build(o.tb, Command{ID: id, Type: TypeAdjustRejection, At: o.at, Actor: system, Reason: "refunded"},
			Adjustment{Kind: key.Kind, InstitutionID: key.InstitutionID, RecordID: key.RecordID, Net: o.net[line]}, nil))
		if granted := round == 0 && rejected > o.net[line]; (answer.Refusal == nil) != granted {
			o.t.Fatalf("adjustment of %s from %s to %s: %v", line, rejected, o.net[line], answer.Refusal)
		}
	}
}

// check holds the money against the book: every line at most once, to the fen, on
// whatever lists it stands, sealed or open.
func (o *office) check() {
	want, got := map[string]claimwatch.Fen{}, map[string]claimwatch.Fen{}
	for _, a := range o.book {
		for line, asked := range a.asked {
			want[line] += asked
		}
	}
	for line := range want {
		if want[line] = min(want[line], o.net[line]); want[line] == 0 {
			delete(want, line)
		}
	}
	for _, list := range o.s.rejections.All() {
		for _, item := range list.Items {
			if got[list.InstitutionID+" "+item.RecordID] += item.Rejected; got[list.InstitutionID+" "+item.RecordID] == 0 {
				delete(got, list.InstitutionID+" "+item.RecordID)
			}
		}
	}
	if diff := cmp.Diff(got, want); diff != "" {
		o.t.Fatalf("rejected over all lists (-got, +want):\n%s", diff)
	}
}

// ways is where an action that took effect may come from, told once more by hand.
var ways = map[claimwatch.Action][]claimwatch.State{
	claimwatch.ActionReject:   {claimwatch.StateExplained, claimwatch.StateNotified}, // notified: lapsed, which is not kept
	claimwatch.ActionOverturn: {claimwatch.StateAppealed},
	claimwatch.ActionUphold:   {claimwatch.StateAppealed},
	claimwatch.ActionReopen:   {claimwatch.StateRejected, claimwatch.StateUpheld, claimwatch.StateReleased},
}

// audit reads the history of every finding as an inspector would: no step that is not
// possible, and nobody who confirms or judges what they made.
func (o *office) audit() {
	for _, r := range o.s.reviews {
		state, rejecters := claimwatch.StateOpen, []string{}
		for _, e := range r.History {
			from, listed := ways[e.Action]
			if listed && !e.Proposed && !slices.Contains(from, state) {
				o.t.Fatalf("%s took effect from %s", e.Action, state)
			}
			if e.ProposedBy == e.By && e.Action != claimwatch.ActionDecline {
				o.t.Fatalf("%s confirmed their own %s", e.By, e.Action)
			}
			switch {
			case e.Proposed:
			case e.Action == claimwatch.ActionReject:
				if rejecters = []string{e.By, e.ProposedBy}; e.Amount() > limit && e.ProposedBy == "" {
					o.t.Fatalf("%s alone rejected %s", e.By, e.Amount())
				}
			case e.Action == claimwatch.ActionReopen && e.ProposedBy == "":
				o.t.Fatalf("%s alone opened it again", e.By)
			case (e.Action == claimwatch.ActionUphold || e.Action == claimwatch.ActionOverturn) && slices.Contains(rejecters, e.By):
				o.t.Fatalf("%s judged their own rejection", e.By)
			}
			if state = e.State; state == claimwatch.StateLapsed {
				state = claimwatch.StateNotified
			}
		}
	}
}

// Random commands by random people at random times against a plain book: what the
// book grants is done and nothing else, no yuan is taken twice, and nobody decides
// what they made. `make test-model` runs it 10,000 times.
func TestProcedureAgainstABook(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		o := &office{t: r, tb: t, book: map[string]*bookPage{}, at: claimwatch.Instant(1_772_400_000_000), net: map[string]claimwatch.Fen{
			"H1 F1": 100, "H1 F2": 200, "H2 F1": 300, "H2 F2": 40,
		}}
		o.give(loadOf(t, "c_policy", claimwatch.Policies, "policy,city,from,value,reason\nsecond_person_from,,2026-01-01,2.60,test\n", o.at))
		sealed := 0
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			o.at += claimwatch.Instant(rapid.SampledFrom([]int64{0, 0, 1000, 60 * 60 * 1000, 20 * 60 * 60 * 1000, 60 * 60 * 60 * 1000}).Draw(r, "later"))
			switch rapid.IntRange(0, 19).Draw(r, "what") {
			case 0:
				o.refund()
			case 1:
				sealed++
				if _, err := o.s.rejections.Seal("H1", fmt.Sprintf("%d-%02d", 2026+sealed/12, 1+sealed%12), o.at, []string{"clerk"}, nil); err != nil {
					r.Fatalf("Seal() error:\n%+v", err)
				}
			default:
				o.step()
			}
			o.check()
		}
		o.audit()
	})
}
