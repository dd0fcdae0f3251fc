package supervision_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/audit/coverage"
	"claimwatch/audit/figures"
	"claimwatch/audit/paper"
	"claimwatch/audit/paper/papertest"
	"claimwatch/audit/supervision"
	"claimwatch/audit/term"
)

var (
	june   = term.MonthIn(2026, 6)
	houses = []string{"H1", "H2", "H3"}
	rules  = []string{"FEE-001", "ADM-008", "IDN-001"}
)

// quarter draws three months of a small province, and more besides: other months,
// institutions out of the city, actions that do not count.
func quarter(t *rapid.T) *supervision.Sources {
	months := rapid.Int32Range(int32(june)-3, int32(june)+1)
	house, rule := rapid.SampledFrom(append(slices.Clone(houses), "X9")), rapid.SampledFrom(rules)
	fen := func(label string) claimwatch.Fen { return claimwatch.Fen(rapid.Int64Range(0, 1e8).Draw(t, label)) }
	s := &supervision.Sources{
		Month: june, City: "太原市", AsOf: (june + 1).First().Midnight(),
		In:       func(id string) bool { return id != "X9" },
		Active:   func(id string, _ claimwatch.Day) bool { return id != "H3" },
		RuleName: func(code string) string { return "规则" + code },
	}
	for _, id := range append(slices.Clone(houses), "X9") {
		s.Institutions = append(s.Institutions, figures.Institution{ID: id, Name: "医院" + id, City: "太原市", Level: 2})
	}
	for range rapid.IntRange(0, 12).Draw(t, "sums") {
		s.Sums.Houses = append(s.Sums.Houses, figures.HouseMonth{
			InstitutionID: house.Draw(t, "h"), Month: term.Month(months.Draw(t, "m")), Records: rapid.IntRange(0, 9).Draw(t, "r"), Timed: 3, Late: 1, Charged: fen("c"), Stays: 2,
		})
	}
	moment := func() *claimwatch.Instant {
		m := term.Month(months.Draw(t, "m"))
		at := m.First().Midnight() + claimwatch.Instant(rapid.Int64Range(0, 28*86_400_000).Draw(t, "at"))
		return &at
	}
	for i := range rapid.IntRange(0, 20).Draw(t, "findings") {
		s.Findings = append(s.Findings, figures.Finding{
			ID: fmt.Sprint("f", i), Rule: rule.Draw(t, "r"), InstitutionID: house.Draw(t, "h"), Amount: fen("a"), From: moment(),
			Severity: rapid.SampledFrom([]claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder}).Draw(t, "s"),
		})
	}
	for range rapid.IntRange(0, 8).Draw(t, "rejected") {
		s.Rejected = append(s.Rejected, figures.Rejected{InstitutionID: house.Draw(t, "h"), Month: term.Month(months.Draw(t, "m")), Total: fen("t")})
	}
	for range rapid.IntRange(0, 20).Draw(t, "deeds") {
		at := moment()
		told := *at - 3*86_400_000
		s.Deeds = append(s.Deeds, supervision.Deed{
			InstitutionID: house.Draw(t, "h"), Rule: rule.Draw(t, "r"), At: *at, Told: &told,
			Action: rapid.SampledFrom([]claimwatch.Action{claimwatch.ActionReject, claimwatch.ActionRelease, claimwatch.ActionExplain, claimwatch.ActionOverturn, claimwatch.ActionNotify}).Draw(t, "a"),
		})
	}
	for range rapid.IntRange(0, 4).Draw(t, "settled") {
		s.Settled = append(s.Settled, supervision.Settled{InstitutionID: house.Draw(t, "h"), Month: term.Month(months.Draw(t, "m")), Rejected: fen("r"), Approved: fen("p")})
	}
	for range rapid.IntRange(0, 6).Draw(t, "coverage") {
		s.Coverage = append(s.Coverage, coverage.Sum{
			InstitutionID: house.Draw(t, "h"), Rule: rule.Draw(t, "r"), Hit: 1, Pass: 5, NotEvaluated: 2, Reasons: []coverage.Reason{{Reason: "event clock", Stays: 2}},
		})
	}
	for range rapid.IntRange(0, 6).Draw(t, "due") {
		s.Overdue = append(s.Overdue, supervision.Due{
			InstitutionID: house.Draw(t, "h"), Kind: rapid.SampledFrom([]string{"statement", "payment"}).Draw(t, "k"), On: term.Month(months.Draw(t, "m")).First(),
		})
	}
	return s
}

