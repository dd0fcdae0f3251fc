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

// person is somebody who gives commands: a key with a role, or a hospital's.
type person struct {
	key, institution string
	role             claimwatch.CallerRole
}

var people8 = []person{
	{"o1", "", claimwatch.RoleOfficer},
	{"o2", "", claimwatch.RoleOfficer},
	{"r1", "", claimwatch.RoleReviewer},
	{"d1", "", claimwatch.RoleDirector},
	{"h1", "H1", claimwatch.RoleHospital},
	{"h2", "H2", claimwatch.RoleHospital},
	{"adm", "", claimwatch.RoleAdministrator},
	{"sup", "", claimwatch.RoleSupervisor},
}

func (p person) decides() bool { return p.second() || p.role == claimwatch.RoleOfficer }
func (p person) second() bool {
	return p.role == claimwatch.RoleReviewer || p.role == claimwatch.RoleDirector
}

// limit is what one person may reject in these tests, fen.
const limit = 260

// account is a finding in the plain book: what the law and the agency's order say,
// written down as a clerk would, with nothing shared with the fold.
type account struct {
	revision  int
	state     string // lapsed is not kept
	notices   []told
	proposed  *proposed
	leaseBy   string
	leaseEnds claimwatch.Instant
	rejecters []string
	appealed  []string
	asked     map[string]claimwatch.Fen // of lines "H1 F1", while it stands rejected
}

type told struct {
	institution string
	day         claimwatch.Day
	terms       int
	lines       []string
	heard       bool
}

type proposed struct {
	action, by, facts string
	asked             map[string]claimwatch.Fen
}

func (n told) due() claimwatch.Day {
	day := n.day
	for left := 5 * n.terms; left > 0; {
		day++
		if weekday := day.Date().Weekday(); weekday != 0 && weekday != 6 {
			left--
		}
	}
	return day
}

func (n told) waits(at claimwatch.Instant) bool { return !n.heard && at.Day() <= n.due() }

func (a *account) now(at claimwatch.Instant) string {
	if a.state != "notified" {
		return a.state
	}
	for _, n := range a.notices {
		if at.Day() <= n.due() {
			return "notified"
		}
	}
	return "lapsed"
}

// bookWish is a drawn command in plain words.
type bookWish struct {
	who     person
	action  string
	at      claimwatch.Instant
	facts   string
	lines   map[string][]string // of the finding as seen, by institution
	asked   map[string]claimwatch.Fen
	stale   bool
	finding string
}

func (w bookWish) amount() (sum claimwatch.Fen) {
	for _, amount := range w.asked {
		sum += amount
	}
	return sum
}

// heard says whether every asked line was told, and whoever was told has spoken or
// let the time pass.
func (a *account) heard(asked map[string]claimwatch.Fen, at claimwatch.Instant) bool {
	for line := range asked {
		was := false
		for _, n := range a.notices {
			if slices.Contains(n.lines, line) {
				was = true
				if n.waits(at) {
					return false
				}
			}
		}
		if !was {
			return false
		}
	}
	return true
}

func (a *account) untold(w bookWish) (fresh map[string][]string) {
	fresh = map[string][]string{}
	for institution, lines := range w.lines {
		knows := false
		for _, n := range a.notices {
			knows = knows || n.institution == institution
		}
		for _, line := range lines {
			if !slices.ContainsFunc(a.notices, func(n told) bool { return slices.Contains(n.lines, line) }) {
				fresh[institution] = append(fresh[institution], line)
			}
		}
		if !knows && fresh[institution] == nil {
			fresh[institution] = []string{}
		}
	}
	return fresh
}

func (a *account) waiting(institution string, at claimwatch.Instant) bool {
	return slices.ContainsFunc(a.notices, func(n told) bool { return (institution == "" || n.institution == institution) && n.waits(at) })
}

