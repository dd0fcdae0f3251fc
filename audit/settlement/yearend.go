package settlement

import (
	"strconv"
	"time"

	"claimwatch"
	"claimwatch/audit/term"
)

// Score is points of the annual assessment in 1/10,000, as the table has them.
type Score int64

// Share is how many percent of the bond are returned for a score (Shanxi Art. 34):
// from 90 on all, from 80 on 90 %, from 70 on 80 %, from 60 on 70 %, below nothing.
// The bounds are exact: 89.9999 is below 90.
func (s Score) Share() int64 {
	const point = 10_000
	switch {
	case s >= 90*point:
		return 100
	case s >= 80*point:
		return 90
	case s >= 70*point:
		return 80
	case s >= 60*point:
		return 70
	default:
		return 0
	}
}

// YearEnd is the year-end settlement of the bond (Shanxi Art. 34).
type YearEnd struct {
	InstitutionID string         `json:"institution_id"`
	Year          int            `json:"year"`
	Stage         Stage          `json:"state"`
	Score         string         `json:"score" doc:"of the annual assessment"`
	Percent       int64          `json:"percent" doc:"share of the bond that is returned"`
	Bond          claimwatch.Fen `json:"bond" doc:"kept in the settlements of the year"`
	Returned      claimwatch.Fen `json:"returned"`
	Forfeited     claimwatch.Fen `json:"forfeited" doc:"falls to the fund"`
	DueOn         claimwatch.Day `json:"due_on" doc:"31 March of the year after"`
	InTime        bool           `json:"in_time"`
	Months        []YearMonth    `json:"months"`
	Proposed      *Signature     `json:"proposed"`
	Closed        *Signature     `json:"closed"`
}

// YearMonth is a settled month of the year.
type YearMonth struct {
	Month    term.Month     `json:"month"`
	Number   string         `json:"number"`
	Approved claimwatch.Fen `json:"approved"`
	Retained claimwatch.Fen `json:"retained"`
}

// WorkOut gives the year end of an institution as it would be, or why it cannot be.
// score is nil while the institution was not assessed.
func (s *State) WorkOut(institution string, year int, score *Score, at claimwatch.Instant) (*YearEnd, error) {
	b := s.book(institution)
	december := term.MonthIn(year, time.December)
	switch {
	case b.years[year] != nil && b.years[year].Stage == StageClosed:
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the year end of %d is closed", year)
	case at.Day() <= december.Last():
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%d is not over", year)
	case !b.settledIn(year):
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nothing was settled in %d: no bond was kept", year)
	case b.last < december:
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"the settlement of %s is not closed: close every month of the year first, the last one also when it has no fees", december)
	case score == nil:
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition,
			"%s was not assessed for %d: the bond is returned by the score of the annual assessment (Shanxi Art. 34)", institution, year)
	}
	y := &YearEnd{
		InstitutionID: institution, Year: year, Stage: StageOpen, Score: score.String(), Percent: score.Share(), Bond: b.bonds[year],
		DueOn: term.YearEndBy(year), InTime: at.Day() <= term.YearEndBy(year), Months: []YearMonth{},
	}
	y.Returned = share(y.Bond, y.Percent)
	if y.Bond < 0 { // more bond was taken back than kept: the institution owes it, whatever its score
		y.Returned = y.Bond
	}
	y.Forfeited = y.Bond - y.Returned
	for _, month := range s.Months(institution) {
		if closed := b.months[month]; month.Year() == year {
			y.Months = append(y.Months, YearMonth{month, *closed.Number, closed.Approved, closed.Retained})
		}
	}
	return y, nil
}

func (b *book) settledIn(year int) bool {
	for month := range b.months {
		if month.Year() == year {
			return true
		}
	}
	return false
}

// String writes the score with the decimals that it has.
func (s Score) String() string {
	text := strconv.FormatInt(int64(s)/10_000, 10)
	rest := int64(s) % 10_000
	if rest == 0 {
		return text
	}
	decimals := strconv.FormatInt(10_000+rest, 10)[1:]
	for decimals[len(decimals)-1] == '0' {
		decimals = decimals[:len(decimals)-1]
	}
	return text + "." + decimals
}

// ProposeYear proposes to close a year. One that stands is replaced.
func (s *State) ProposeYear(w Wish, year int, score *Score) (*Event, error) {
	y, err := s.WorkOut(w.InstitutionID, year, score, w.At)
	if err != nil {
		return nil, err
	}
	y.Stage, y.Proposed = StageProposed, w.signature()
	s.open(w.InstitutionID).years[year] = y
	return &Event{InstitutionID: w.InstitutionID, Of: strconv.Itoa(year), YearEnd: y}, nil
}

// CloseYear closes a year that another person has proposed: what is returned becomes
// payable, the rest of the bond falls to the fund. seq names the proposal.
func (s *State) CloseYear(w Wish, year int, seq uint64, score *Score) (*Event, error) {
	now, err := s.WorkOut(w.InstitutionID, year, score, w.At)
	if err != nil {
		return nil, err
	}
	b := s.book(w.InstitutionID)
	p := b.years[year]
	switch {
	case p == nil:
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has proposed to close %d: a settlement clerk does that first", year)
	case p.Proposed.Seq != seq, now.Score != p.Score, now.Bond != p.Bond:
		return nil, claimwatch.Refuse(claimwatch.CodeChanged, "the assessment or the proposal of %d has changed: propose again", year)
	}
	if err := claimwatch.CheckSecond(p.Proposed.By, w.By); err != nil {
		return nil, err
	}
	now.Stage, now.Proposed, now.Closed = StageClosed, p.Proposed, w.signature()
	b.years[year] = now
	of := strconv.Itoa(year)
	b.owed[of] = &Owed{Due: now.Returned, By: now.DueOn}
	return &Event{
		InstitutionID: w.InstitutionID, Of: of, YearEnd: now, By: []string{p.Proposed.By, w.By},
		Postings: b.post(Posting{AccountBond, -now.Bond}, Posting{AccountPayable, now.Returned}, Posting{AccountForfeited, now.Forfeited}),
	}, nil
}

// WithdrawYear takes back a proposal to close a year.
func (s *State) WithdrawYear(w Wish, year int) (*Event, error) {
	b := s.book(w.InstitutionID)
	if b.years[year] == nil || b.years[year].Stage != StageProposed {
		return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "nobody has proposed to close %d", year)
	}
	delete(b.years, year)
	return &Event{InstitutionID: w.InstitutionID, Of: strconv.Itoa(year)}, nil
}

// Year gives the proposed or closed year end; nil for none.
func (s *State) Year(institution string, year int) *YearEnd { return s.book(institution).years[year] }