// TestFiguresAddUp holds the totals of a report against sums made straight from its
// sources, and against those of its own rows.
func TestFiguresAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := quarter(t)
		r := supervision.Make(s)
		var want, byHouse, byRule, bySeverity totals
		for _, h := range s.Sums.Houses {
			if h.InstitutionID != "X9" && h.Month == june {
				want.records, want.charged = want.records+h.Records, want.charged+h.Charged
			}
		}
		for _, f := range s.Findings {
			if f.InstitutionID != "X9" && f.Month() == june {
				want.findings, want.atIssue = want.findings+1, want.atIssue+f.Amount
			}
		}
		for _, l := range s.Rejected {
			if l.InstitutionID != "X9" && l.Month == june {
				want.rejected += l.Total
			}
		}
		for _, l := range s.Settled {
			if l.InstitutionID != "X9" && l.Month == june {
				want.deducted += l.Rejected
			}
		}
		for _, d := range s.Deeds {
			if d.InstitutionID != "X9" && term.MonthOf(d.At.Day()) == june {
				switch d.Action {
				case claimwatch.ActionReject:
					want.confirmed++
				case claimwatch.ActionRelease:
					want.dismissed++
				default: // counted elsewhere, or not
				}
			}
		}
		for _, h := range r.Institutions {
			byHouse.records, byHouse.charged = byHouse.records+h.Records, byHouse.charged+h.Charged
			byHouse.findings, byHouse.atIssue = byHouse.findings+h.Findings, byHouse.atIssue+h.AtIssue
			byHouse.rejected, byHouse.deducted = byHouse.rejected+h.Rejected, byHouse.deducted+h.Deducted
			byHouse.confirmed, byHouse.dismissed = byHouse.confirmed+h.Confirmed, byHouse.dismissed+h.Dismissed
		}
		for _, one := range r.Rules {
			byRule.findings, byRule.atIssue = byRule.findings+one.Findings, byRule.atIssue+one.AtIssue
			byRule.confirmed, byRule.dismissed = byRule.confirmed+one.Confirmed, byRule.dismissed+one.Dismissed
		}
		for _, one := range r.Found.Severities {
			bySeverity.findings, bySeverity.atIssue = bySeverity.findings+one.Findings, bySeverity.atIssue+one.AtIssue
		}
		total := totals{
			r.Watched.Records, r.Found.Findings, r.Decided.Confirmed, r.Decided.Dismissed, r.Watched.Charged, r.Found.AtIssue, r.Recovered.Rejected, r.Recovered.Deducted,
		}
		if total != want || byHouse != want {
			t.Fatalf("totals = %+v, by institution %+v, want %+v", total, byHouse, want)
		}
		if byRule.findings != want.findings || byRule.atIssue != want.atIssue || byRule.confirmed != want.confirmed || byRule.dismissed != want.dismissed {
			t.Fatalf("by rule = %+v, want %+v", byRule, want)
		}
		if bySeverity.findings != want.findings || bySeverity.atIssue != want.atIssue {
			t.Fatalf("by severity = %+v, want %+v", bySeverity, want)
		}
		if last := r.Trend[11]; last.Month != june || last.Findings != want.findings || last.AtIssue != want.atIssue || last.Rejected != want.rejected || last.Charged != want.charged {
			t.Fatalf("the last of the trend = %+v, want %+v", last, want)
		}
		of := *s
		of.Month--
		before := supervision.Make(&of)
		for i, c := range r.Changes {
			if now := before.Changes[i]; now.Now != c.Before || now.Name != c.Name {
				t.Fatalf("%s was %s in the report of the month before, and is %s here", c.Name, now.Now, c.Before)
			}
		}
	})
}

type totals struct {
	records, findings, confirmed, dismissed int
	charged, atIssue, rejected, deducted    claimwatch.Fen
}

// example is a month with everything.
func example() supervision.Report {
	from := june.First().Midnight()
	told := from + 86_400_000
	return supervision.Make(&supervision.Sources{
		Month: june, AsOf: from + 20*86_400_000, In: func(string) bool { return true }, RuleName: func(string) string { return "重复收费" },
		Active:       func(string, claimwatch.Day) bool { return true },
		Institutions: []figures.Institution{{ID: "H1", Name: "第一医院"}, {ID: "H2", Name: "第二医院"}},
		Sums:         figures.Sums{Houses: []figures.HouseMonth{{InstitutionID: "H1", Month: june, Records: 12_345, Timed: 1000, Late: 5, Charged: 9_876_543_21, Stays: 41}}},
		Findings:     []figures.Finding{{ID: "f", Rule: "FEE-001", InstitutionID: "H1", Amount: 4_321_00, From: &from, Severity: claimwatch.Violation}},
		Rejected:     []figures.Rejected{{InstitutionID: "H1", Month: june, Total: 1_234_56}, {InstitutionID: "H1", Month: june - 1, Total: 100_00}},
		Deeds: []supervision.Deed{
			{InstitutionID: "H1", Rule: "FEE-001", Action: claimwatch.ActionReject, At: told + 4*86_400_000, Told: &told},
			{InstitutionID: "H1", Rule: "FEE-001", Action: claimwatch.ActionRelease, At: told + 7*86_400_000, Told: &told},
		},
		Settled:  []supervision.Settled{{InstitutionID: "H1", Month: june, Rejected: 1_000_00, Adjustments: -5_00, Approved: 50_000_00}},
		Coverage: []coverage.Sum{{InstitutionID: "H1", Rule: "FEE-001", Hit: 1, Pass: 2, NotEvaluated: 1, Reasons: []coverage.Reason{{Reason: "no baseline", Stays: 1}}}},
		Overdue:  []supervision.Due{{InstitutionID: "H1", Kind: "statement", On: june.First()}, {InstitutionID: "H1", Kind: "payment", On: june.First()}, {InstitutionID: "H1", Kind: "payment", On: june.Last() + 1}},
	})
}

