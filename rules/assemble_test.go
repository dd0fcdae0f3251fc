package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func oneStay() map[uint32]claimwatch.Stay {
	until := claimwatch.Instant(9_000)
	return map[uint32]claimwatch.Stay{
		1: {InstitutionID: "H1", PersonID: "P1", StayID: "S1", AdmissionID: "A1", AdmittedAt: 1_000, DischargedAt: &until, Inpatient: true},
		2: {InstitutionID: "H2", PersonID: "P1", StayID: "S2", AdmissionID: "A2", AdmittedAt: 5_000, Inpatient: true},
	}
}

func assemble(t *testing.T, rule *Rule, rows ...row) claimwatch.Finding {
	t.Helper()
	d := &draft{rule: rule, stay: rows[0].stay, about: rows[0].about}
	for _, r := range rows {
		if err := d.add(r); err != nil {
			t.Fatalf("add() error:\n%+v", err)
		}
	}
	d.involve(oneStay()[d.stay])
	f, err := d.finding(oneStay(), knowledge{})
	if err != nil {
		t.Fatalf("finding() error:\n%+v", err)
	}
	return f
}

func feeRow(record string, at int64, role claimwatch.Role, amount int64) row {
	return row{result: "hit", stay: 1, kind: "fee", institution: "H1", record: record, at: at, role: string(role), amount: amount}
}

func at(ms int64) *claimwatch.Instant {
	i := claimwatch.Instant(ms)
	return &i
}

func TestNoRecordTwiceAndViolatingWins(t *testing.T) {
	f := assemble(t, &Rule{Code: "T", Span: SpanLines, Involves: []string{"admission"}},
		feeRow("F2", 3_000, claimwatch.Involved, 7), feeRow("F1", 4_000, claimwatch.Violating, 5),
		feeRow("F2", 3_000, claimwatch.Violating, 3), feeRow("F2", 3_000, claimwatch.Involved, 0))
	want := []claimwatch.Line{
		{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F1", Role: claimwatch.Violating, Amount: 5},
		{Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F2", Role: claimwatch.Violating, Amount: 3},
		{Kind: claimwatch.Admission, InstitutionID: "H1", RecordID: "A1", Role: claimwatch.Involved},
	}
	if diff := cmp.Diff(f.Lines, want); diff != "" || f.Amount != 8 {
		t.Errorf("amount %s, lines (-got, +want):\n%s", f.Amount, diff)
	}
	if diff := cmp.Diff([]*claimwatch.Instant{f.From, f.Until}, []*claimwatch.Instant{at(3_000), at(4_000)}); diff != "" {
		t.Errorf("span (-got, +want):\n%s", diff)
	}
}

func TestBelongsToTheLastViolatingLine(t *testing.T) {
	elsewhere := feeRow("F9", 4_000, claimwatch.Violating, 5)
	elsewhere.institution, elsewhere.lineStay = "H2", 2
	for name, test := range map[string]struct {
		rows []row
		want string
	}{
		"its stay":                            {[]row{feeRow("F1", 3_000, claimwatch.Violating, 5), elsewhere}, "H2|S2"},
		"a tie goes to the greater record_id": {[]row{elsewhere, feeRow("F91", 4_000, claimwatch.Violating, 5)}, "H1|S1"},
		"without one to the subject's":        {[]row{feeRow("F1", 3_000, claimwatch.Involved, 0), {result: "hit", stay: 1}}, "H1|S1"},
	} {
		t.Run(name, func(t *testing.T) {
			f := assemble(t, &Rule{Code: "T", Span: SpanLines}, test.rows...)
			if got := f.InstitutionID + "|" + *f.StayID; got != test.want {
				t.Errorf("belongs to %s, want %s", got, test.want)
			}
		})
	}
}

func TestSpans(t *testing.T) {
	given := feeRow("F1", 3_000, claimwatch.Involved, 0)
	given.spanFrom, given.day = &[]int64{2_000}[0], 1
	for span, want := range map[Span][2]*claimwatch.Instant{
		SpanStay:  {at(1_000), at(9_000)},
		SpanGiven: {at(2_000), nil},
		SpanLines: {at(3_000), at(3_000)},
		SpanDay:   {at(57_600_000), at(144_000_000)}, // 1970-01-02 in Shanghai
	} {
		f := assemble(t, &Rule{Code: "T", Span: span}, given)
		if diff := cmp.Diff([2]*claimwatch.Instant{f.From, f.Until}, want); diff != "" {
			t.Errorf("span %s (-got, +want):\n%s", span, diff)
		}
	}
}

func TestLawsInForce(t *testing.T) {
	on := func(text string) claimwatch.Day {
		d, err := claimwatch.ParseDay(text)
		if err != nil {
			t.Fatalf("ParseDay() error:\n%+v", err)
		}
		return d
	}
	extended := knowledge{Knowledge: claimwatch.Knowledge{Laws: []claimwatch.Law{{ID: "shanxi-2022-measures", From: on("2022-08-08"), Until: on("2026-08-08")}}}}
	for _, test := range []struct {
		known   knowledge
		law, on string
		want    bool
	}{
		{knowledge{}, "shanxi-2022-measures", "2022-08-07", false},
		{knowledge{}, "shanxi-2022-measures", "2022-08-08", true},
		{knowledge{}, "shanxi-2022-measures", "2024-08-07", true},
		{knowledge{}, "shanxi-2022-measures", "2024-08-08", false},
		{knowledge{}, "guangdong-2019-notice", "2024-12-31", true},
		{knowledge{}, "guangdong-2019-notice", "2025-01-01", false},
		{extended, "shanxi-2022-measures", "2026-08-07", true},
		{extended, "shanxi-2022-measures", "2026-08-08", false},
		{extended, "guangdong-2019-notice", "2020-01-01", true},
		{extended, "nobody's", "2020-01-01", false},
	} {
		if got := test.known.inForce(test.law, on(test.on)); got != test.want {
			t.Errorf("inForce(%s, %s) = %v, want %v", test.law, test.on, got, test.want)
		}
	}
}

func TestParameters(t *testing.T) {
	library := &Library{byCode: map[string]*Rule{}}
	for _, r := range []*Rule{
		{Code: "AAA-001", Parameters: []Parameter{{Name: "hours", Unit: "hours", Default: "24", Min: "1", Max: "48"}}},
		{Code: "BBB-001", Parameters: []Parameter{{Name: "same", Of: "AAA-001.hours"}, {Name: "share", Unit: "share", Default: "0.5", Min: "0", Max: "1"}}},
	} {
		library.byCode[r.Code] = r
	}
	got, err := library.values(library.byCode["BBB-001"], Settings{"AAA-001.hours": "2"})
	if diff := cmp.Diff(got, map[string]int64{"same": 7_200_000, "share": 5000}); diff != "" || err != nil {
		t.Errorf("values() error:\n%+v (-got, +want):\n%s", err, diff)
	}
	for _, bad := range []string{"0", "49", "1.5", "2h", "", "1e1"} {
		if _, err := library.values(library.byCode["BBB-001"], Settings{"AAA-001.hours": bad}); err == nil {
			t.Errorf("values() with %q hours: no error", bad)
		}
	}
	if _, err := fill("x > {absent}", nil); err == nil {
		t.Error("fill() of what is not declared: no error")
	}
}
