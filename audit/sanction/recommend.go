package sanction

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// Argument is one thing that speaks for a measure, or against it.
type Argument struct {
	Line     string         `json:"line,omitempty"` // of the table
	Says     string         `json:"says"`
	Zh       string         `json:"says_zh"`
	Findings []string       `json:"findings,omitempty"`
	Entries  []string       `json:"entries,omitempty"` // numbers of register entries
	Count    int            `json:"count"`
	Amount   claimwatch.Fen `json:"amount"`
	least    int
}

// Recommendation is a measure that the facts would support.
type Recommendation struct {
	Measure string   `json:"measure"`
	Grounds []string `json:"grounds"`
	Months  int      `json:"months,omitempty"` // of a suspension
	// AgreementKind is the agreement that alone it is about; empty: all of them.
	AgreementKind string         `json:"agreement_kind,omitempty"`
	Amount        claimwatch.Fen `json:"amount"` // rejected in the findings that it rests on
	Findings      []string       `json:"findings"`
	For           []Argument     `json:"for"`
	Against       []Argument     `json:"against"` // never empty: the least is that people must judge
}

// Recommend gives every measure that the facts support, the severest first. An
// institution without an agreement in force has none to lose.
func Recommend(f Facts) []Recommendation {
	f.sort()
	var list []Recommendation
	for _, line := range table {
		point, grounds, months, ok := line.reached(&f)
		if !ok || strings.HasPrefix(line.Measure, "agreement_") && !f.InForce {
			continue
		}
		at := slices.IndexFunc(list, func(r Recommendation) bool { return r.Measure == line.Measure })
		if at < 0 {
			at, list = len(list), append(list, Recommendation{Measure: line.Measure, Findings: []string{}, Grounds: []string{}})
		}
		r := &list[at]
		r.For = append(r.For, point)
		r.Months = max(r.Months, months)
		for _, g := range grounds {
			if !slices.Contains(r.Grounds, g) {
				r.Grounds = append(r.Grounds, g)
			}
		}
		for _, id := range point.Findings {
			if !slices.Contains(r.Findings, id) {
				r.Findings = append(r.Findings, id)
			}
		}
	}
	for i := range list {
		list[i].finish(&f)
	}
	slices.Reverse(list)
	return list
}

// finish adds what depends on the whole of a recommendation.
func (r *Recommendation) finish(f *Facts) {
	slices.Sort(r.Findings)
	slices.Sort(r.Grounds)
	var own []Finding
	for _, x := range f.Findings {
		if slices.Contains(r.Findings, x.ID) {
			own = append(own, x)
		}
	}
	r.Amount = sumOf(own)
	if r.Months > 0 && f.Suspensions > 0 {
		r.Months = min(most, r.Months+longer)
		r.For = append(r.For, Argument{
			Says: "a month longer, for the agreement was suspended within its term before", Zh: "协议有效期内曾被中止，建议期限加1个月", Count: f.Suspensions,
		})
	}
	if first, second := f.halves(own); second > first && second > 0 {
		r.For = append(r.For, Argument{
			Says: fmt.Sprintf("it is getting more: %s in the first half of the twelve months, %s in the second", first, second),
			Zh:   fmt.Sprintf("呈上升趋势：十二个月中前半段%s元，后半段%s元", first, second), Amount: second,
		})
	}
	r.narrow(f)
	r.Against = against(f, r, own)
}

