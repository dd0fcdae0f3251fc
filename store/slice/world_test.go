package slice_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/store/slice"
)

func TestMergeIsTheSetOfInstants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var spans []slice.Span
		in := map[claimwatch.Instant]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "spans") {
			from := claimwatch.Instant(rapid.Int64Range(0, 30).Draw(t, "from"))
			until := from + claimwatch.Instant(rapid.Int64Range(-2, 8).Draw(t, "length"))
			spans = append(spans, slice.Span{From: from, Until: until})
			for i := from; i < until; i++ {
				in[i] = true
			}
		}
		merged := slice.Merge(spans)
		for i, s := range merged {
			if s.From >= s.Until || i > 0 && merged[i-1].Until >= s.From {
				t.Fatalf("Merge() gave %v", merged)
			}
			for at := s.From; at < s.Until; at++ {
				if !in[at] {
					t.Fatalf("Merge() gave %v: %d lies in no span", merged, at)
				}
				delete(in, at)
			}
		}
		if len(in) > 0 {
			t.Fatalf("Merge() gave %v: %v are missing", merged, in)
		}
	})
}

// TestReadmissions changes one thing at a time of a pair that looks like one.
func TestReadmissions(t *testing.T) {
	type pair struct {
		a, b admissionAndDischarge
	}
	for _, c := range []struct {
		name   string
		change func(*pair)
		want   int
	}{
		{"alike", func(*pair) {}, 1},
		{"the first is open", func(p *pair) { p.a.d.Cancelled = true }, 0},
		{"the first died", func(p *pair) { p.a.d.Disposition = "died" }, 0},
		{"an emergency", func(p *pair) { p.b.a.Route = "emergency" }, 0},
		{"an emergency first", func(p *pair) { p.a.a.Route = "emergency" }, 1},
		{"one series", func(p *pair) { p.a.a.SeriesID, p.b.a.SeriesID = "R", "R" }, 0},
		{"two series", func(p *pair) { p.a.a.SeriesID, p.b.a.SeriesID = "R", "Q" }, 1},
		{"another illness", func(p *pair) { p.b.a.Diagnoses = []string{"I10"} }, 0},
		{"the same group", func(p *pair) { p.b.a.Diagnoses = []string{"S72.9"} }, 1},
		{"no diagnosis, one injury", func(p *pair) { p.b.a.Diagnoses = nil; p.a.a.InjuryCaseID, p.b.a.InjuryCaseID = "W", "W" }, 1},
		{"no diagnosis, no injury", func(p *pair) { p.a.a.Diagnoses, p.b.a.Diagnoses = nil, nil }, 0},
		{"another class", func(p *pair) { p.b.a.Class = "rehab" }, 0},
		{"another hospital", func(p *pair) { p.b.a.InstitutionID, p.b.d.InstitutionID = "H2", "H2" }, 0},
		{"another person", func(p *pair) { p.b.a.PersonID, p.b.d.PersonID = "P2", "P2" }, 0},
		{"visits", func(p *pair) { p.a.a.Class, p.b.a.Class = "outpatient", "outpatient" }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pair{
				admissionAndDischarge{admitted("S1", "01T08:00"), discharged("S1", "03T08:00")},
				admissionAndDischarge{admitted("S2", "05T08:00"), discharged("S2", "07T08:00")},
			}
			c.change(&p)
			got := tables(slice.Facts{
				Admissions: []*slice.Admission{p.b.a, p.a.a}, Discharges: []*slice.Discharge{p.b.d, p.a.d},
			}, nil).Readmissions
			if len(got) != c.want {
				t.Fatalf("%d pairs, want %d", len(got), c.want)
			}
			if c.want == 1 {
				same(t, "days and hours between", []int64{int64(got[0].DaysBetween()), got[0].TimeBetween() / 3_600_000}, []int64{2, 48})
			}
		})
	}
}

type admissionAndDischarge struct {
	a *slice.Admission
	d *slice.Discharge
}

func TestLinesChargedAgain(t *testing.T) {
	second := func(f *slice.Fee) *slice.Fee { f.StayID = "S2"; return f }
	own := charged("F2", "02T08:00", "MR", "exam")
	own.SelfPay = true
	pairs := tables(slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "05T08:00")},
		Discharges: []*slice.Discharge{discharged("S1", "03T08:00")},
		Fees: []*slice.Fee{
			charged("F1", "02T08:00", "CT", "exam"), own, second(charged("G3", "06T10:00", "CT", "lab")),
			second(charged("G1", "06T08:00", "CT", "exam")), second(charged("G2", "06T08:00", "MR", "exam")), second(charged("G4", "06T11:00", "CT", "drug")),
		},
	}, nil).Readmissions
	type again struct {
		Record string
		Again  bool
	}
	var got []again
	for _, f := range pairs[0].Fees {
		got = append(got, again{f.RecordID, f.Again})
	}
	same(t, "lines of the second", got, []again{{"G1", true}, {"G2", false}, {"G3", true}})
}

