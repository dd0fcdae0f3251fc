package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"claimwatch"
	"claimwatch/audit/sanction"
)

// sheet is what the data say about an institution's year. The law leaves the
// items of the assessment to an annex that may change (Art. 34): this is a
// proposal by stated steps, and the score is entered by people.
type sheet struct {
	Year     int             `json:"year"`
	Rejected claimwatch.Fen  `json:"rejected"` // in findings decided within the year
	Charged  *claimwatch.Fen `json:"charged"`
	Items    []sheetItem     `json:"items"`
	Score    string          `json:"proposed_score"`
	Notes    []string        `json:"notes"`
}

// sheetItem is one deduction from 100.
type sheetItem struct {
	Says     string `json:"says"`
	Deducted int    `json:"deducted"`
}

// assessmentSheet proposes a score out of the year's data: 100 less a point for
// each half percent of rejected fees (40 at most), for each refused document
// request and warning 5, for each suspension 20, and for each ten rejected
// findings about late, missing or changed data 1 (20 at most). Satisfaction is
// asked of people and is no part of it.
func (a *Audit) assessmentSheet(ctx context.Context, caller claimwatch.Caller, institution string, year int) (body, score string, err error) {
	if !caller.Sees(institution) {
		return "", "", claimwatch.Refuse(claimwatch.CodeForbidden, "this key assesses the institutions of %s only", caller.City)
	}
	last, err := claimwatch.ParseDay(fmt.Sprintf("%04d-12-31", year))
	if err != nil {
		return "", "", err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return "", "", fmt.Errorf("read clock: %w", err)
	}
	at = min(at, (last+1).Midnight()-1)
	facts, err := a.sanctionFacts(ctx, institution, at)
	if err != nil {
		return "", "", err
	}
	s := sheetOf(year, facts)
	raw, err := json.Marshal(s)
	if err != nil {
		return "", "", fmt.Errorf("write sheet: %w", err)
	}
	return string(raw), s.Score, nil
}

func sheetOf(year int, f sanction.Facts) sheet {
	s := sheet{Year: year, Charged: f.Charged, Items: []sheetItem{}, Notes: []string{"satisfaction and whatever the annex asks beside the data is for people (Art. 34, 47, 48)"}}
	data := 0
	for _, x := range f.Findings {
		s.Rejected += x.Amount
		if len(x.Rule) > 4 && x.Rule[:4] == "DAT-" {
			data++
		}
	}
	score := 100
	deduct := func(points, most int, says string) {
		if points = min(points, most); points > 0 {
			score -= points
			s.Items = append(s.Items, sheetItem{says, points})
		}
	}
	if share, known := f.Share(s.Rejected); known {
		deduct(int(share/50), 40, fmt.Sprintf("%d.%02d %% of what was charged was rejected", share/100, share%100))
	} else {
		s.Notes = append(s.Notes, "what was charged is not known: the share of rejected fees is left out")
	}
	deduct(data/10, 20, fmt.Sprintf("%d rejected findings about late, missing or changed data", data))
	deduct(5*len(f.Requests), 20, fmt.Sprintf("%d refused requests for documents", len(f.Requests)))
	deduct(5*len(f.Warnings), 20, fmt.Sprintf("%d warnings", len(f.Warnings)))
	deduct(20*f.Suspensions, 40, fmt.Sprintf("%d suspensions within the term", f.Suspensions))
	if f.NotEvaluated > 0 {
		s.Notes = append(s.Notes, fmt.Sprintf("%d of %d results of rules are missing: not evaluated is not passed", f.NotEvaluated, f.Stays))
	}
	s.Score = strconv.Itoa(max(score, 0))
	return s
}
