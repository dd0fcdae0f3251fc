package adversary

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"claimwatch"
)

// Drawn is a world: what hospitals sent, what the fund loaded and when it is
// looked at.
type Drawn struct {
	Records    []claimwatch.Record            // in the order of the log
	ReceivedAt []claimwatch.Instant           // parallel to Records, not decreasing per institution
	Reference  map[string][]map[string]string // rows as uploaded by table; a table that is absent was never loaded
	AsOf       claimwatch.Instant
	Wall       bool // by the wall clock: DAT-001, DAT-003 and DAT-004 are evaluated
}

// horizon is the day as of which most worlds are looked at: two months after they
// begin, at a midnight, when little that was drawn still lies ahead. Scenes
// about time that has to pass place their records at distances from it.
const horizon = start + 60

// lull is how long before the horizon nothing is received any more unless a
// scene wants it: the silence of an institution has boundaries of its own.
const lull = 7 * hour

// World draws a world.
func World(t *rapid.T) Drawn {
	d := &drawer{
		t: t, pool: []claimwatch.Instant{start.Midnight() + 8*hour},
		wishes: map[string][]string{}, rows: map[string][]map[string]string{},
	}
	scenes := d.drawTheme()
	d.illness = one(d, "illness", [2]string{"S82.1", "S82.9"}, [2]string{"骨折病", "骨折痛1"}, [2]string{"S82.1", ""}, [2]string{"S8", "S82"})
	noise := 30
	if len(scenes) > 0 {
		noise = 10
	}
	d.drawStays(len(scenes) > 0)
	for _, scene := range scenes {
		scene(d)
	}
	for range d.upTo(noise, "records") {
		d.drawRecord()
	}
	for _, draw := range d.later {
		draw()
	}
	if len(d.log) > 0 {
		for range d.upTo(4, "second thoughts") {
			d.revise()
		}
	}
	w := Drawn{Reference: d.drawReference(), AsOf: horizon.Midnight(), Wall: !d.often(2, "by the records' clock")}
	if d.often(2, "early") { // by the wall clock nothing is received after now
		w.AsOf, w.Wall = d.moment("as_of"), false
	}
	d.receive()
	for _, r := range d.log {
		w.Records, w.ReceivedAt = append(w.Records, r.Record), append(w.ReceivedAt, r.received)
	}
	return w
}

// drawTheme draws what a world is about: one of the themes that pervade
// everything, or up to three scenes.
func (d *drawer) drawTheme() []func(*drawer) {
	d.theme = anything
	if d.often(3, "pervading") {
		d.theme = one(d, "theme", anything, split, faces, tests, beds, gaps)
		return nil
	}
	var drawn []func(*drawer)
	for range 2 + d.upTo(3, "scenes") {
		drawn = append(drawn, scenes[d.upTo(len(scenes)-1, "scene")])
	}
	return drawn
}

// receive draws when the records are received and puts them into the order of
// the log, which now and then is any order.
func (d *drawer) receive() {
	last := horizon.Midnight() - lull
	for _, r := range d.log {
		if r.received != 0 {
			continue
		}
		r.received = min(last, r.OccurredAt+d.delay(r.Kind))
		if !r.Kind.MayLieAhead() {
			r.received = max(r.OccurredAt, r.received)
		}
	}
	slices.SortStableFunc(d.log, func(a, b *upload) int { return cmp.Compare(a.received, b.received) })
	if !d.often(2, "shuffle") {
		return
	}
	d.log = rapid.Permutation(d.log).Draw(d.t, "log")
	clock := map[string]claimwatch.Instant{}
	for _, r := range d.log {
		r.received = max(r.received, clock[r.InstitutionID])
		clock[r.InstitutionID] = r.received
	}
}

// delay draws how long after it happened a record is received; what may lie
// ahead is received before.
func (d *drawer) delay(kind claimwatch.Kind) claimwatch.Instant {
	if kind.MayLieAhead() {
		return one(d, "delay", minute, minute, -day)
	}
	return one(d, "delay", minute, minute, minute, minute, minute, hour, 2*day, 2*day+1, 5*day)
}
