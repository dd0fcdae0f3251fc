package audit

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// listed gives the subjects of a list, whole over all its pages, and how many
// pages it took.
func (d *desk) listed(caller claimwatch.Caller, query string) (subjects []string, pages int) {
	d.t.Helper()
	for cursor := ""; ; {
		got := good[page[FindingView]](d, d.call(caller, "GET", "/v1/findings?"+query+"&cursor="+url.QueryEscape(cursor), nil))
		for _, item := range got.Items {
			subjects = append(subjects, item.Subject)
		}
		pages++
		if cursor = got.Next; cursor == "" || pages > 2000 {
			return subjects, pages
		}
	}
}

// Filters at their edges, by both who may ask of notified findings: a span that
// ends when the question begins is met, one that begins when it ends is not.
func TestFiltersAtTheirEdges(t *testing.T) {
	d := newDesk(t)
	at := func(text string) *claimwatch.Instant {
		var i claimwatch.Instant
		if err := i.UnmarshalText([]byte(text)); err != nil {
			t.Fatalf("UnmarshalText(%q) error:\n%+v", text, err)
		}
		return &i
	}
	span, moment, late := sample("span", false), sample("moment", false), sample("late", false)
	span.From, span.Until = at("2026-02-25T10:00:00+08:00"), at("2026-02-25T12:00:00+08:00")
	moment.From = at("2026-02-25T23:59:59.999+08:00")
	late.From, late.Amount, late.Severity = at("2026-02-26T00:00:00+08:00"), 25599, claimwatch.Suspicion
	for _, f := range []claimwatch.Finding{span, moment, late} {
		good[FindingDetail](d, d.decide(officer, d.facts.put(f), "notify", 0))
	}
	cases := []struct{ query, want string }{
		{"", "late moment span"},
		{"from=2026-02-25T12:00:00%2B08:00", "late moment span"},
		{"from=2026-02-25T12:00:00.001%2B08:00", "late moment"},
		{"from=2026-02-25T04:00:00.001Z", "late moment"},
		{"from=2026-02-25T23:59:59.999+08:00", "late moment"}, // the + arrives as a space
		{"from=2026-02-26", "late"},
		{"from=2026-02-27", ""},
		{"until=2026-02-26", "moment span"},
		{"until=2026-02-26T00:00:00.001%2B08:00", "late moment span"},
		{"until=2026-02-25T10:00:00.001%2B08:00", "span"},
		{"until=2026-02-25T10:00:00%2B08:00", ""},
		{"until=2026-02-25T02:00:00Z", ""},
		{"from=2026-02-25&until=2026-02-26", "moment span"},
		{"from=2026-02-25T11:00:00%2B08:00&until=2026-02-25T11:00:00%2B08:00", "span"},
		{"min_amount=256", "moment span"},
		{"min_amount=255.99", "late moment span"},
		{"min_amount=256.01", ""},
		{"severity=suspicion", "late"},
		{"severity=reminder", ""},
		{"rule=FEE-001&person_id=P1&stay_id=S1&institution_id=H1", "late moment span"},
		{"rule=fee-001", ""},
		{"stay_id=S", ""},
		{"person_id=P1%20", ""},
	}
	for _, c := range cases {
		for name, caller := range map[string]claimwatch.Caller{"an officer": officer, "the hospital": hospital} {
			query := c.query
			if caller.KeyID == officer.KeyID {
				query = "state=notified&" + query
			}
			subjects, _ := d.listed(caller, query)
			got := map[string]bool{}
			for _, s := range subjects {
				got[s] = true
			}
			want := map[string]bool{}
			for _, s := range strings.Fields(c.want) {
				want[s] = true
			}
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("%q by %s (-got, +want):\n%s", c.query, name, diff)
			}
		}
	}
	// A state is that of the moment of the question.
	for clock, states := range map[string][2]string{
		"2026-03-09T23:59:59.999+08:00": {"notified", "lapsed"}, "2026-03-10T00:00:00+08:00": {"lapsed", "notified"},
	} {
		d.clock(clock)
		for _, caller := range []claimwatch.Caller{officer, hospital} {
			all, _ := d.listed(caller, "state="+states[0])
			none, _ := d.listed(caller, "state="+states[1])
			if len(all) != 3 || len(none) != 0 {
				t.Errorf("at %s: %d are %s, %d %s", clock, len(all), states[0], len(none), states[1])
			}
		}
	}
}

