package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseBench(t *testing.T) {
	figures := series{}
	for _, out := range []string{
		`goos: linux
pkg: claimwatch/store
BenchmarkInsertRecords-2   	      12	  99000000 ns/op	    101234 rows/cpu-s	     90000 rows/s
BenchmarkDecode/encoding-json-without-key-checks-2 	  100	 5000 ns/op	  80.5 MB/s	  1200 B/op	  30 allocs/op
BenchmarkDecode/claimwatch 	  100	 700 ns/op
PASS
`,
		"BenchmarkInsertRecords-2 \t 12 \t 98000000 ns/op\t 111234 rows/cpu-s\n",
	} {
		parseBench([]byte(out), figures)
	}
	want := series{
		"InsertRecords ns/op": {99000000, 98000000}, "InsertRecords rows/cpu-s": {101234, 111234}, "InsertRecords rows/s": {90000},
		"Decode/encoding-json-without-key-checks ns/op": {5000}, "Decode/encoding-json-without-key-checks MB/s": {80.5},
		"Decode/encoding-json-without-key-checks B/op": {1200}, "Decode/encoding-json-without-key-checks allocs/op": {30},
		"Decode/claimwatch ns/op": {700},
	}
	if diff := cmp.Diff(figures, want); diff != "" {
		t.Errorf("parseBench() (-got, +want):\n%s", diff)
	}
}

func TestTicks(t *testing.T) {
	const stat = "1234 (claim (x) watch) S 1 1234 1234 0 -1 4194304 100 0 0 0 250 75 0 0 20 0 12 0 100 1000 50"
	if got, err := ticksOf([]byte(stat)); err != nil || got != 325 {
		t.Errorf("ticksOf() = %d, %v, want 325", got, err)
	}
	for _, bad := range []string{"", "1 (x) S 1", "1 (x) S 1 2 3 4 5 6 7 8 9 10 a b 13"} {
		if got, err := ticksOf([]byte(bad)); err == nil {
			t.Errorf("ticksOf(%q) = %d, want an error", bad, got)
		}
	}
}

func TestMemoryOfStatus(t *testing.T) {
	const status = "Name:\tx\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n"
	for name, want := range map[string]int{"VmRSS:": 102400, "VmHWM:": 204800, "VmSwap:": 0} {
		if got := kilobytesOf([]byte(status), name); got != want {
			t.Errorf("kilobytesOf(%s) = %d, want %d", name, got, want)
		}
	}
}

func TestStepFigures(t *testing.T) {
	const metrics = `# HELP claimwatch_sink_step_seconds Time of each step.
claimwatch_sink_step_seconds_bucket{step="insert",le="0.001"} 0
claimwatch_sink_step_seconds_sum{step="insert"} 12.5
claimwatch_sink_step_seconds_count{step="insert"} 7
claimwatch_sink_step_seconds_sum{step="commit"} 1e-3
claimwatch_other_sum{step="insert"} 99
`
	want := map[string]float64{"insert": 12.5, "commit": 0.001}
	if diff := cmp.Diff(stepFigures([]byte(metrics), "claimwatch_sink_step_seconds_sum"), want); diff != "" {
		t.Errorf("stepFigures() (-got, +want):\n%s", diff)
	}
}

func TestAfter(t *testing.T) {
	for _, c := range []struct{ text, begin, end, want string }{
		{"a: b\nc: d\n", "c: ", "\n", "d"}, {"a: b", "x: ", "\n", ""}, {"a: b", "a: ", "\n", "b"},
	} {
		if got := after(c.text, c.begin, c.end); got != c.want {
			t.Errorf("after(%q, %q, %q) = %q, want %q", c.text, c.begin, c.end, got, c.want)
		}
	}
}
