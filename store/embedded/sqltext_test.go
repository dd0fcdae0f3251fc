package embedded

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseSQL(t *testing.T) {
	for _, test := range []struct {
		sql  string
		want parsed
	}{
		{"SELECT 1", parsed{kind: kindSelect, sql: "SELECT 1"}},
		{"  -- note\n/* more */ select 1", parsed{kind: kindSelect, sql: "  -- note\n/* more */ select 1"}},
		{"(SELECT 1) UNION ALL (SELECT 2)", parsed{kind: kindSelect, sql: "(SELECT 1) UNION ALL (SELECT 2)"}},
		{"WITH 1 AS x SELECT x", parsed{kind: kindSelect, sql: "WITH 1 AS x SELECT x"}},
		{"SHOW TABLES", parsed{kind: kindOther, sql: "SHOW TABLES"}},
		{"", parsed{kind: kindOther}},
		{"INSERT INTO t SELECT 'VALUES'", parsed{kind: kindOther, sql: "INSERT INTO t SELECT 'VALUES'"}},
		{"INSERT INTO t FROM INFILE 'x' FORMAT Native", parsed{kind: kindOther, sql: "INSERT INTO t FROM INFILE 'x' FORMAT Native"}},
		{"INSERT INTO t (a, b) FORMAT Native", parsed{kind: kindInsert, sql: "INSERT INTO t (a, b) ", format: "Native"}},
		{
			"insert into `values` (`format`) values (1)\n\n,(2)",
			parsed{kind: kindInsert, sql: "insert into `values` (`format`) ", format: "Values", data: " (1)\n\n,(2)"},
		},
		{
			"INSERT INTO t (\"a)\", b) SETTINGS x=1 FORMAT CSV\n1,2\n\n3,4",
			parsed{kind: kindInsert, sql: "INSERT INTO t (\"a)\", b) SETTINGS x=1 ", format: "CSV", data: "1,2\n\n3,4"},
		},
		{
			"INSERT INTO t /* VALUES */ -- FORMAT x\n VALUES (1)",
			parsed{kind: kindInsert, sql: "INSERT INTO t /* VALUES */ -- FORMAT x\n ", format: "Values", data: " (1)"},
		},
		{"INSERT INTO t (a) VALUES ('\\'); SELECT (')", parsed{kind: kindInsert, sql: "INSERT INTO t (a) ", format: "Values", data: " ('\\'); SELECT (')"}},
		{"INSERT INTO t (a", parsed{kind: kindOther, sql: "INSERT INTO t (a"}},
		{"INSERT INTO t 'unclosed", parsed{kind: kindOther, sql: "INSERT INTO t 'unclosed"}},
	} {
		t.Run(test.sql, func(t *testing.T) {
			if diff := cmp.Diff(test.want, parseSQL(test.sql), cmp.AllowUnexported(parsed{})); diff != "" {
				t.Errorf("parseSQL() (-want, +got):\n%s", diff)
			}
		})
	}
}

func FuzzParseSQL(f *testing.F) {
	f.Add("INSERT INTO t (a) VALUES (1)")
	f.Add("INSERT INTO t (a) FORMAT CSV\n1")
	f.Add("/* ' */ select '\\'")
	f.Fuzz(func(t *testing.T, sql string) {
		got := parseSQL(sql)
		if got.kind != kindInsert && got.sql != sql {
			t.Errorf("parseSQL(%q) changed a statement that has no data: %q", sql, got.sql)
		}
		if len(got.sql)+len(got.data) > len(sql) {
			t.Errorf("parseSQL(%q) made text up", sql)
		}
	})
}
