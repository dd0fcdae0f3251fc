package rules_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch/rules"
	"claimwatch/store"
)

// TestCheckNamesEveryFault reads a library in which all is wrong; the faults
// stand in testdata/bad.want, one a line.
func TestCheckNamesEveryFault(t *testing.T) {
	s := openStore(t)
	faults, err := rules.Check(t.Context(), filepath.Join("testdata", "bad"), s)
	if err != nil {
		t.Fatalf("Check() error:\n%+v", err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "bad.want"))
	if err != nil {
		t.Fatalf("read golden file: %v", err)
	}
	got := faults.Error() + "\n"
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("Check() (-want, +got):\n%s", diff)
	}
	if _, err := rules.LoadDir(filepath.Join("testdata", "bad")); !errors.As(err, &rules.Faults{}) {
		t.Errorf("LoadDir() error:\n%+v\nwant faults", err)
	}
}

// smallLibrary copies the rule that is changed and those that share its
// parameters, with a lock of their own: of the others nothing is asked here.
func smallLibrary(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, code := range []string{"ADM-001", "ADM-002", "ADM-003"} {
		if err := os.CopyFS(filepath.Join(dir, code), os.DirFS(filepath.Join("library", code))); err != nil {
			t.Fatalf("copy %s: %v", code, err)
		}
	}
	if _, faults, err := rules.WriteLock(dir, store.SliceDefinitions()); err != nil || len(faults) > 0 {
		t.Fatalf("WriteLock() error:\n%+v\n%v", err, faults)
	}
	return dir
}

// TestEachWordIsRefusedByItself puts one thing that a rule must not do into a
// good query.
func TestEachWordIsRefusedByItself(t *testing.T) {
	s := openStore(t)
	for name, test := range map[string]struct{ from, to, want string }{
		"good":           {"", "", ""},
		"division":       {"days_between >= 0", "days_between / 2 >= 0", "no division"},
		"float":          {"days_between >= 0", "days_between >= 0.5", "no floating point"},
		"clock":          {"days_between >= 0", "days_between >= toInt64(now())", "as_of"},
		"other table":    {"FROM readmissions", "FROM orders AS readmissions", "does not name"},
		"system table":   {"FROM readmissions", "FROM system.one AS readmissions", "no table of the slice"},
		"table function": {"FROM readmissions", "FROM numbers(10) AS readmissions", "no table functions"},
		"set by name":    {"days_between >= 0", "days_between IN readmissions", "could be a table"},
		"parameter":      {"days_between >= 0", "days_between >= {fewest}", "not declared"},
		"server's":       {"days_between >= 0", "days_between >= {fewest:Int64}", "cannot be read"},
		"limit":          {"WHERE days_between", "LIMIT 5 -- WHERE days_between", "no LIMIT"},
		"limit by":       {"days_between >= 0", "stay IN (SELECT stay FROM readmissions LIMIT 1 BY stay)", "no LIMIT"},
		"two statements": {"WHERE days_between", "; DROP TABLE stays; -- ", "cannot be read"},
		"way out":        {"WHERE days_between", ") UNION ALL (SELECT file('/etc/passwd') FROM readmissions WHERE days_between", "nothing else"},
		"setting":        {"< {transfer_hours})", "< {transfer_hours}) SETTINGS max_threads = 1", "no SETTINGS"},
		"no such column": {"days_between >= 0", "days_betwixt >= 0", "cannot run"},
		"unsorted":       {"toString(days_between)", "toString(groupArray(1))", "arraySort"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := smallLibrary(t)
			file := filepath.Join(dir, "ADM-001", "query.sql")
			query, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("read query: %v", err)
			}
			changed := strings.Replace(string(query), test.from, test.to, 1)
			if test.from != "" && changed == string(query) {
				t.Fatalf("the query has no %q", test.from)
			}
			if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
				t.Fatalf("write query: %v", err)
			}
			faults, err := rules.Check(t.Context(), dir, s)
			if err != nil {
				t.Fatalf("Check() error:\n%+v", err)
			}
			if test.want == "" && len(faults) > 0 || !strings.Contains(faults.Error(), test.want) {
				t.Errorf("Check():\n%v\nwant %q", faults, test.want)
			}
			for _, fault := range faults {
				if !strings.HasPrefix(fault.File, "ADM-001/") {
					t.Errorf("Check(): fault of another rule: %s", fault)
				}
			}
		})
	}
}
