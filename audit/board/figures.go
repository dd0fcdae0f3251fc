package board

import (
	"slices"
	"time"

	"claimwatch"
)

// MaxCities bounds the label city: further ones, in order of their names, are "other".
const MaxCities = 60

// The cities that are none.
const (
	CityUnknown = "unknown" // of institutions that the table institutions does not have
	CityOther   = "other"
)

// Finding is a finding that stands, or that was decided whatever its facts became.
type Finding struct {
	Rule, InstitutionID string
	Severity            claimwatch.Severity
	State               claimwatch.State
	Amount              claimwatch.Fen // gross
	Rejected            claimwatch.Fen // what it takes now of lines, each yuan once
	OpenedAt            claimwatch.Instant
	Steps               []Step // the oldest first
}

// Step is a decision on a finding.
type Step struct {
	To claimwatch.State // rejected, released, upheld or overturned
	At claimwatch.Instant
}

// Deadline is something that is due.
type Deadline struct {
	City, Kind string
	On         claimwatch.Day
	Overdue    bool
}

// Covered counts what a rule said of the stays of an institution.
type Covered struct {
	InstitutionID, Rule     string
	Hit, Pass, NotEvaluated int64
}

// Input is what figures are made of.
type Input struct {
	Now       time.Time                     // the machine's clock: when institutions were heard of is read with it
	At        claimwatch.Instant            // the product's clock: deadlines are read with it
	Cities    map[string]string             // by institution, of all that are known
	Agreed    []string                      // institutions under agreement: of those silence is counted
	Heard     map[string]claimwatch.Instant // last reception by institution
	Rules     []string                      // of the library in use
	Findings  []Finding
	Deadlines []Deadline
	Covered   []Covered
}

// Figures are sums by label.
type Figures struct {
	at       claimwatch.Instant
	took     time.Duration
	now      time.Time
	findings map[standing]sum
	rules    map[ruleState]sum
	rejected map[string]claimwatch.Fen // by city
	taken    map[string]claimwatch.Fen // by rule
	steps    map[ruleStep]int
	waits    map[string]*wait // by city
	due      map[dueIn]int
	heard    map[hearing]int
	newest   map[string]time.Time // last reception in a city
	longest  map[string]time.Time // last reception of whoever was silent longest
	covered  map[said]int64
	watched  map[cityResult]int64
}

type (
	standing struct {
		city     string
		severity claimwatch.Severity
		state    claimwatch.State
	}
	ruleState struct {
		rule  string
		state claimwatch.State
	}
	sum struct {
		count int
		yuan  claimwatch.Fen
	}
	ruleStep   struct{ rule, outcome string }
	dueIn      struct{ city, kind, when string }
	hearing    struct{ city, within string }
	said       struct{ rule, result string }
	cityResult struct{ city, result string }
)

// wait is a histogram: how many findings of a city were decided within each bound.
type wait struct {
	within  map[int64]uint64
	count   uint64
	seconds int64
}

const day = 24 * 60 * 60

// waitBounds are seconds; decisions take days, of which the law leaves the
// institution five working ones.
func waitBounds() []int64 {
	return []int64{day / 4, day, 3 * day, 5 * day, 7 * day, 10 * day, 14 * day, 21 * day, 30 * day, 60 * day, 90 * day}
}

// states are all but retracted, which nobody has to act on.
func states() []claimwatch.State {
	return []claimwatch.State{
		claimwatch.StateOpen, claimwatch.StateNotified, claimwatch.StateExplained, claimwatch.StateLapsed, claimwatch.StateRejected,
		claimwatch.StateReleased, claimwatch.StateAppealed, claimwatch.StateUpheld, claimwatch.StateOverturned,
	}
}

func severities() []claimwatch.Severity {
	return []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder}
}

// outcomes are the states that decisions lead to.
func outcomes() []claimwatch.State {
	return []claimwatch.State{claimwatch.StateRejected, claimwatch.StateReleased, claimwatch.StateUpheld, claimwatch.StateOverturned}
}

// hearings are how long ago an institution was heard of; the first is what DAT-003
// lets pass.
func hearings() []struct {
	name string
	most time.Duration
} {
	return []struct {
		name string
		most time.Duration
	}{{"6h", 6 * time.Hour}, {"1d", day * time.Second}, {"3d", 3 * day * time.Second}, {"7d", 7 * day * time.Second}, {"longer", 1<<63 - 1}}
}

// always are the kinds of deadlines that are told of each city even when nothing is due.
func always() []string { return []string{"payment", "settlement", "statement"} }

func dues() []string { return []string{"overdue", "today", "week", "later"} }

