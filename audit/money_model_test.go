package audit

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/settlement"
	"claimwatch/audit/term"
)

// fund is a province of two hospitals over some months, and a plain book of what each
// line is worth, which findings ask for what of it, and what every close has posted.
// It knows no fold: whatever stands is worked out of the book from the beginning.
type fund struct {
	*desk
	t        *rapid.T
	lines    []*chargedLine
	findings []*bookedFinding
	pauses   map[string][]pause           // inquiries and suspensions, by institution
	closed   map[string]term.Month        // the latest
	sealed   map[string]map[string]string // exports of closed months, by institution
	paid     map[string]claimwatch.Fen
	payable  map[string]claimwatch.Fen
}

type chargedLine struct {
	institution, id string
	at              claimwatch.Instant
	net             claimwatch.Fen
	asked, worth    map[string]claimwatch.Fen // by finding: of rejections, and what they may count on
	listed          term.Month                // of the first rejection
	booked          term.Month
	settled         settlement.Parts
}

type bookedFinding struct {
	claimwatch.Held
	gone bool
}

type pause struct {
	suspension  bool
	from, until claimwatch.Day // until 0: it stands
}

func newFund(t *testing.T, r *rapid.T) *fund {
	f := &fund{
		desk: newDesk(t), t: r, pauses: map[string][]pause{}, closed: map[string]term.Month{}, sealed: map[string]map[string]string{"H1": {}, "H2": {}},
		paid: map[string]claimwatch.Fen{}, payable: map[string]claimwatch.Fen{},
	}
	f.clock("2026-03-20T10:00:00+08:00")
	f.load("institutions", institutionHead+"H1,First,medical,3,太原,false\nH2,Second,medical,3,大同,false\n")
	f.load("policies", "policy,city,from,value,reason\nsecond_person_from,,2026-01-01,8.00,small\nbond_base,大同,2026-01-01,total,the other reading\n")
	for i := range 6 {
		f.charge([]string{"H1", "H1", "H1", "H1", "H2", "H2"}[i])
	}
	for i := range 7 {
		f.raise(i)
	}
	return f
}

// happens is an instant of the time since the beginning of the year, often at the very
// edge of a local month.
func (f *fund) happens() claimwatch.Instant {
	first := term.MonthIn(2026, 1)
	now := f.now()
	month := first + term.Month(rapid.IntRange(0, int(term.MonthOf(now.Day())-first)).Draw(f.t, "month"))
	at := month.First().Midnight() + claimwatch.Instant(rapid.SampledFrom([]int{0, -1, 1, 3 * 86_400_000, 14 * 86_400_000}).Draw(f.t, "since"))
	return min(now, max(at, first.First().Midnight()))
}

func (f *fund) now() claimwatch.Instant {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.at
}

func (f *fund) charge(institution string) {
	l := &chargedLine{
		institution: institution, id: fmt.Sprintf("L%02d", len(f.lines)), at: f.happens(), net: claimwatch.Fen(rapid.IntRange(1, 1500).Draw(f.t, "net")),
		asked: map[string]claimwatch.Fen{}, worth: map[string]claimwatch.Fen{},
	}
	f.lines = append(f.lines, l)
	f.store(l)
}

// store writes a line as the hospital's records have it now; one that is worth nothing
// is cancelled.
func (f *fund) store(l *chargedLine) {
	f.facts.mu.Lock()
	f.facts.lines[l.institution+"|"+l.id] = LineFacts{Revision: 1, PersonID: "P1", StayID: "S1", OccurredAt: l.at, ItemCode: "A1", Net: l.net, Found: l.net > 0}
	f.facts.mu.Unlock()
	id := settlement.LineID{Kind: claimwatch.Fee, RecordID: l.id}
	f.till.charge(l.institution, settlement.Line{LineID: id, PersonID: "P1", StayID: "S1", OccurredAt: l.at, Class: "inpatient", Net: l.net})
	if l.net == 0 {
		f.till.lines[l.institution] = slices.DeleteFunc(f.till.lines[l.institution], func(other settlement.Line) bool { return other.LineID == id })
	}
}

