package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"claimwatch"
	"claimwatch/province"
)

// standing is a finding in short.
type standing struct {
	Rule   string `json:"rule"`
	Facts  string `json:"facts_sha256"`
	Amount string `json:"amount"`
}

// reference measures what a new price cap of one item does: which findings it
// changes, how long that takes, and how long live uploads wait meanwhile.
func (b *bench) reference(ctx context.Context) (result section, err error) {
	p := b.newProvince(2 * b.plan.drizzle)
	all, lines := render(p, b.plan.uploadLines)
	head, tail := cutTail(all, int(float64(b.plan.liveRate)*b.plan.steady.Seconds()))
	row, used, err := commonItem(p)
	if err != nil {
		return section{}, err
	}
	lower := maps.Clone(row)
	lower["price_cap_1"] = halved(row["price_cap_1"])
	err = b.with(ctx, b.startProduct, input{province: p, first: head[:1]}, func(s *server) error {
		if err := s.sendAll(ctx, head[1:]); err != nil {
			return err
		}
		before, err := s.settledFindings(ctx)
		if err != nil {
			return err
		}
		quiet, err := s.change(ctx, lower)
		if err != nil {
			return err
		}
		after, err := s.settledFindings(ctx)
		if err != nil {
			return err
		}
		live := &shower{bench: b, server: s, polls: rate.NewLimiter(pollsPerSecond, 1)}
		during, err := live.during(ctx, b.drips(p, tail), row)
		if err != nil {
			return err
		}
		result = referenceSection(quiet, during, live)
		result.notes = append(result.notes,
			fmt.Sprintf("`%s` is in %s of %s lines; its `price_cap_1` goes from %s to %s with nothing else to do, and back at %s lines/s of live uploads, after a third of %s.",
				row["item_code"], thousands(int64(used)), thousands(int64(lines)), row["price_cap_1"], lower["price_cap_1"], trim(float64(b.plan.liveRate)), b.plan.steady),
			"Findings that the lower cap changed, of "+thousands(int64(len(before)))+": "+differences(before, after))
		return nil
	})
	return result, err
}

// cutTail parts uploads before the last ones with about so many lines, at most
// the half of all.
func cutTail(all []upload, lines int) (head, tail []upload) {
	lines = min(lines, linesOf(all)/2)
	at, have := len(all), 0
	for at > 2 && have < lines {
		at--
		have += all[at].lines
	}
	return all[:at:at], all[at:]
}

// drips spreads uploads in time, with a probe in every second one.
func (b *bench) drips(p *province.Province, uploads []upload) (drops []drop) {
	probes, lines := newProbes(p), 0
	for i, u := range uploads {
		d := drop{upload: u, at: time.Duration(float64(lines) / float64(b.plan.liveRate) * float64(time.Second))}
		if i%2 == 0 {
			d.probe = probes.add(&d.upload, i)
		}
		lines += d.lines
		drops = append(drops, d)
	}
	return drops
}

// commonItem is the current row of the item with one cap everywhere at the first
// level that most lines there charge at more than the half of it, and how many
// lines charge it anywhere.
func commonItem(p *province.Province) (row map[string]string, lines int, err error) {
	reference := p.Reference()
	halves, small := map[string]int64{}, map[string]bool{}
	regional := map[string]bool{}
	for _, item := range reference["items"] {
		regional[item["item_code"]] = regional[item["item_code"]] || item["region"] != ""
		if units, fault := claimwatch.ParseDecimal(item["price_cap_1"], 6, claimwatch.MaxPrice); fault == "" {
			halves[item["item_code"]] = units / 2
		}
	}
	for _, institution := range reference["institutions"] {
		small[institution["institution_id"]] = institution["level"] == "1"
	}
	anywhere, dear := map[string]int{}, map[string]int{}
	for _, r := range p.Records() {
		if r.Kind != claimwatch.Fee {
			continue
		}
		code := r.Field("item_code").Text
		anywhere[code]++
		if half, capped := halves[code]; capped && small[r.InstitutionID] && r.Field("unit_price").Num > half {
			dear[code]++
		}
	}
	most := 0
	for _, item := range reference["items"] {
		if n := dear[item["item_code"]]; n > most && item["valid_until"] == "" && !regional[item["item_code"]] {
			row, most = item, n
		}
	}
	if row == nil {
		return nil, 0, errors.New("choose an item: none has a cap and lines at the first level")
	}
	return row, anywhere[row["item_code"]], nil
}

// halved is half of a price.
func halved(price string) string {
	units, _ := claimwatch.ParseDecimal(price, 6, claimwatch.MaxPrice)
	return string(claimwatch.AppendDecimal(nil, units/2, 6))
}

