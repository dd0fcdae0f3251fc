package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"claimwatch/rules"
)

// crowded is a server with more persons than fit one portion, in open stays of
// one institution.
type crowded struct {
	setup
	*server
	key string // of the institution
}

const crowdSize = 120 // three portions

// item is the only one that the crowd is charged for.
func crowdItem(inScope bool) string {
	return itemsHead + fmt.Sprintf("LAB1,,2020-01-01,blood count,lab,each,%t,false,false,false,false,20,20,20,false\n", inScope)
}

func newCrowded(t *testing.T) *crowded {
	t.Helper()
	c := &crowded{setup: newSetup(t, "event")}
	c.server = start(t, c.setup)
	loadReference(t, c.client)
	c.load(t, "items", crowdItem(true))
	c.key = c.newKey(t, "--institution", "H1")
	var lines []string
	for i := range crowdSize {
		person, stay := fmt.Sprintf("P%03d", i), fmt.Sprintf("S%03d", i)
		lines = append(lines, admission(person, stay, "2026-03-02T08:00:00+08:00"),
			feeLine("F"+stay, person, stay, "2026-03-02T09:00:00+08:00", "LAB1", ""))
	}
	c.as(c.key).upload(t, lines...)
	c.settle(t, "admitted")
	c.stop(t)
	return c
}

// dying has a server do something and die at each of some points, and then one
// that ends it in peace. What has no answer is done again.
func (c *crowded) dying(t *testing.T, do func() error, points ...string) {
	t.Helper()
	for i, point := range append(points, "") {
		s := c.setup
		if point != "" {
			s.env = []string{"CLAIMWATCH_CRASH=" + point}
		}
		c.server = launch(t, s)
		for done := i > 0; !done && !c.ended(); { // the first of them does it
			done = do() == nil
			time.Sleep(20 * time.Millisecond)
		}
		if point == "" {
			c.waitReady(t)
			return
		}
		select {
		case <-c.exited:
		case <-time.After(time.Minute):
			t.Fatalf("%s was not reached in a minute:\n%s", point, tail(c.output(), 3000))
		}
	}
}

func (c *crowded) ended() bool {
	select {
	case <-c.exited:
		return true
	default:
		return false
	}
}

// send gives a record in the name of the institution.
func (c *crowded) send(line string) func() error {
	return func() error {
		a, err := c.as(c.key).try(http.MethodPost, "/v1/records", "application/x-ndjson", []byte(line))
		if err == nil && a.status != http.StatusAccepted {
			err = fmt.Errorf("answer %d: %s", a.status, a.body)
		}
		return err
	}
}

// settle waits until everything is evaluated and holds the findings against a
// sweep, and says how many there are of each rule.
func (c *crowded) settle(t *testing.T, what string) map[string]int {
	t.Helper()
	asOf := *c.waitIdle(t).AsOf
	var swept struct{ Digest string }
	c.do(t, http.MethodGet, "/v1/evaluate?digest=true&as_of="+queryEscape(asOf), "", nil).into(t, &swept)
	if live := c.digest(t, "?findings=true"); live != swept.Digest {
		t.Errorf("%s: the findings have the digest %s, a sweep as of %s has %s", what, live, asOf, swept.Digest)
	}
	found := map[string]int{}
	for _, f := range c.findings(t, "") {
		found[f.Rule]++
	}
	return found
}

// TestCrashInTheBackground dies at the points of what stands behind live
// uploads: many who are due, whom a load touches, and whose present went back.
// Nobody is lost.
func TestCrashInTheBackground(t *testing.T) {
	t.Parallel()
	c := newCrowded(t)

	// The present moves on by days: everybody is due.
	late := feeLine("L1", "P000", "S000", "2026-03-20T09:00:00+08:00", "LAB1", "")
	c.dying(t, c.send(late), rules.CrashAfterDue+":1", rules.CrashAfterDueAnswered+":1")
	if found := c.settle(t, "due"); found["ADM-008"] != crowdSize {
		t.Errorf("after the present moved on: %v", found)
	}
	c.stop(t)

	c.dying(t, func() error {
		a, err := c.try(http.MethodPut, "/v1/reference/items", "text/csv", []byte(crowdItem(false)))
		if err == nil && a.status != http.StatusOK {
			err = fmt.Errorf("answer %d: %s", a.status, a.body)
		}
		return err
	}, rules.CrashAfterPortion+":2", rules.CrashAfterPortionDone+":1")
	if found := c.settle(t, "a load"); found["RX-008"] != crowdSize {
		t.Errorf("after the load: %v", found)
	}
	c.stop(t)

	void := strings.Replace(late, `"record_id":"L1"`, `"record_id":"L1","revision":2,"cancelled":true`, 1)
	c.dying(t, c.send(void), rules.CrashAfterPortion+":1")
	if found := c.settle(t, "back"); found["ADM-008"] != 0 || found["RX-008"] != crowdSize {
		t.Errorf("after the present went back: %v", found)
	}
	c.stop(t)
}
