package slice_test

import (
	"strings"
	"testing"

	"claimwatch/store/slice"
)

// reported is a CT of the head in S1.
func reported(id, at, order, item string) *slice.ExamReport {
	return &slice.ExamReport{Head: head(id, at), Modality: "CT", BodyPart: "head", OrderID: order, ItemCode: item}
}

func billed(id, at, order, item string) *slice.Fee {
	f := charged(id, at, item, "exam")
	f.OrderID = order
	return f
}

// imagings writes each series as its reports with their lines.
func imagings(t slice.Tables) []string {
	return each(t.Imaging, func(s slice.Series) string {
		return strings.Join(each(s, func(r *slice.Report) string {
			return r.RecordID + "(" + strings.Join(each(r.Fees, func(l *slice.Line) string { return l.RecordID }), " ") + ")"
		}), " ")
	})
}

func TestSeries(t *testing.T) {
	change := func(r *slice.ExamReport, do func(*slice.ExamReport)) *slice.ExamReport { do(r); return r }
	operation := func(at string) *slice.Operation { return &slice.Operation{Head: head("OP", at), Until: end} }
	second, third := reported("R2", "03T08:00", "", ""), reported("R3", "04T08:00", "", "")
	for _, c := range []struct {
		name       string
		reports    []*slice.ExamReport
		operations []*slice.Operation
		want       []string
	}{
		{"three", []*slice.ExamReport{third, second, reported("R1", "02T08:00", "", "")}, nil, []string{"R1() R2() R3()"}},
		{"one alone", []*slice.ExamReport{second}, nil, []string{}},
		{"two parts", []*slice.ExamReport{second, change(reported("R1", "02T08:00", "", ""), func(r *slice.ExamReport) { r.BodyPart = "chest" })}, nil, []string{}},
		{"two modalities", []*slice.ExamReport{second, change(reported("R1", "02T08:00", "", ""), func(r *slice.ExamReport) { r.Modality = "MR" })}, nil, []string{}},
		{"X-rays", []*slice.ExamReport{
			change(reported("R1", "02T08:00", "", ""), func(r *slice.ExamReport) { r.Modality = "XR" }),
			change(reported("R2", "02T09:00", "", ""), func(r *slice.ExamReport) { r.Modality = "XR" }),
		}, nil, []string{}},
		{"another stay that nobody knows", []*slice.ExamReport{second, change(reported("R1", "02T08:00", "", ""), func(r *slice.ExamReport) { r.StayID = "S9" })}, nil, []string{}},
		{"an operation between", []*slice.ExamReport{second, third, reported("R1", "02T08:00", "", "")}, []*slice.Operation{operation("02T08:00")}, []string{"R2() R3()"}},
		{"an operation at the second", []*slice.ExamReport{second, reported("R1", "02T08:00", "", "")}, []*slice.Operation{operation("03T08:00")}, []string{"R1() R2()"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, ExamReports: c.reports, Operations: c.operations}
			same(t, "series", imagings(tables(facts, nil)), c.want)
		})
	}
}

func TestLinesOfReports(t *testing.T) {
	xray := reported("X1", "02T07:00", "", "CT")
	xray.Modality = "XR"
	for _, c := range []struct {
		name    string
		reports []*slice.ExamReport
		fees    []*slice.Fee
		want    string
	}{
		{
			"by the order, on any day",
			[]*slice.ExamReport{reported("R1", "02T08:00", "O1", ""), reported("R2", "03T08:00", "O2", "")},
			[]*slice.Fee{billed("F1", "05T08:00", "O1", "CT"), billed("F2", "05T09:00", "O2", "MR")},
			"R1(F1) R2(F2)",
		},
		{
			"lines beyond the last report are the last one's",
			[]*slice.ExamReport{reported("R1", "02T08:00", "O1", ""), reported("R2", "03T08:00", "O1", "")},
			[]*slice.Fee{billed("F1", "02T08:00", "O1", "CT"), billed("F2", "02T09:00", "O1", "CT"), billed("F3", "02T10:00", "O1", "CT")},
			"R1(F1) R2(F2 F3)",
		},
		{
			"more reports than lines",
			[]*slice.ExamReport{reported("R1", "02T08:00", "O1", "CT"), reported("R2", "02T09:00", "O1", "CT")},
			[]*slice.Fee{billed("F1", "02T08:00", "O1", "CT"), billed("F2", "02T08:00", "", "CT")},
			"R1(F1) R2()",
		},
		{
			"by the item on the day",
			[]*slice.ExamReport{reported("R1", "02T08:00", "", "CT"), reported("R2", "03T08:00", "O9", "CT")},
			[]*slice.Fee{billed("F1", "02T23:59", "", "CT"), billed("F2", "03T00:00", "", "CT"), billed("F3", "03T00:00", "", "MR")},
			"R1(F1) R2(F2)",
		},
		{
			"a line of an order that no report has",
			[]*slice.ExamReport{reported("R1", "02T08:00", "", "CT"), reported("R2", "03T08:00", "", "CT")},
			[]*slice.Fee{billed("F1", "02T08:00", "O7", "CT")},
			"R1(F1) R2()",
		},
		{
			"a line that the order gives to another",
			[]*slice.ExamReport{reported("R1", "02T08:00", "O1", ""), reported("R2", "02T09:00", "", "CT")},
			[]*slice.Fee{billed("F1", "02T08:00", "O1", "CT")},
			"R1(F1) R2()",
		},
		{
			"X-rays take part",
			[]*slice.ExamReport{xray, reported("R1", "02T08:00", "", "CT"), reported("R2", "03T08:00", "", "CT")},
			[]*slice.Fee{billed("F1", "02T08:00", "", "CT"), billed("F2", "02T09:00", "", "CT")},
			"R1(F2) R2()",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, ExamReports: c.reports, Fees: c.fees}
			same(t, "series", imagings(tables(facts, nil)), []string{c.want})
		})
	}
}
