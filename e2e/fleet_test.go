package e2e

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"claimwatch/stream/kafkatest"
)

// fleet is several processes on one log and one store: a front that serves the
// embedded engine to the others and answers callers, and workers that do the
// work of the sink and the rules.
type fleet struct {
	front   *server
	brokers []string
	engine  string
}

// newFleet starts the front. On the embedded log the broker lives in it.
func newFleet(t testing.TB) *fleet {
	t.Helper()
	f := &fleet{engine: freeAddress(t)}
	s := setup{data: t.TempDir(), clock: "event", address: freeAddress(t)}
	log := freeAddress(t)
	kafka := fmt.Sprintf("{listen: %q, session: 6s}", log)
	f.brokers = []string{log}
	if os.Getenv(kafkatest.EnvKafka) == "1" {
		f.brokers = kafkatest.Start(t).Brokers
		kafka = kafkaLine(f.brokers)
	}
	s.serve = fmt.Sprintf("kafka: %s\nclickhouse: {listen: %q}\nparts: [door]\n", kafka, f.engine)
	f.front = start(t, s)
	return f
}

// worker starts a process that does the work.
func (f *fleet) worker(t testing.TB, env ...string) *server {
	t.Helper()
	return start(t, setup{data: t.TempDir(), clock: "event", address: freeAddress(t), env: env, serve: fmt.Sprintf(
		"kafka: %s\nclickhouse: {addr: [%q], http: true}\nparts: [sink, rules]\n", kafkaLine(f.brokers), f.engine)})
}

// owned tells how many partitions of a topic the process was given last.
func (p *server) owned(topic string) int {
	count := 0
	for line := range strings.Lines(p.output()) {
		if !strings.Contains(line, `"msg":"partitions assigned","topic":"`+topic+`"`) {
			continue
		}
		_, list, _ := strings.Cut(line, `"partitions":[`)
		list, _, _ = strings.Cut(list, "]")
		count = 0
		if list != "" {
			count = strings.Count(list, ",") + 1
		}
	}
	return count
}

// terms counts how often the process was given partitions.
func (p *server) terms() int { return strings.Count(p.output(), `"msg":"partitions assigned"`) }

// working are the topics that workers share, each of four partitions.
var working = []string{"claimwatch.records", "claimwatch.touched"}

// ownsAll tells whether a worker has all the work.
func (p *server) ownsAll() bool {
	return p.owned(working[0]) == 4 && p.owned(working[1]) == 4
}

// stopped tells whether the process is stopped by a signal.
func (p *server) stopped() bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	_, after, found := strings.Cut(string(text), ") ")
	return err == nil && found && strings.HasPrefix(after, "T")
}

// until polls a condition.
func until(t testing.TB, what string, patience time.Duration, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("after %v still not: %s", patience, what)
		}
	}
}

// settledAt checks that everything is there once, and that what was found is
// what a sweep over it finds.
func (c *client) settledAt(t testing.TB, when string, stored int) {
	t.Helper()
	s := c.waitIdle(t)
	if s.Records.Stored != int64(stored) {
		t.Errorf("%s: stored %d, want %d", when, s.Records.Stored, stored)
	}
	live := c.digest(t, "?findings=true")
	var swept struct{ Digest string }
	c.do(t, http.MethodGet, "/v1/evaluate?digest=true&as_of="+queryEscape(*s.AsOf), "", nil).into(t, &swept)
	if swept.Digest != live {
		t.Errorf("%s: the findings as of %s differ from those of a sweep", when, *s.AsOf)
	}
}