// A page is full to its limit, the last one has no next, and the cursor of one
// list is none of another.
func TestPagesAtTheirEdges(t *testing.T) {
	d := newDesk(t)
	const count = 12
	for i := range count {
		f := sample(fmt.Sprint("S", i), false)
		if i%2 == 0 {
			f.Amount = 1
		}
		good[FindingDetail](d, d.decide(officer, d.facts.put(f), "notify", 0))
	}
	for _, c := range []struct {
		query        string
		items, pages int
	}{
		{"limit=1", count, count},
		{"limit=5", count, 3},
		{"limit=6", count, 2},
		{"limit=11", count, 2},
		{"limit=12", count, 1},
		{"limit=13", count, 1},
		{"limit=1000", count, 1},
		{"", count, 1},
		{"limit=6&min_amount=256", 6, 1},
		{"limit=100&min_amount=257", 0, 1},
		{"limit=1&rule=ADM-001", 0, 1},
	} {
		for name, caller := range map[string]claimwatch.Caller{"an officer": officer, "the hospital": hospital} {
			query := c.query
			if caller.KeyID == officer.KeyID {
				query = "state=notified&" + query
			}
			subjects, pages := d.listed(caller, query)
			once := map[string]bool{}
			for _, s := range subjects {
				once[s] = true
			}
			if len(subjects) != c.items || len(once) != c.items || pages != c.pages {
				t.Errorf("%q by %s: %d findings, %d distinct, on %d pages; want %d on %d", c.query, name, len(subjects), len(once), pages, c.items, c.pages)
			}
		}
	}
	stored := good[page[FindingView]](d, d.call(officer, "GET", "/v1/findings?limit=1", nil)).Next
	named := good[page[FindingView]](d, d.call(hospital, "GET", "/v1/findings?limit=1", nil)).Next
	if stored == "" || named == "" || strings.Contains(stored+named, "f_") {
		t.Errorf("cursors %q and %q: want opaque ones", stored, named)
	}
	for _, limit := range []string{"0", "-1", "1001", "1.5", "%201", "1e2"} {
		d.refused(d.call(hospital, "GET", "/v1/findings?limit="+limit, nil), 400, claimwatch.CodeBadQuery)
	}
	d.refused(d.call(hospital, "GET", "/v1/findings?cursor="+stored, nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(officer, "GET", "/v1/findings?cursor="+named, nil), 400, claimwatch.CodeBadQuery)
	d.refused(d.call(officer, "GET", "/v1/findings?state=notified&cursor="+stored, nil), 400, claimwatch.CodeBadQuery)
	// The journal's cursor is the number of an entry, so one may begin anywhere.
	for cursor, want := range map[string]int{"0": 12, "11": 1, "12": 0, "13": 0} {
		if got := good[page[entryView]](d, d.call(officer, "GET", "/v1/journal?cursor="+cursor, nil)); len(got.Items) != want || got.Next != "" {
			t.Errorf("journal after %s: %d entries, next %q; want %d", cursor, len(got.Items), got.Next, want)
		}
	}
	var back []uint64
	for cursor, more := "", true; more; {
		got := good[page[entryView]](d, d.call(officer, "GET", "/v1/journal?order=newest&limit=5&cursor="+cursor, nil))
		for _, entry := range got.Items {
			back = append(back, entry.Seq)
		}
		cursor, more = got.Next, got.Next != ""
	}
	if diff := cmp.Diff(back, []uint64{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}); diff != "" {
		t.Errorf("from the newest on (-got, +want):\n%s", diff)
	}
	if got := good[page[entryView]](d, d.call(officer, "GET", "/v1/journal?limit=12", nil)); len(got.Items) != 12 || got.Next != "" {
		t.Errorf("a page that holds all: %d entries, next %q", len(got.Items), got.Next)
	}
}
