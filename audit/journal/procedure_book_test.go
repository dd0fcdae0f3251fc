package journal

import (
	"slices"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
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

// bookPage is a finding in the plain book: what the law and the agency's order say,
// written down as a clerk would, with nothing shared with the fold.
type bookPage struct {
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

func (a *bookPage) now(at claimwatch.Instant) string {
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
func (a *bookPage) heard(asked map[string]claimwatch.Fen, at claimwatch.Instant) bool {
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

func (a *bookPage) untold(w bookWish) (fresh map[string][]string) {
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

func (a *bookPage) waiting(institution string, at claimwatch.Instant) bool {
	return slices.ContainsFunc(a.notices, func(n told) bool { return (institution == "" || n.institution == institution) && n.waits(at) })
}

// does says whether a wish is granted, and if so what it comes to: "proposed", or the
// action that took effect.
func (a *bookPage) does(w bookWish) (effect string, granted bool) {
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

func (a *bookPage) take(w bookWish, effect string) {
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