// raise finds something about one to three lines, whatever others say of them.
func (f *fund) raise(i int) {
	x := sample(fmt.Sprintf("H1|P1|S%d", i), false)
	x.Rule = []string{"FEE-001", "FEE-007"}[i%2]
	x.ID, x.Severity = claimwatch.FindingID(x.Rule, x.Subject), []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion}[i/2%2]
	x.Amount, x.Lines = 0, nil
	for _, at := range rapid.SliceOfNDistinct(rapid.IntRange(0, 5), 1, 3, rapid.ID[int]).Draw(f.t, "lines") {
		l := f.lines[at]
		amount := claimwatch.Fen(rapid.IntRange(1, int(l.net)).Draw(f.t, "amount"))
		x.Lines = append(x.Lines, claimwatch.Line{Kind: claimwatch.Fee, InstitutionID: l.institution, RecordID: l.id, Role: claimwatch.Violating, Amount: amount})
		x.Amount += amount
		x.InstitutionID = l.institution
	}
	claimwatch.SortLines(x.Lines)
	f.findings = append(f.findings, &bookedFinding{Held: f.facts.put(x)})
}

func (f *fund) line(of claimwatch.Line) *chargedLine {
	at := slices.IndexFunc(f.lines, func(l *chargedLine) bool { return l.institution == of.InstitutionID && l.id == of.RecordID })
	return f.lines[at]
}

// decides sends one decision or word; most are refused, and a refusal moves nothing.
func (f *fund) decides() {
	x := rapid.SampledFrom(f.findings).Draw(f.t, "finding")
	before := f.j.Standing(x.ID, f.now())
	action := rapid.SampledFrom(f.likely(&before)).Draw(f.t, "action")
	caller := rapid.SampledFrom([]claimwatch.Caller{officer, reviewer, director}).Draw(f.t, "caller")
	body := map[string]any{"action": action, "reason": "because", "expected_revision": before.Revision, "facts_sha256": x.Facts}
	switch action {
	case "explain":
		f.call(hospital, "POST", "/v1/findings/"+x.ID+"/statements", map[string]string{"text": "it was needed"})
		f.call(another, "POST", "/v1/findings/"+x.ID+"/statements", map[string]string{"text": "here too"})
		return
	case "appeal":
		f.call(rapid.SampledFrom([]claimwatch.Caller{hospital, another}).Draw(f.t, "who"), "POST", "/v1/findings/"+x.ID+"/appeals", map[string]string{"text": "no"})
		return
	case "part":
		line := rapid.SampledFrom(x.Lines).Draw(f.t, "part")
		amount := claimwatch.Fen(rapid.IntRange(1, int(line.Amount)).Draw(f.t, "of it"))
		body["action"], body["lines"] = "reject", []map[string]any{{"record_id": line.RecordID, "institution_id": line.InstitutionID, "amount": amount}}
	}
	if f.call(caller, "POST", "/v1/findings/"+x.ID+"/decisions", body).Code >= 300 {
		return
	}
	after := f.j.Standing(x.ID, f.now())
	event := after.History[len(after.History)-1]
	switch {
	case event.Proposed || before.State == after.State:
	case after.State == claimwatch.StateRejected:
		for _, part := range event.Lines {
			l := f.line(claimwatch.Line{InstitutionID: part.InstitutionID, RecordID: part.RecordID})
			l.know(l.net)
			l.asked[x.ID], l.worth[x.ID] = part.Amount, l.net
			if l.listed == 0 {
				l.listed = term.MonthOf(l.at.Day())
			}
		}
	case after.State == claimwatch.StateOverturned, after.State == claimwatch.StateOpen:
		for _, l := range f.lines {
			if _, there := l.asked[x.ID]; there {
				l.asked[x.ID] = 0
			}
		}
	}
}

// likely are the words that lead somewhere from a standing, and now and then all.
func (f *fund) likely(standing *journal.Standing) []string {
	switch state := standing.State; {
	case rapid.IntRange(0, 7).Draw(f.t, "any word") == 0:
		return []string{"notify", "explain", "reject", "part", "confirm", "decline", "release", "appeal", "overturn", "uphold", "reopen"}
	case standing.Proposed != nil:
		return []string{"confirm", "confirm", "decline"}
	case state == claimwatch.StateOpen:
		return []string{"notify"}
	case state == claimwatch.StateNotified:
		return []string{"explain"}
	case state == claimwatch.StateExplained, state == claimwatch.StateLapsed:
		return []string{"reject", "reject", "part", "explain", "release"}
	case state == claimwatch.StateAppealed:
		return []string{"overturn", "overturn", "uphold"}
	default:
		return []string{"appeal", "appeal", "reopen"}
	}
}

// know makes a smaller worth of the line count for whoever was decided before.
func (l *chargedLine) know(net claimwatch.Fen) {
	for finding, worth := range l.worth {
		l.worth[finding] = min(worth, net)
	}
}

