package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"claimwatch"
	"claimwatch/province"
)

const (
	checkedLines = 200
	// checkEvery keeps each of six hospitals within two calls a second.
	checkEvery = 90 * time.Millisecond
)

// check measures POST /v1/check from outside, with nothing else to do: of a whole
// stay before any of it is stored, and of one line more of a stored stay.
func (b *bench) check(ctx context.Context) (result section, err error) {
	p := b.newProvince(b.plan.drizzle)
	uploads, lines := render(p, b.plan.uploadLines)
	stays := longStays(p)
	if len(stays) == 0 {
		return section{}, fmt.Errorf("choose stays: none has %d plain lines", checkedLines)
	}
	err = b.with(ctx, b.startProduct, input{province: p, first: uploads}, func(s *server) error {
		whole, line := series{}, series{}
		for i := range b.plan.checks + len(stays) {
			if err := s.ask(ctx, b, stayUpload(stays[i%len(stays)], "whole-"+strconv.Itoa(i), 0), i >= len(stays), whole); err != nil {
				return err
			}
		}
		for _, stay := range stays {
			if err := s.send(ctx, stayUpload(stay, "stored", 0)); err != nil {
				return err
			}
		}
		if err := s.idle(ctx); err != nil {
			return err
		}
		for i := range b.plan.checks + len(stays) {
			u := stayUpload(stays[i%len(stays)], "stored", checkedLines)
			if err := s.ask(ctx, b, u, i >= len(stays), line); err != nil {
				return err
			}
		}
		result = checkSection(whole, line)
		result.notes = []string{fmt.Sprintf(
			"%s calls each after %d to warm up, one at a time, of %d hospitals in turn; %s lines stored. Processor time is that of the server, median of a call and the rest after it.",
			thousands(int64(b.plan.checks)), len(stays), len(stays), thousands(int64(lines)))}
		return nil
	})
	return result, err
}

func checkSection(whole, line series) section {
	const aim = 50
	var rows []row
	for _, of := range []struct {
		what string
		f    series
	}{{fmt.Sprintf("check a stay of %d lines", checkedLines), whole}, {"check one line more of such a stay", line}} {
		p50, p99 := percentile(of.f["ms"], 50), percentile(of.f["ms"], 99)
		rows = append(
			rows,
			row{what: of.what + ", median", ours: trim(p50) + " ms", aim: strconv.Itoa(aim) + " ms", reached: p50 <= aim},
			row{what: of.what + ", 99th percentile", ours: trim(p99) + " ms", aim: strconv.Itoa(aim) + " ms", reached: p99 <= aim},
			plainly("processor time of that", trim(of.f.median("cpu"))+" CPU ms", "", 0),
		)
	}
	return section{rows: rows}
}

// ask sends one check and notes how long the answer took, when it counts.
func (s *server) ask(ctx context.Context, b *bench, u upload, counts bool, figures series) error {
	began, used := b.now(), s.cpu()
	if _, err := s.do(ctx, http.MethodPost, "/v1/check", keyOf(u.institution), u.body); err != nil {
		return err
	}
	took := b.now().Sub(began)
	time.Sleep(max(0, checkEvery-took))
	if counts {
		figures.add("ms", float64(took.Microseconds())/1000)
		figures.add("cpu", (s.cpu()-used)*1000)
	}
	return nil
}

// longStays are the plain records of a stay of each hospital, one more than are
// checked at once.
func longStays(p *province.Province) (stays [][]*claimwatch.Record) {
	type key struct{ institution, person, stay string }
	held, chosen := map[key][]*claimwatch.Record{}, map[string]bool{}
	for _, r := range p.Records() {
		k := key{r.InstitutionID, r.PersonID, r.StayID}
		if chosen[r.InstitutionID] || !plainRecord(r) && r.Kind != claimwatch.Admission {
			continue
		}
		if held[k] = append(held[k], r); len(held[k]) > checkedLines {
			stays, chosen[r.InstitutionID] = append(stays, held[k]), true
		}
	}
	return stays
}

// stayUpload writes the records of a stay from one on under the name of another
// person: as many as are checked at once, or the last one.
func stayUpload(stay []*claimwatch.Record, name string, from int) upload {
	u := upload{institution: stay[0].InstitutionID}
	for _, original := range stay[from:min(len(stay), from+checkedLines)] {
		r := *original
		r.PersonID, r.StayID, r.RecordID = "CHECK-"+name, r.StayID+"-"+name, r.RecordID+"-"+name
		r.Values = slices.Clone(r.Values)
		for slot, spec := range r.Kind.Fields() {
			if v := &r.Values[slot]; v.Set && (spec.Name == "order_id" || spec.Name == "prescription_id") {
				v.Text += "-" + name
			}
		}
		u.lines++
		u.body = province.AppendLine(u.body, &r)
	}
	return u
}