// does says whether a wish is granted, and if so what it comes to: "proposed", or the
// action that took effect.
func (a *account) does(w bookWish) (effect string, granted bool) {
	state := a.now(w.at)
	in := func(states ...string) bool { return slices.Contains(states, state) }
	if w.who.institution != "" {
		knows := slices.ContainsFunc(a.notices, func(n told) bool { return n.institution == w.who.institution })
		switch w.action {
		case "explain":
			return "explain", in("notified", "explained") && a.waiting(w.who.institution, w.at)
		case "appeal":
			return "appeal", in("rejected", "appealed", "upheld") && knows && !slices.Contains(a.appealed, w.who.institution)
		}
		return "", false
	}
	free := a.leaseBy == "" || w.at >= a.leaseEnds || a.leaseBy == w.who.key
	if w.stale || !w.who.decides() || !free && !(w.who.key == "d1" && (w.action == "claim" || w.action == "unclaim")) {
		return "", false
	}
	before := in("open", "notified", "explained", "lapsed")
	same := func(action string) bool {
		p := a.proposed
		return p != nil && p.action == action && p.facts == w.facts && p.by != w.who.key && cmp.Equal(p.asked, w.asked)
	}
	switch w.action {
	case "notify":
		return "notify", before && len(a.untold(w)) > 0
	case "release", "assign":
		return w.action, before || w.action == "assign" && in("appealed")
	case "extend":
		return "extend", in("notified", "explained") && a.waiting("", w.at)
	case "claim":
		return "claim", !in("overturned")
	case "unclaim":
		return "unclaim", !in("overturned") && a.leaseBy != "" && w.at < a.leaseEnds
	case "reject":
		switch allowed := in("explained", "lapsed") && a.heard(w.asked, w.at); {
		case w.amount() <= limit:
			return "reject", allowed
		case same("reject"):
			return "reject", allowed && w.who.second()
		default:
			return "proposed", allowed
		}
	case "reopen":
		if same("reopen") {
			return "reopen", in("rejected", "upheld", "released") && w.who.second()
		}
		return "proposed", in("rejected", "upheld", "released")
	case "confirm":
		p := a.proposed
		if p == nil || p.facts != w.facts || p.by == w.who.key || !w.who.second() {
			return "", false
		}
		return p.action, p.action == "reopen" && in("rejected", "upheld", "released") ||
			p.action == "reject" && in("explained", "lapsed") && a.heard(p.asked, w.at)
	case "decline":
		return "decline", a.proposed != nil && !in("open", "notified", "appealed", "overturned") && (a.proposed.by == w.who.key || w.who.second())
	case "uphold", "overturn":
		return w.action, in("appealed") && !slices.Contains(a.rejecters, w.who.key)
	}
	return "", false
}

func (a *account) take(w bookWish, effect string) {
	a.revision++
	p := a.proposed
	switch effect {
	case "notify", "release", "reject", "reopen", "uphold", "overturn", "proposed":
		a.leaseBy, a.proposed = "", nil
	}
	switch effect {
	case "proposed":
		a.proposed = &proposed{action: w.action, by: w.who.key, facts: w.facts, asked: w.asked}
	case "notify":
		for institution, lines := range a.untold(w) {
			a.notices = append(a.notices, told{institution: institution, day: w.at.Day(), terms: 1, lines: lines})
		}
		if a.state != "explained" {
			a.state = "notified"
		}
	case "explain":
		for i := range a.notices {
			if a.notices[i].institution == w.who.institution && a.notices[i].waits(w.at) {
				a.notices[i].heard = true
			}
		}
		a.state = "explained"
	case "extend":
		for i := range a.notices {
			if a.notices[i].waits(w.at) {
				a.notices[i].terms++
			}
		}
	case "release":
		a.state = "released"
	case "reject":
		a.state, a.asked, a.rejecters, a.appealed = "rejected", w.asked, []string{w.who.key}, nil
		if w.action == "confirm" || w.amount() > limit {
			a.asked, a.rejecters = p.asked, []string{p.by, w.who.key}
		}
	case "reopen":
		a.state, a.asked, a.notices, a.rejecters, a.appealed = "open", nil, nil, nil, nil
	case "appeal":
		a.state, a.appealed, a.proposed = "appealed", append(a.appealed, w.who.institution), nil
	case "uphold":
		a.state = "upheld"
	case "overturn":
		a.state, a.asked = "overturned", nil
	case "decline":
		a.proposed = nil
	case "claim":
		a.leaseBy, a.leaseEnds = w.who.key, w.at+24*60*60*1000
	case "unclaim":
		a.leaseBy = ""
	}
}

// office is the fold with the plain book beside it.
type office struct {
	t     *rapid.T
	tb    testing.TB
	s     State
	book  map[string]*account
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
		o.book[f.ID] = &account{state: "open"}
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
		o := &office{t: r, tb: t, book: map[string]*account{}, at: claimwatch.Instant(1_772_400_000_000), net: map[string]claimwatch.Fen{
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
				if _, err := o.s.rejections.Seal("H1", fmt.Sprintf("2026-%02d", 1+sealed), o.at, []string{"clerk"}); err != nil {
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