// rejected is the most that may be taken: for every amount w that some decision
// counted on, those that count on at most w get at most w together.
func (l *chargedLine) rejected() claimwatch.Fen {
	most := func(limit claimwatch.Fen) (sum claimwatch.Fen) {
		for finding, asked := range l.asked {
			if l.worth[finding] > limit {
				sum += asked
			}
		}
		return sum
	}
	best := most(-1)
	for _, limit := range l.worth {
		best = min(best, limit+most(limit))
	}
	return best
}

// adjusts gives back what is rejected of lines beyond their worth, as the product does.
func (f *fund) adjusts(institution string) {
	for _, l := range f.lines {
		if l.institution == institution && l.rejected() > l.net {
			l.know(l.net)
		}
	}
}

// changes is whatever else befalls lines and institutions.
func (f *fund) changes() {
	l := rapid.SampledFrom(f.lines).Draw(f.t, "line")
	switch rapid.IntRange(0, 6).Draw(f.t, "change") {
	case 0: // refunded in part or whole, cancelled
		l.net = claimwatch.Fen(rapid.IntRange(0, int(l.net)).Draw(f.t, "left"))
		f.store(l)
	case 1: // a refund is cancelled, the line is sent again
		l.net = claimwatch.Fen(rapid.IntRange(1, 1500).Draw(f.t, "again"))
		f.store(l)
	case 2: // its service date is corrected
		l.at = f.happens()
		if f.closed[l.institution] != 0 || term.MonthOf(l.at.Day()) >= term.MonthIn(2026, 1) {
			f.store(l)
		}
	case 3:
		f.charge(l.institution)
	case 4:
		x := rapid.SampledFrom(f.findings).Draw(f.t, "finding")
		if !x.gone {
			x.gone = true
			f.facts.retract(x.ID)
		}
	case 5:
		f.pause(l.institution)
	default:
		for range 3 { // to the end, back, and over all
			if err := f.audit.sweepRejected(f.desk.t.Context()); err != nil {
				f.t.Fatalf("sweepRejected() error:\n%+v", err)
			}
		}
		f.adjusts("H1")
		f.adjusts("H2")
	}
}

// pause begins an inquiry or a suspension, some days ago or in some days, or ends one.
func (f *fund) pause(institution string) {
	today := f.now().Day()
	own := f.pauses[institution]
	at := slices.IndexFunc(own, func(p pause) bool { return p.until == 0 })
	if at < 0 {
		p := pause{suspension: rapid.Bool().Draw(f.t, "suspension"), from: today + claimwatch.Day(rapid.IntRange(-50, 5).Draw(f.t, "from"))}
		if slices.ContainsFunc(own, func(other pause) bool { return other.from == p.from }) {
			return
		}
		at, own = len(own), append(own, p)
	} else {
		own[at].until = max(today, own[at].from+1)
	}
	f.pauses[institution] = own
	p, until := own[at], ""
	if p.until != 0 {
		until = p.until.String()
	}
	if p.suspension {
		f.load("agreements", fmt.Sprintf("institution_id,kind,from,agreement_id,status,until\n%s,medical,%s,A,suspended,%s\n", institution, p.from, until))
		return
	}
	f.load("holds", fmt.Sprintf("hold_id,institution_id,from,until,reason\n%s-%d,%s,%s,%s,inquiry\n", institution, at, institution, p.from, until))
}

// target is what the parts of a line are at a close of a month, by the words of the
// documents.
func (f *fund) target(l *chargedLine, month term.Month) (parts settlement.Parts) {
	of, rejected := term.MonthOf(l.at.Day()), l.rejected()
	switch {
	case l.booked != 0:
		of = l.booked
	case rejected > 0:
		of = l.listed
	}
	if l.net == 0 || of > month {
		return parts
	}
	parts.Claimed = l.net
	if l.listed <= month {
		parts.Rejected = rejected
	}
	rest := l.net - parts.Rejected
	day, today := l.at.Day(), f.now().Day()
	held := false
	for _, p := range f.pauses[l.institution] {
		switch {
		case day < p.from || p.until != 0 && day >= p.until:
		case p.suspension:
			parts.NotPayable = rest
			return parts
		default:
			held = held || p.until == 0 || today < p.until
		}
	}
	if held {
		parts.OnHold = rest
		return parts
	}
	asked := rest - min(rest, l.settled.Approved)
	for _, x := range f.findings {
		standing := f.j.Standing(x.ID, f.now())
		told := slices.Contains([]claimwatch.State{claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed}, standing.State)
		for _, line := range x.Lines {
			if told && !x.gone && f.line(line) == l {
				parts.OnHold = min(asked, parts.OnHold+line.Amount)
			}
		}
	}
	parts.Approved = rest - parts.OnHold
	return parts
}
