package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"claimwatch"
	"claimwatch/province"
)

// office is the people of an agency, each with a key of their own.
type office struct {
	officer, second, director, clerk *client
}

// year is a simulated year of a province that officers, hospitals and clerks live
// through by the event clock.
type year struct {
	*server
	office
	hospitals map[string]*client // by institution
	months    []string
	suspended string // institution
	sanction  struct {
		ID       string `json:"id"`
		Revision int    `json:"revision"`
		State    string `json:"state"`
		History  []struct {
			At claimwatch.Instant `json:"at"`
		} `json:"history"`
	}
	counted map[string]int
	due     []appointment // what is to be done on which day, in order
}

// appointment is work of a day.
type appointment struct {
	on claimwatch.Day
	do func(t *testing.T)
}

// yearMonths is how much of the year is lived through: a quarter in every run of the
// tests, all of it in CI (CLAIMWATCH_TEST_YEAR=full).
func yearMonths() int {
	if os.Getenv("CLAIMWATCH_TEST_YEAR") == "full" {
		return 12
	}
	return 3
}

// TestYear is a year of the simulated province end to end through the API:
// notices, statements, lapses, decisions, appeals, twelve rejected-fee lists and
// settlements of every institution, one suspension with stays that straddle it,
// payments and the year end. Everything adds up to the fen.
func TestYear(t *testing.T) {
	t.Parallel()
	from := dayOf(t, "2023-01-01")
	days := 31*yearMonths() + 28 // until the last month is closed
	config := province.Config{Seed: 31, Persons: 40, Institutions: 4, From: from, Days: days, ViolationRate: 0.6, Rounds: -1}
	p := province.New(config)
	y := &year{server: start(t, newSetup(t, "event")), counted: map[string]int{}, hospitals: map[string]*client{}}
	y.prepare(t, &world{reference: p.Reference()})
	y.hire(t)
	institutions := p.Institutions()
	for _, id := range institutions {
		key, _ := hospitalKey(id)
		y.hospitals[id] = y.as(key)
	}
	y.suspended = institutions[2]
	y.plan(t, institutions)
	total, told := &sent{}, from.Midnight()
	for batch := range p.Batches(3*24*time.Hour, 5000) {
		if batch.At > told { // every institution has sent what it had until then
			y.until(t, told.Day())
			told = batch.At
		}
		if err := y.deliver(batch, 0, total); err != nil {
			t.Fatalf("deliver error:\n%+v", err)
		}
	}
	y.until(t, from+claimwatch.Day(days))
	if len(y.due) > 0 {
		t.Fatalf("%d appointments were not kept", len(y.due))
	}
	y.waitIdle(t)
	y.balance(t, institutions)
	y.straddles(t)
	for _, what := range slices.Sorted(maps.Keys(y.counted)) {
		t.Logf("%-24s %d", what, y.counted[what])
	}
	before := y.digest(t, "")
	y.stop(t)
	out, code := y.replay(t)
	if code != 0 || !strings.Contains(out, before) {
		t.Errorf("replay: exit %d, digest %s, want %s", code, strings.TrimSpace(out), before)
	}
}

func dayOf(t testing.TB, text string) claimwatch.Day {
	t.Helper()
	day, err := claimwatch.ParseDay(text)
	if err != nil {
		t.Fatalf("ParseDay() error:\n%+v", err)
	}
	return day
}

// hire makes the keys of the agency's people.
func (y *year) hire(t *testing.T) {
	t.Helper()
	key := func(roles ...string) *client {
		var args []string
		for _, role := range roles {
			args = append(args, "--role", role)
		}
		return y.as(y.newKey(t, args...))
	}
	y.officer, y.second, y.director, y.clerk = key("officer"), key("officer", "reviewer"), key("director"), key("clerk")
}

// until keeps every appointment that lies before a day.
func (y *year) until(t *testing.T, day claimwatch.Day) {
	t.Helper()
	for len(y.due) > 0 && y.due[0].on < day {
		y.waitIdle(t)
		y.due[0].do(t)
		y.due = y.due[1:]
	}
}

// plan is the agency's year: on the 5th of a month hospitals are told, on the 8th
// they answer, on the 20th officers decide, on the 22nd appeals are heard, on the
// 24th the month before is closed and paid.
func (y *year) plan(t *testing.T, institutions []string) {
	t.Helper()
	at := func(day string, do func(t *testing.T)) { y.due = append(y.due, appointment{dayOf(t, day), do}) }
	for i := range yearMonths() {
		month := fmt.Sprintf("%04d-%02d", 2023+(i+1)/12, (i+1)%12+1)
		closing := fmt.Sprintf("2023-%02d", i+1)
		at(month+"-05", y.notify)
		at(month+"-08", y.explain)
		at(month+"-20", y.decideAll)
		at(month+"-21", y.appeal)
		at(month+"-22", y.hear)
		switch i {
		case 0:
			at(month+"-23", y.suspend)
		case 4:
			at(month+"-02", y.resume)
		}
		y.months = append(y.months, closing)
		at(month+"-24", func(t *testing.T) {
			for _, id := range institutions {
				y.settle(t, id, closing)
			}
		})
		if i == 11 {
			at(month+"-25", func(t *testing.T) { y.yearEnd(t, institutions) })
		}
	}
	slices.SortStableFunc(y.due, func(a, b appointment) int { return int(a.on - b.on) })
}

// decide sends one decision about many findings, each as seen.
func (y *year) decide(t *testing.T, who *client, action, reason string, list []finding) (done int) {
	t.Helper()
	for chunk := range slices.Chunk(list, 500) {
		var seen []map[string]any
		for _, f := range chunk {
			seen = append(seen, map[string]any{"finding_id": f.FindingID, "expected_revision": f.Revision, "facts_sha256": f.FactsSHA256})
		}
		var answer struct {
			Items []struct {
				FindingID, State, Code, Message string
			} `json:"items"`
			Faults []struct {
				Code, Message string
			} `json:"faults"`
		}
		body, err := json.Marshal(map[string]any{"action": action, "reason": reason, "findings": seen})
		if err != nil {
			t.Fatal(err)
		}
		got := who.do(t, http.MethodPost, "/v1/decisions", "application/json", body)
		if err := json.Unmarshal(got.body, &answer); err != nil || len(answer.Items)+len(answer.Faults) != len(chunk) {
			t.Fatalf("%s of %d findings: answer %d: %s", action, len(chunk), got.status, got.body)
		}
		for _, fault := range answer.Faults { // nothing was done, and the answer is no list
			_, message, _ := strings.Cut(fault.Message, ": ") // after the finding
			y.counted[strings.TrimSpace(action+" "+fault.Code+" "+message)]++
		}
		for _, item := range answer.Items {
			y.counted[strings.TrimSpace(action+" "+item.Code+" "+item.Message)]++
			if item.Code == "" {
				done++
			}
		}
	}
	return done
}

// post sends JSON and reads the answer, which must be good.
func (c *client) post(t testing.TB, path string, body, out any) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	c.do(t, http.MethodPost, path, "application/json", text).into(t, out)
}