// narrow: two suspensions end the agreement in whose term they were, no other.
func (r *Recommendation) narrow(f *Facts) {
	if len(r.For) != 1 || r.For[0].Line != suspendedTwice {
		return
	}
	var kinds []string
	for kind, n := range f.Suspended {
		if n >= r.For[0].least {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 1 && len(f.Suspended) > 1 {
		r.AgreementKind = kinds[0]
	}
}

// reached says whether the facts reach a line, with what.
func (l *StatedRule) reached(all *Facts) (p Argument, grounds []string, months int, ok bool) {
	f := all.unanswered(l)
	p = Argument{Line: l.Code, Says: l.Says, Zh: l.Zh, least: l.Least}
	if strings.Contains(l.Ground, ".") {
		grounds = []string{l.Ground}
	}
	var findings []Finding
	var entries []Entry
	switch l.feeds {
	case feedFindings:
		findings = f.Findings
	case feedGround:
		findings = f.of(l.Ground)
	case feedCertain:
		findings = f.certain()
	case feedData:
		findings = f.byRule("DAT-")
	case feedWarnings:
		entries, findings = f.afterWarnings()
	case feedRequests:
		entries = f.Requests
	case feedInquiries:
		entries = f.Inquiries
	case feedClues:
		entries, grounds = f.cluesOf(l.Ground)
	case feedSuspensions:
		p.Count = f.Suspensions
		for _, e := range f.Sanctions {
			if e.What == "agreement_suspended" {
				p.Entries = append(p.Entries, e.Number)
			}
		}
	case feedNotRectified:
		entries = f.NotRectified
	case feedFrauds:
		entries = f.Frauds
	case feedChanges:
		entries = f.Changes
	}
	for _, x := range findings {
		p.Findings = append(p.Findings, x.ID)
	}
	for _, e := range entries {
		p.Entries = append(p.Entries, e.Number)
	}
	switch {
	case len(entries) > 0:
		p.Count = len(entries)
	case len(findings) > 0:
		p.Count = len(findings)
	}
	p.Amount = sumOf(findings)
	if p.Count < l.Least || p.Amount < l.Amount {
		return p, nil, 0, false
	}
	if len(l.Steps) == 0 {
		return p, grounds, 0, true
	}
	months = l.months(f, p)
	return p, grounds, months, months > 0
}

// months is the length of the last step that the facts reach; 0 for none.
func (l *StatedRule) months(f *Facts, p Argument) (months int) {
	share, known := f.Share(p.Amount)
	for _, step := range l.Steps {
		if step.Share > 0 && known && share >= step.Share || step.Share == 0 && p.Count >= step.Count {
			months = step.Months
		}
	}
	return months
}

// unanswered leaves out what a measure has answered already: nobody is suspended
// twice for the same, nor talked to about what has led to more. A suspension answers
// for its grounds, any measure for itself and for the milder ones.
func (f *Facts) unanswered(l *StatedRule) *Facts {
	if l.feeds == feedClues && l.Measure == "agreement_suspended" {
		left := *f
		left.Clues = slices.DeleteFunc(slices.Clone(f.Clues), f.suspendedFor)
		return &left
	}
	var since claimwatch.Instant
	rank := slices.Index(ladder, l.Measure)
	if rank < 0 || l.Measure == "agreement_terminated" {
		return f
	}
	for _, e := range slices.Concat(f.Warnings, f.Sanctions) {
		same := l.Measure != "agreement_suspended" || slices.Contains(e.Grounds, l.Ground)
		if slices.Index(ladder, e.What) >= rank && same {
			since = max(since, e.At)
		}
	}
	if since == 0 {
		return f
	}
	left := *f
	left.Findings = slices.DeleteFunc(slices.Clone(f.Findings), func(x Finding) bool { return x.DecidedAt <= since })
	for _, list := range []*[]Entry{&left.Warnings, &left.Unheeded, &left.Requests} {
		*list = slices.DeleteFunc(slices.Clone(*list), func(e Entry) bool { return e.At <= since })
	}
	return &left
}

// suspendedFor says whether a suspension on a ground of a clue came after it.
func (f *Facts) suspendedFor(clue Entry) bool {
	return slices.ContainsFunc(f.Sanctions, func(e Entry) bool {
		return e.What == "agreement_suspended" && e.At >= clue.At &&
			slices.ContainsFunc(clue.Grounds, func(g string) bool { return slices.Contains(e.Grounds, g) })
	})
}

// ladder is what answers for what, mildest first; a hold on payments is none of it.
var ladder = []string{"interview", "rectification", "order_to_rectify", "public_criticism", "agreement_suspended", "agreement_terminated"}

// afterWarnings gives the warnings after which the institution did again what was
// rejected, before the next one, with these findings, and the orders that it did not
// follow.
func (f *Facts) afterWarnings() (warnings []Entry, findings []Finding) {
	for i, w := range f.Warnings {
		heeded := !slices.ContainsFunc(f.Unheeded, func(e Entry) bool { return e.ID == w.ID })
		for _, x := range f.Findings {
			if when := x.when(); when > w.At && (i+1 == len(f.Warnings) || when <= f.Warnings[i+1].At) {
				heeded = false
				findings = append(findings, x)
			}
		}
		if !heeded {
			warnings = append(warnings, w)
		}
	}
	return warnings, findings
}

// cluesOf gives the verified clues with grounds of an article, and these grounds.
func (f *Facts) cluesOf(article string) (clues []Entry, grounds []string) {
	for _, c := range f.Clues {
		named := false
		for _, g := range c.Grounds {
			if strings.HasPrefix(g, article+".") {
				named = true
				grounds = append(grounds, g)
			}
		}
		if named {
			clues = append(clues, c)
		}
	}
	return clues, grounds
}

// against lists what speaks against a measure.
func against(f *Facts, r *Recommendation, own []Finding) []Argument {
	points := []Argument{}
	add := func(count int, says, zh string) {
		if count > 0 {
			points = append(points, Argument{Says: says, Zh: zh, Count: count})
		}
	}
	switch share, known := f.Share(r.Amount); {
	case len(own) == 0: // it does not rest on amounts
	case !known:
		points = append(points, Argument{Says: "it is not known what was charged altogether: the share cannot be told", Zh: "申报费用总额不明，无法计算占比"})
	case share < againstShare:
		points = append(points, Argument{
			Says: fmt.Sprintf("what was rejected is %d.%02d %% of what was charged", share/100, share%100),
			Zh:   fmt.Sprintf("拒付金额仅占申报费用的%d.%02d%%", share/100, share%100), Amount: r.Amount,
		})
	}
	if first, second := f.halves(own); first > second {
		points = append(points, Argument{
			Says: fmt.Sprintf("it is getting less: %s in the first half of the twelve months, %s in the second", first, second),
			Zh:   fmt.Sprintf("呈下降趋势：十二个月中前半段%s元，后半段%s元", first, second), Amount: second,
		})
	}
	if len(f.Sanctions) == 0 && len(f.Warnings) == 0 {
		points = append(points, Argument{Says: "it is the first time: no measure was taken within the twelve months", Zh: "十二个月内未采取过任何措施，系首次"})
	}
	suspended := func(e Entry) bool { return e.What == "agreement_suspended" }
	milder := len(f.Warnings) > 0 || r.Measure == "agreement_terminated" && slices.ContainsFunc(f.Sanctions, suspended)
	if strings.HasPrefix(r.Measure, "agreement_") && !milder {
		points = append(points, Argument{Says: "no milder measure was tried before (Art. 43)", Zh: "此前未采取第四十三条规定的较轻措施"})
	}
	var appealed, lapsed, suspected int
	for _, x := range own {
		if x.Appealed {
			appealed++
		}
		if x.NotInForce {
			lapsed++
		}
		if x.Severity == claimwatch.Suspicion {
			suspected++
		}
	}
	add(appealed, "appeals against findings that it rests on are not decided", "所依问题的申诉尚未决定")
	add(lapsed, "findings that it rests on have a basis that was not in force on the day of service", "所依问题的法律依据在服务日不在有效期")
	add(suspected, "findings that it rests on are suspicions that an officer has judged, no certain violations", "所依问题属可疑情形，由经办人员判断认定，并非确定违规")
	add(f.Overturned, "decisions against the institution were overturned", "对该机构的决定曾被撤销")
	add(f.Released, "findings were released after the institution had explained them", "经该机构说明后放行的问题")
	add(f.Corrected, "findings were corrected by the institution itself after notice", "告知后由该机构自行纠正的问题")
	add(f.Disputes, "disputes about decisions are open (Art. 40)", "尚有未决争议（第四十条）")
	if f.NotEvaluated > 0 {
		points = append(points, Argument{
			Says: fmt.Sprintf("%d of %d results of rules are missing: not evaluated is neither passed nor failed", f.NotEvaluated, f.Stays),
			Zh:   fmt.Sprintf("%d项规则结果中有%d项未评估，未评估不等于通过，也不等于违规", f.Stays, f.NotEvaluated), Count: int(f.NotEvaluated),
		})
	}
	add(len(f.Pending), "other sanctions are under way: "+strings.Join(f.Pending, ", "), "另有处理正在进行："+strings.Join(f.Pending, "、"))
	return append(points, Argument{
		Says: "the numbers of the table are the agency's own; whether the ground is given is for people to judge",
		Zh:   "规则表中的数值由经办机构自定；是否构成法定情形，由有权人员判断",
	})
}

// Dossier is the case for a measure, with what speaks against it.
type Dossier struct {
	MadeAt         claimwatch.Instant `json:"made_at"`
	Name           string             `json:"name"` // of the institution
	City           string             `json:"city"`
	Recommendation Recommendation     `json:"recommendation"`
	Lines          []StatedRule       `json:"lines"` // of the table that it rests on
	Articles       []string           `json:"articles"`
	Facts          Facts              `json:"facts"`
}

// NewDossier puts a recommendation and the facts together.
func NewDossier(at claimwatch.Instant, name, city string, r Recommendation, f Facts) Dossier {
	f.sort()
	d := Dossier{MadeAt: at, Name: name, City: city, Recommendation: r, Facts: f, Articles: []string{"43", "45"}, Lines: []StatedRule{}}
	for _, line := range table {
		if slices.ContainsFunc(r.For, func(p Argument) bool { return p.Line == line.Code }) {
			d.Lines = append(d.Lines, line)
		}
	}
	for _, g := range r.Grounds {
		if article, _, _ := strings.Cut(g, "."); !slices.Contains(d.Articles, article) {
			d.Articles = append(d.Articles, article)
		}
	}
	slices.Sort(d.Articles)
	return d
}

// Bytes gives the dossier as JSON, and its SHA-256: the same facts at the same
// moment give the same bytes.
func (d *Dossier) Bytes() (body []byte, sum string, err error) {
	body, err = json.Marshal(d)
	if err != nil {
		return nil, "", fmt.Errorf("write dossier: %w", err)
	}
	hash := sha256.Sum256(body)
	return body, hex.EncodeToString(hash[:]), nil
}