// touchedWork is how long a load took and how many it touched.
type touchedWork struct {
	answered, done time.Duration // from the load to its answer, and until everybody is evaluated
	touched        int64
}

// change loads a row of items and waits until everybody whom it touches is
// evaluated.
func (s *server) change(ctx context.Context, row map[string]string) (w touchedWork, err error) {
	body, err := tableText([]map[string]string{row})
	if err != nil {
		return w, err
	}
	began := time.Now()
	if _, err := s.do(ctx, http.MethodPut, "/v1/reference/items", s.key, body); err != nil {
		return w, err
	}
	w.answered = time.Since(began)
	for {
		var status struct {
			Background []struct {
				Of int64 `json:"of"`
			} `json:"background"`
			Idle bool `json:"idle"`
		}
		text, err := s.do(ctx, http.MethodGet, "/v1/status", s.key, nil)
		if err == nil {
			err = json.Unmarshal(text, &status)
		}
		if err != nil {
			return w, err
		}
		for _, work := range status.Background {
			w.touched = max(w.touched, work.Of)
		}
		// A load that touches few is not in the background; live uploads never idle.
		if len(status.Background) == 0 && (status.Idle || w.touched > 0) {
			w.done = time.Since(began)
			return w, nil
		}
		time.Sleep(5 * pollEvery) // asking costs the server something
	}
}

// window is when a load was worked off beside live uploads.
type window struct {
	touchedWork
	from time.Duration // since the shower began
}

// during pours drops and changes a row after a third of the time.
func (sh *shower) during(ctx context.Context, drops []drop, row map[string]string) (w window, err error) {
	changed := make(chan error, 1)
	w.from = drops[len(drops)-1].at / 3
	go func() {
		time.Sleep(w.from)
		var err error
		w.touchedWork, err = sh.server.change(ctx, row)
		changed <- err
	}()
	if err := sh.pour(ctx, drops); err != nil {
		return w, err
	}
	return w, <-changed
}

// referenceSection parts the probes by when their uploads were due.
func referenceSection(quiet touchedWork, during window, live *shower) section {
	inside, outside := []float64{}, []float64{}
	for i, at := range live.due {
		if at >= during.from && at < during.from+during.done {
			inside = append(inside, live.planned[i])
		} else {
			outside = append(outside, live.planned[i])
		}
	}
	latency := func(of []float64) string {
		return fmt.Sprintf("%s ms, %s ms of %d", trim(median(of)), trim(percentile(of, 99)), len(of))
	}
	seconds := func(d time.Duration) string { return trim(d.Seconds()) + " s" }
	return section{rows: []row{
		plainly(fmt.Sprintf("new price cap, %s touched: until all are evaluated, nothing else to do", thousands(quiet.touched)), seconds(quiet.done), "", 0),
		plainly("until the load is answered", seconds(quiet.answered), "", 0),
		plainly(fmt.Sprintf("new price cap, %s touched, beside live uploads", thousands(during.touched)), seconds(during.done), "", 0),
		plainly("upload to finding meanwhile, median, 99th percentile", latency(inside), "", 0),
		plainly("upload to finding before and after, median, 99th percentile", latency(outside), "", 0),
	}}
}

// settledFindings lists every finding once nothing is to do.
func (s *server) settledFindings(ctx context.Context) (map[string]standing, error) {
	if err := s.idle(ctx); err != nil {
		return nil, err
	}
	found := map[string]standing{}
	for cursor := ""; ; {
		text, err := s.do(ctx, http.MethodGet, "/v1/findings?limit=1000&cursor="+url.QueryEscape(cursor), s.key, nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Items []struct {
				ID string `json:"finding_id"`
				standing
			} `json:"items"`
			Next string `json:"next"`
		}
		if err := json.Unmarshal(text, &page); err != nil {
			return nil, fmt.Errorf("read findings: %w", err)
		}
		for _, item := range page.Items {
			found[item.ID] = item.standing
		}
		if cursor = page.Next; cursor == "" {
			return found, nil
		}
	}
}

// differences counts what opened, was revised and went away, by rule.
func differences(before, after map[string]standing) string {
	counts := map[string]int{}
	for id, now := range after {
		was, stood := before[id]
		switch {
		case !stood:
			counts[now.Rule+" opened"]++
		case was.Facts != now.Facts:
			counts[now.Rule+" revised"]++
		}
	}
	for id, was := range before {
		if _, stands := after[id]; !stands {
			counts[was.Rule+" retracted"]++
		}
	}
	if len(counts) == 0 {
		return "none."
	}
	var words []string
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		words = append(words, strconv.Itoa(counts[what])+" of "+what)
	}
	return strings.Join(words, ", ") + "."
}
