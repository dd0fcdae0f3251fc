package journal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/review"
)

// NoticeBatch is the notice of Shanxi Art. 32 to one institution on one local day:
// every finding of which it was told that day.
type NoticeBatch struct {
	ID            string // n_ and 32 hex digits, a function of institution and day
	Number        string // running by institution and year, "2026-0003"
	InstitutionID string
	Day           claimwatch.Day
	Items         []NoticeItem
	Deliveries    []Delivered // to addresses that the institution registered
}

// NoticeItem is one finding of a notice, as it was told.
type NoticeItem struct {
	FindingID   string
	At          claimwatch.Instant
	By          string
	Reason      string
	Finding     *review.Seen      // as it was; of several institutions: use Lines
	Lines       []claimwatch.Line // the institution's own lines of which it was told
	Amount      claimwatch.Fen    // over Lines
	DueOn       claimwatch.Day    // the last day on which a statement is in time
	Provisional bool              // the day runs past the published calendar
}

// NoticeID names the notice of an institution and day.
func NoticeID(institution string, day claimwatch.Day) string {
	return "n_" + hexSum([]byte(institution + "|" + day.String()))[:32]
}

// noticeBook keeps every notice in the order in which they were given.
type noticeBook struct {
	batches []*NoticeBatch
	byID    map[string]*NoticeBatch
	numbers map[string]int // of institution and year
}

// add notes that an institution was told of a finding by a command.
func (b *noticeBook) add(institution string, r *review.Review, c Command) {
	if b.byID == nil {
		b.byID, b.numbers = map[string]*NoticeBatch{}, map[string]int{}
	}
	day := c.At.Day()
	batch := b.byID[NoticeID(institution, day)]
	if batch == nil {
		year := day.String()[:4]
		b.numbers[institution+"|"+year]++
		batch = &NoticeBatch{
			ID: NoticeID(institution, day), Number: fmt.Sprintf("%s-%04d", year, b.numbers[institution+"|"+year]), InstitutionID: institution, Day: day,
		}
		b.byID[batch.ID] = batch
		b.batches = append(b.batches, batch)
	}
	item := NoticeItem{FindingID: r.FindingID, At: c.At, By: c.Actor.Key, Reason: c.Reason, Finding: r.Decided}
	told := r.Notices[len(r.Notices)-1]
	for _, n := range r.Notices {
		if n.InstitutionID == institution && n.At == c.At {
			told = n
		}
	}
	for _, line := range r.Decided.Lines {
		if line.InstitutionID == institution && line.Role == claimwatch.Violating && slices.Contains(told.Lines, review.LineID{Kind: line.Kind, RecordID: line.RecordID}) {
			item.Lines = append(item.Lines, line)
			item.Amount += line.Amount
		}
	}
	batch.Items = append(batch.Items, item)
}

// noticeOf copies a notice with the present last days of its items: a calendar that
// came later, and an extension, have moved them.
func (s *State) noticeOf(batch *NoticeBatch) NoticeBatch {
	out := *batch
	out.Items, out.Deliveries = slices.Clone(batch.Items), slices.Clone(batch.Deliveries)
	for i := range out.Items {
		item := &out.Items[i]
		n := review.Notice{At: item.At}
		for _, own := range s.reviews[item.FindingID].Notices {
			if own.InstitutionID == batch.InstitutionID && own.At == item.At {
				n = own
			}
		}
		item.DueOn, item.Provisional = n.Due(&s.calendar)
	}
	return out
}

// Notices lists the notices of an institution (of all: "") given on the days from
// one to before another, by day and institution.
func (j *Journal) Notices(institution string, from, until claimwatch.Day) []NoticeBatch {
	j.mu.RLock()
	defer j.mu.RUnlock()
	var out []NoticeBatch
	for _, batch := range j.state.notices.batches {
		if (institution == "" || batch.InstitutionID == institution) && batch.Day >= from && batch.Day < until {
			out = append(out, j.state.noticeOf(batch))
		}
	}
	slices.SortFunc(out, func(a, b NoticeBatch) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.InstitutionID, b.InstitutionID))
	})
	return out
}

// NoticeWith finds a notice by its id.
func (j *Journal) NoticeWith(id string) (NoticeBatch, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	batch, ok := j.state.notices.byID[id]
	if !ok {
		return NoticeBatch{}, false
	}
	return j.state.noticeOf(batch), true
}
