package rules_test

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"claimwatch"
)

var benchPersons = flag.Int("persons", 20_000, "persons in the store of the benchmark, 23 records each")

// fillBench makes persons with a stay of five days each, straight in the store:
// a bed, a drug and two treatments a day, an order a day, checks twice a day.
func fillBench(b *testing.B, s *testStore, persons int) {
	b.Helper()
	base := time.Date(2026, 1, 5, 8, 0, 0, 0, claimwatch.Shanghai).UnixMilli()
	common := func(kind string, each int, every int64) string {
		return fmt.Sprintf(`xxHash64(p), p, concat('h', toString(n %% 40)), 's1', concat('%[1]s', toString(n), '-', toString(k)), 1, false,
			fromUnixTimestamp64Milli(toInt64(%[2]d + n %% 3600000 + k * %[3]d), 'Asia/Shanghai'), now64(3), '', 0, n, k`, kind, base, every) +
			" "
	}
	rows := func(each int) string {
		return fmt.Sprintf(" FROM (SELECT intDiv(number, %d) AS n, toInt32(number %% %d) AS k, concat('p', toString(n)) AS p FROM numbers(%d))", each, each, persons*each)
	}
	const head = "(person_key, person_id, institution_id, stay_id, record_id, revision, cancelled, occurred_at, received_at, content_sha256, log_partition, log_offset, log_index"
	hour := int64(3_600_000)
	for _, sql := range []string{
		"INSERT INTO admissions " + head + ", class, route, department, diagnoses) SELECT " + common("a", 1, 0) + ", 'inpatient', 'elective', 'd', ['S72.0']" + rows(1),
		"INSERT INTO discharges " + head + ", disposition, diagnoses) SELECT " + strings.Replace(common("d", 1, 0), "+ k * 0", "+ 432000000", 1) + ", 'cured', ['S72.0']" + rows(1),
		"INSERT INTO fees " + head + ", item_code, item_name, category, quantity, unit_price, amount) SELECT " + common("f", 20, 6*hour) +
			", ['BED','DRUG','T1','T2'][1 + k % 4], 'x', ['bed','drug','treatment','treatment'][1 + k % 4], 10000, 50000000, 5000" + rows(20),
		"INSERT INTO orders " + head + ", class, item_code, physician_id) SELECT " + common("o", 5, 24*hour) + ", 'drug', 'DRUG', 'd1'" + rows(5),
		"INSERT INTO identity_checks " + head + ", method, result, device_id) SELECT " + common("c", 10, 12*hour) + ", 'face', 'match', 'v1'" + rows(10),
	} {
		if err := s.db.Exec(b.Context(), sql); err != nil {
			b.Fatalf("fill store: %v", err)
		}
	}
	for table, lines := range map[string][]string{
		"institutions": nil,
		"items":        {"item_code=BED category=bed unit=日 price_cap_3=45", "item_code=DRUG category=drug price_cap_3=80", "item_code=T1 category=treatment price_cap_3=80", "item_code=T2 category=treatment price_cap_3=80"},
	} {
		var values [][]claimwatch.Value
		for i := 0; table == "institutions" && i < 40; i++ {
			lines = append(lines, "institution_id=h"+strconv.Itoa(i)+" level=3 city=TY face_required=true")
		}
		for _, line := range lines {
			row := map[string]string{"kind": "medical", "name": "x", "valid_from": "2020-01-01", "in_scope": "true"}
			for _, word := range strings.Fields(line) {
				name, value, _ := strings.Cut(word, "=")
				row[name] = value
			}
			values = append(values, referenceRow(table, row))
		}
		if err := s.LoadReference(b.Context(), table, values); err != nil {
			b.Fatalf("LoadReference() error:\n%+v", err)
		}
	}
	clocks := make([]claimwatch.Clock, 40)
	for i := range clocks {
		clocks[i] = claimwatch.Clock{InstitutionID: "h" + strconv.Itoa(i), Latest: claimwatch.Instant(base + 10*24*hour)}
	}
	if err := s.db.SaveClocks(b.Context(), clocks, 1); err != nil {
		b.Fatalf("SaveClocks() error:\n%+v", err)
	}
}

// reportCPU tells what an operation costs in processor time, which another load
// on the machine changes less than the time on the wall.
func reportCPU(b *testing.B) func() {
	used := func() time.Duration {
		var u unix.Rusage
		if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
			b.Fatalf("read processor time: %v", err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	before := used()
	return func() { b.ReportMetric(float64((used()-before).Milliseconds())/float64(b.N), "cpu-ms/op") }
}

// BenchmarkEvaluate evaluates 1, 100 and 1,000 touched persons of a store.
//
//	go test -run - -bench Evaluate ./rules -persons 200000
func BenchmarkEvaluate(b *testing.B) {
	s := openStore(b)
	fillBench(b, s, *benchPersons)
	engine := newEngine(b, s)
	asOf := claimwatch.InstantOf(time.Date(2026, 2, 1, 0, 0, 0, 0, claimwatch.Shanghai))
	for _, number := range []int{1, 100, 1000} {
		scopes := make([]claimwatch.Scope, number)
		for i := range scopes {
			scopes[i] = claimwatch.Scope("p" + strconv.Itoa(i*(*benchPersons/number)))
		}
		b.Run(fmt.Sprintf("persons=%d/load", number), func(b *testing.B) {
			defer reportCPU(b)()
			for b.Loop() {
				if err := s.Load(b.Context(), scopes, claimwatch.Moment{AsOf: asOf}); err != nil {
					b.Fatalf("Load() error:\n%+v", err)
				}
			}
		})
		b.Run(fmt.Sprintf("persons=%d/all", number), func(b *testing.B) {
			defer reportCPU(b)()
			for b.Loop() {
				evaluations, err := engine.Evaluate(b.Context(), scopes, claimwatch.Moment{AsOf: asOf})
				if err != nil || len(evaluations[0].Findings) == 0 {
					b.Fatalf("Evaluate() of %v error:\n%+v", evaluations[0], err)
				}
			}
		})
	}
}