// TestOrderOfRowsChangesNothing shuffles and repeats rows.
func TestOrderOfRowsChangesNothing(t *testing.T) {
	cancelled, revised := charged("F9", "02T08:00", "CT", "exam"), charged("F1", "02T08:00", "CT", "exam")
	cancelled.Cancelled, cancelled.Revision = true, 2
	revised.Revision, revised.Amount = 3, 700
	facts := func() slice.Facts {
		return slice.Facts{
			Admissions: []*slice.Admission{admitted("S1", "01T08:00"), admitted("S2", "05T08:00")},
			Discharges: []*slice.Discharge{discharged("S1", "03T08:00"), discharged("S2", "09T08:00")},
			Fees: []*slice.Fee{
				charged("F1", "02T08:00", "CT", "exam"), revised, charged("F9", "02T08:00", "CT", "exam"), cancelled,
				charged("F2", "02T08:00", "CT", "exam"), charged("F3", "02T08:00", "BED", "bed"), refund("R2", "02T09:00", "F2", 1000, 100),
			},
			Orders: []*slice.Order{order("O1", "02T08:00", "drug"), order("O2", "02T07:00", "lab")},
			Leaves: []*slice.Leave{leave("L1", "02T10:00", "02T12:00"), leave("L2", "02T11:00", "02T13:00")},
			Checks: []*slice.Check{{Head: head("K1", "02T08:00")}, {Head: head("K2", "02T07:00")}},
		}
	}
	want := tables(facts(), nil)
	byOrder := cmpopts.SortSlices(func(a, b *slice.ActiveOrder) bool { return a.RecordID < b.RecordID })
	hidden := cmp.FilterPath(func(p cmp.Path) bool { // of unexported fields
		field, ok := p.Last().(cmp.StructField)
		return ok && field.Name()[0] >= 'a' && field.Name()[0] <= 'z'
	}, cmp.Ignore())
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 1))
		f := facts()
		f.Fees, f.Orders, f.Leaves = mixed(random, f.Fees), mixed(random, f.Orders), mixed(random, f.Leaves)
		f.Checks, f.Admissions, f.Discharges = mixed(random, f.Checks), mixed(random, f.Admissions), mixed(random, f.Discharges)
		if diff := cmp.Diff(want, tables(f, nil), byOrder, hidden); diff != "" {
			t.Fatalf("seed %d (-want, +got):\n%s", seed, diff)
		}
	}
}

// mixed repeats some rows and shuffles all.
func mixed[T any](random *rand.Rand, rows []T) []T {
	for range random.IntN(3) {
		rows = append(rows, rows[random.IntN(len(rows))])
	}
	random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}

func TestWhatIsAheadDoesNotExist(t *testing.T) {
	facts := slice.Facts{
		Admissions: []*slice.Admission{admitted("S1", "01T08:00")},
		Fees:       []*slice.Fee{charged("F1", "02T08:00", "CT", "exam"), charged("F2", "04T08:00", "MR", "exam"), charged("F3", "03T08:00", "XR", "exam")},
	}
	w := slice.WorldOf(facts, clock("02T08:00"))
	same(t, "upcoming", w.Upcoming, map[string]claimwatch.Instant{"P1": clock("03T08:00")})
	same(t, "moved", w.Moved, map[string]claimwatch.Instant{"H1": clock("02T08:00")})
	same(t, "items", w.ItemCodes(&slice.Reference{}), []string{"CT"})
	same(t, "lines", lines(w.Tables(w.Moved, &slice.Others{}, &slice.Reference{})), []string{"F1 10000 1000"})
}

// TestTheNewestRevisionCounts, and of contents sent twice the first in the log.
func TestTheNewestRevisionCounts(t *testing.T) {
	fee := func(item string, revision uint32, offset int64, index int32) *slice.Fee {
		f := charged("F1", "02T08:00", item, "exam")
		f.Revision, f.Offset, f.Index = revision, offset, index
		return f
	}
	for name, fees := range map[string][]*slice.Fee{
		"revisions":            {fee("x", 1, 1, 0), fee("counts", 3, 3, 0), fee("x", 2, 2, 0)},
		"sent twice":           {fee("x", 1, 8, 0), fee("counts", 1, 7, 5), fee("x", 1, 9, 0)},
		"twice in one message": {fee("x", 1, 7, 2), fee("counts", 1, 7, 1)},
	} {
		got := tables(slice.Facts{Admissions: []*slice.Admission{admitted("S1", "01T08:00")}, Fees: fees}, nil).Fees
		same(t, name, each(got, func(l *slice.Line) string { return l.ItemCode }), []string{"counts"})
	}
}