// TestReport: what is silent, late and half way through the month, and the median.
func TestReport(t *testing.T) {
	r := example()
	if r.Complete || len(r.Watched.Silent) != 1 || r.Watched.Silent[0].InstitutionID != "H2" || r.Watched.Reporting != 1 || r.Watched.WithAgreement != 2 {
		t.Errorf("watched = %+v, complete %v", r.Watched, r.Complete)
	}
	if r.Decided.MedianDays == nil || *r.Decided.MedianDays != 5_5000 {
		t.Errorf("median of 4 and 7 days = %v, want 5.5", r.Decided.MedianDays)
	}
	if diff := cmp.Diff(r.Late, supervision.Late{Hospitals: []supervision.Overdue{{Kind: "statement", Count: 1}}, Agency: []supervision.Overdue{{Kind: "payment", Count: 1}}}); diff != "" {
		t.Errorf("late (-got, +want):\n%s", diff)
	}
}

// TestPapersCarryTheSameFigures: JSON there and back, PDF and XLSX say what the report says.
func TestPapersCarryTheSameFigures(t *testing.T) {
	r := example()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatalf("Marshal() error:\n%+v", err)
	}
	var again supervision.Report
	if err := json.Unmarshal(raw, &again); err != nil {
		t.Fatalf("Unmarshal() error:\n%+v", err)
	}
	if diff := cmp.Diff(again, r); diff != "" {
		t.Errorf("JSON there and back (-got, +want):\n%s", diff)
	}
	pdf, err := r.PDF("abc123")
	if err != nil {
		t.Fatalf("PDF() error:\n%+v", err)
	}
	papertest.Holds(t, pdf, "工伤保险医疗费用监管月报", "月份未完", "第二医院", "no baseline", "机构说明", "拨付", "图1", "图2", "图3", "abc123")
	text := strings.Join(strings.Fields(papertest.Text(t, pdf)), "") // as lines are broken anywhere
	for _, want := range []string{"12,345", paper.Yuan(r.Watched.Charged), paper.Yuan(r.Found.AtIssue), "1,234.56", "1,000.00", "-5.00", "50,000.00", "5.5天", "+1,134.56"} {
		if !strings.Contains(text, want) {
			t.Errorf("the PDF does not say %s", want)
		}
	}
	book, err := r.XLSX("abc123")
	if err != nil {
		t.Fatalf("XLSX() error:\n%+v", err)
	}
	cells, charts := contents(t, book)
	for _, want := range []string{"12345", r.Watched.Charged.String(), r.Found.AtIssue.String(), "1234.56", "1000.00", "-5.00", "50000.00"} {
		if !slices.Contains(cells, want) {
			t.Errorf("no cell holds the number %s", want)
		}
	}
	if charts != 4 {
		t.Errorf("%d charts, want 4", charts)
	}
	for range 2 {
		if more, err := again.PDF("abc123"); err != nil || !bytes.Equal(more, pdf) {
			t.Errorf("the same report gives another PDF: %v", err)
		}
		if more, err := again.XLSX("abc123"); err != nil || !bytes.Equal(more, book) {
			t.Errorf("the same report gives another book: %v", err)
		}
	}
}

// contents are the numbers in the cells of a book, and how many charts it has.
func contents(t *testing.T, book []byte) (cells []string, charts int) {
	t.Helper()
	parts, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatalf("NewReader() error:\n%+v", err)
	}
	for _, part := range parts.File {
		if strings.HasPrefix(part.Name, "xl/charts/chart") {
			charts++
		}
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		file, err := part.Open()
		if err != nil {
			t.Fatalf("Open() error:\n%+v", err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatalf("ReadAll() error:\n%+v", err)
		}
		for _, found := range regexp.MustCompile(`<c [^>]*><v>([^<]*)</v>`).FindAllStringSubmatch(string(text), -1) {
			cells = append(cells, found[1])
		}
	}
	return cells, charts
}
