package rejection

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/attribution"
)

// clerk keeps one institution's lines in a plain book: what is asked for by whom, on
// what net amount each may count, what sealed lists have taken.
type clerk struct {
	asked  map[string]map[LineKey]claimwatch.Fen // by finding
	worth  map[string]map[LineKey]claimwatch.Fen
	sealed map[LineKey]claimwatch.Fen
	files  map[string][]byte // of sealed lists
}

// most is the largest amount that may be taken of a line: the smallest of w plus all
// that is asked for by those who may count on more than w.
func (c *clerk) most(key LineKey) claimwatch.Fen {
	var all claimwatch.Fen
	limits := []claimwatch.Fen{}
	for finding := range c.asked {
		all += c.asked[finding][key]
		limits = append(limits, c.worth[finding][key])
	}
	best := all
	for _, limit := range limits {
		sum := limit
		for finding := range c.asked {
			if c.worth[finding][key] > limit {
				sum += c.asked[finding][key]
			}
		}
		best = min(best, sum)
	}
	return best
}

func (c *clerk) know(key LineKey, net claimwatch.Fen) {
	for finding := range c.worth {
		if worth, known := c.worth[finding][key]; known {
			c.worth[finding][key] = min(worth, net)
		}
	}
}

func (c *clerk) note(finding string, key LineKey, asked, net claimwatch.Fen) {
	net = max(0, net)
	c.know(key, net)
	if c.asked[finding] == nil {
		c.asked[finding], c.worth[finding] = map[LineKey]claimwatch.Fen{}, map[LineKey]claimwatch.Fen{}
	}
	c.asked[finding][key], c.worth[finding][key] = asked, net
}

var severities = []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion}

func drawOrder(t *rapid.T, finding int, lines []LineKey, net map[LineKey]claimwatch.Fen) Order {
	name := fmt.Sprint("f_", finding)
	o := Order{
		FindingID: name, Rule: fmt.Sprint("R-", finding%3), Rank: finding % 3, Severity: severities[finding/3%2], Subject: name,
		Reason: "r", By: "maker", At: 1_772_400_000_000,
	}
	for i, key := range lines {
		if !rapid.Bool().Draw(t, "named") {
			continue
		}
		at := claimwatch.Instant(1_767_600_000_000 + int64(i)*20*24*60*60*1000) // from January 2026 on
		p := part(key.InstitutionID, key.RecordID, net[key], claimwatch.Fen(rapid.Int64Range(1, 900).Draw(t, "asked")), at)
		p.Charge.Kind = key.Kind
		o.Parts = append(o.Parts, p)
	}
	return o
}

// Rejections, appeals, refunds and closings in any order: what stands rejected of a
// line is what its lists say together, never more than the line is worth, never more
// than before unless somebody decided it, and a sealed list keeps its bytes.
func TestAgainstAClerk(t *testing.T) {
	lines := []LineKey{{claimwatch.Fee, "H1", "A"}, {claimwatch.Fee, "H1", "B"}, {claimwatch.DeviceFitting, "H1", "A"}} // one id of two kinds
	rapid.Check(t, func(t *rapid.T) {
		var s State
		book := &clerk{asked: map[string]map[LineKey]claimwatch.Fen{}, worth: map[string]map[LineKey]claimwatch.Fen{}, sealed: map[LineKey]claimwatch.Fen{}, files: map[string][]byte{}}
		net := map[LineKey]claimwatch.Fen{}
		for _, key := range lines {
			net[key] = claimwatch.Fen(rapid.Int64Range(0, 1000).Draw(t, "net"))
		}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			before := s.Rejected("H1")
			grant := map[LineKey]claimwatch.Fen{}
			finding := rapid.IntRange(0, 6).Draw(t, "finding")
			name := fmt.Sprint("f_", finding)
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0, 1:
				o := drawOrder(t, finding, lines, net)
				for _, p := range o.Parts {
					book.note(name, p.Charge.Line(), p.Amount, p.Charge.Net)
					grant[p.Charge.Line()] = p.Amount
				}
				s.Reject(o)
			case 2:
				for key := range book.asked[name] {
					book.asked[name][key] = 0
				}
				s.Withdraw(name, Cause{Reason: "appeal", By: "another"})
				if got := s.Took(name); got != 0 {
					t.Fatalf("%s keeps %s after it was overturned", name, got)
				}
			case 3: // what a line is worth changes, and only what falls is told
				key := lines[rapid.IntRange(0, 2).Draw(t, "line")]
				net[key] = claimwatch.Fen(rapid.Int64Range(-5, 1000).Draw(t, "net"))
				if net[key] < before[key] {
					book.know(key, max(0, net[key]))
					s.Adjust(key, net[key], Cause{Reason: "refund", By: "system"})
					if got := s.Rejected("H1")[key]; got != max(0, net[key]) {
						t.Fatalf("%s stands rejected of a line worth %s", got, net[key])
					}
				}
			case 4:
				month := fmt.Sprintf("2026-%02d", rapid.IntRange(1, 4).Draw(t, "month"))
				book.seal(t, &s, month)
			}
			book.compare(t, &s, lines)
			for key, amount := range s.Rejected("H1") {
				if amount > before[key]+grant[key] {
					t.Fatalf("%v: %s after %s, and only %s was asked for", key, amount, before[key], grant[key])
				}
			}
		}
	})
}