// Sum adds up. took is how long it took to gather the input.
func Sum(in *Input, took time.Duration) *Figures {
	f := &Figures{
		at: in.At, now: in.Now, took: took,
		findings: map[standing]sum{}, rules: map[ruleState]sum{}, rejected: map[string]claimwatch.Fen{}, taken: map[string]claimwatch.Fen{},
		steps: map[ruleStep]int{}, waits: map[string]*wait{}, due: map[dueIn]int{}, heard: map[hearing]int{},
		newest: map[string]time.Time{}, longest: map[string]time.Time{}, covered: map[said]int64{}, watched: map[cityResult]int64{},
	}
	cities := bounded(in.Cities)
	f.begin(in, cities)
	place := func(institution string) string {
		if city := in.Cities[institution]; city != "" {
			return cities[city]
		}
		return CityUnknown
	}
	for i := range in.Findings {
		f.finding(&in.Findings[i], place(in.Findings[i].InstitutionID))
	}
	for _, d := range in.Deadlines {
		f.deadline(d, cities)
	}
	for _, institution := range in.Agreed {
		at, ever := in.Heard[institution]
		f.hearing(place(institution), at, ever)
	}
	for _, c := range in.Covered {
		city := place(c.InstitutionID)
		for result, n := range map[string]int64{"hit": c.Hit, "pass": c.Pass, "not_evaluated": c.NotEvaluated} {
			f.covered[said{c.Rule, result}] += n
			f.watched[cityResult{city, result}] += n
		}
	}
	return f
}

// bounded gives the label of each city.
func bounded(cities map[string]string) map[string]string {
	var names []string
	for _, city := range cities {
		names = append(names, city)
	}
	slices.Sort(names)
	labels := map[string]string{}
	for i, city := range slices.Compact(names) {
		labels[city] = city
		if i >= MaxCities {
			labels[city] = CityOther
		}
		if city == "" {
			labels[city] = CityUnknown
		}
	}
	return labels
}

// begin makes every sum that is told even when it is nothing, so that a board shows 0
// and not a gap.
func (f *Figures) begin(in *Input, cities map[string]string) {
	for _, city := range cities {
		f.rejected[city], f.waits[city] = 0, newWait()
		for _, state := range states() {
			for _, severity := range severities() {
				f.findings[standing{city, severity, state}] = sum{}
			}
		}
		for _, when := range dues() {
			for _, kind := range always() {
				f.due[dueIn{city, kind, when}] = 0
			}
		}
		for _, within := range hearings() {
			f.heard[hearing{city, within.name}] = 0
		}
		f.heard[hearing{city, "never"}] = 0
		for _, result := range []string{"hit", "pass", "not_evaluated"} {
			f.watched[cityResult{city, result}] = 0
		}
	}
	for _, rule := range in.Rules {
		f.taken[rule] = 0
		for _, state := range states() {
			f.rules[ruleState{rule, state}] = sum{}
		}
		for _, to := range outcomes() {
			f.steps[ruleStep{rule, string(to)}] = 0
		}
		for _, result := range []string{"hit", "pass", "not_evaluated"} {
			f.covered[said{rule, result}] = 0
		}
	}
}

func newWait() *wait { return &wait{within: map[int64]uint64{}} }

func (f *Figures) finding(one *Finding, city string) {
	at := standing{city, one.Severity, one.State}
	s := f.findings[at]
	f.findings[at] = sum{s.count + 1, s.yuan + one.Amount}
	of := ruleState{one.Rule, one.State}
	s = f.rules[of]
	f.rules[of] = sum{s.count + 1, s.yuan + one.Amount}
	f.rejected[city] += one.Rejected
	f.taken[one.Rule] += one.Rejected
	for i, step := range one.Steps {
		f.steps[ruleStep{one.Rule, string(step.To)}]++
		if i == 0 && one.OpenedAt != 0 {
			f.waited(city, step.At-one.OpenedAt)
		}
	}
}

// waited notes how long the first decision took. A clock that went back is no wait.
func (f *Figures) waited(city string, took claimwatch.Instant) {
	w := f.waits[city]
	if w == nil {
		w = newWait()
		f.waits[city] = w
	}
	seconds := max(int64(took)/1000, 0)
	w.count++
	w.seconds += seconds
	for _, bound := range waitBounds() {
		if seconds <= bound {
			w.within[bound]++
		}
	}
}

func (f *Figures) deadline(d Deadline, cities map[string]string) {
	city := cities[d.City]
	if city == "" {
		city = CityUnknown
	}
	when, today := "later", f.at.Day()
	switch {
	case d.Overdue:
		when = "overdue"
	case d.On <= today:
		when = "today"
	case d.On <= today+7:
		when = "week"
	}
	f.due[dueIn{city, d.Kind, when}]++
}

func (f *Figures) hearing(city string, at claimwatch.Instant, ever bool) {
	if !ever {
		f.heard[hearing{city, "never"}]++
		return
	}
	heard := time.UnixMilli(int64(at))
	if heard.After(f.newest[city]) {
		f.newest[city] = heard
	}
	if longest, known := f.longest[city]; !known || heard.Before(longest) {
		f.longest[city] = heard
	}
	for _, within := range hearings() {
		if f.now.Sub(heard) <= within.most {
			f.heard[hearing{city, within.name}]++
			return
		}
	}
}