func (c *clerk) seal(t *rapid.T, s *State, month string) {
	open, revision := s.Open("H1", month), s.Revision("H1")
	list, err := s.Seal("H1", month, 1_772_400_000_000, []string{"clerk", "second"}, nil)
	closed := false
	for other := range c.files {
		closed = closed || other >= month
	}
	for early := "2026-01"; early < month; early = following(early) {
		closed = closed || len(s.Open("H1", early)) > 0
	}
	if closed {
		if claimwatch.CodeOf(err) != claimwatch.CodeIllegalTransition {
			t.Fatalf("%s sealed out of order: %v", month, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("Seal(%s) error:\n%+v", month, err)
	}
	sums := map[LineKey]claimwatch.Fen{}
	for _, item := range list.Items {
		sums[LineKey{item.Kind, "H1", item.RecordID}] += item.Rejected
	}
	for key, amount := range open {
		c.sealed[key] += amount
		if sums[key] != amount {
			t.Fatalf("%v: sealed with %s, %s was open", key, sums[key], amount)
		}
	}
	if want := fmt.Sprintf("2026-%04d", len(c.files)+1); *list.Number != want || s.Revision("H1") == revision {
		t.Fatalf("number %s, want %s; revision %d after %d", *list.Number, want, s.Revision("H1"), revision)
	}
	c.files[month] = fileOf(t, s, month)
}

func fileOf(t *rapid.T, s *State, month string) []byte {
	list := s.List("H1", month)
	raw, err := json.Marshal(list)
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	csv, err := list.CSV()
	if err != nil {
		t.Fatalf("CSV() error:\n%+v", err)
	}
	return append(raw, csv...)
}

func (c *clerk) compare(t *rapid.T, s *State, lines []LineKey) {
	listed := map[LineKey]claimwatch.Fen{}
	for _, list := range s.All() {
		var total claimwatch.Fen
		for _, item := range list.Items {
			listed[LineKey{item.Kind, list.InstitutionID, item.RecordID}] += item.Rejected
			total += item.Rejected
			if item.Rejected == 0 || item.Rejected > item.Claimed {
				t.Fatalf("an item of nothing or of more than was claimed: %+v", item)
			}
		}
		if total != list.Total {
			t.Fatalf("list %s says %s, its items %s", list.Month, list.Total, total)
		}
	}
	rejected := s.Rejected("H1")
	for _, key := range lines {
		if want := c.most(key); rejected[key] != want || listed[key] != want {
			t.Fatalf("%v: rejected %s, on lists %s, want %s", key, rejected[key], listed[key], want)
		}
		var open claimwatch.Fen
		for month := 1; month < 12; month++ {
			open += s.Open("H1", fmt.Sprintf("2026-%02d", month))[key]
		}
		if c.sealed[key]+open != rejected[key] {
			t.Fatalf("%v: sealed %s, open %s, rejected %s", key, c.sealed[key], open, rejected[key])
		}
	}
	for month, file := range c.files {
		if again := fileOf(t, s, month); !bytes.Equal(again, file) {
			t.Fatalf("the sealed list of %s changed:\n%s", month, cmp.Diff(string(again), string(file)))
		}
	}
}

// While nothing is sealed and nothing is refunded, an open list says what the
// attribution of rules.md 1.21 gives, in whatever order people decided.
func TestOpenListsAreTheAttribution(t *testing.T) {
	lines := []LineKey{{claimwatch.Fee, "H1", "A"}, {claimwatch.Fee, "H1", "B"}}
	rapid.Check(t, func(t *rapid.T) {
		net := map[LineKey]claimwatch.Fen{}
		nets := map[attribution.Line]claimwatch.Fen{}
		for _, key := range lines {
			net[key] = claimwatch.Fen(rapid.Int64Range(0, 1000).Draw(t, "net"))
			nets[attribution.Line(key)] = net[key]
		}
		var s State
		var claimants []attribution.Claimant
		overturned := -1
		for _, finding := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5}).Draw(t, "order") {
			o := drawOrder(t, finding, lines, net)
			s.Reject(o)
			if rapid.IntRange(0, 9).Draw(t, "overturned") == 0 {
				overturned = finding
				s.Withdraw(o.FindingID, Cause{})
				continue
			}
			c := attribution.Claimant{ID: o.FindingID, Rule: o.Rule, Severity: o.Severity, Subject: o.Subject}
			for _, p := range o.Parts {
				c.Lines = append(c.Lines, claimwatch.Line{Kind: p.Charge.Kind, InstitutionID: "H1", RecordID: p.Charge.RecordID, Role: claimwatch.Violating, Amount: p.Amount})
			}
			claimants = append(claimants, c)
		}
		want := attribution.Attribute(claimants, nets, []string{"R-1", "R-2"}) // R-0 has no place
		for _, list := range s.All() {
			for _, item := range list.Items {
				line := attribution.Line{Kind: item.Kind, InstitutionID: "H1", RecordID: item.RecordID}
				if got := want[item.FindingID][line]; got != item.Rejected {
					t.Fatalf("%s of %s: %s on the list, attributed %s (overturned %d)", item.FindingID, item.RecordID, item.Rejected, got, overturned)
				}
				delete(want[item.FindingID], line)
			}
		}
		for finding, rest := range want {
			for line, amount := range rest {
				if amount != 0 {
					t.Fatalf("%s of %s attributed to %s stands on no list", amount, line.RecordID, finding)
				}
			}
		}
	})
}
