package embedded

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// request as clickhouse-go would send it.
func httpRequest(t *testing.T, values url.Values, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://engine/?"+values.Encode(), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Parameters, settings and what is about the transport are told apart by their
// names; of a name that comes twice the last counts.
func TestReadRequestTellsNamesApart(t *testing.T) {
	q, err := readRequest(httpRequest(t, url.Values{
		"query": {"SELECT {p:String}"}, "database": {"d"}, "default_format": {"Native"}, "param_p": {"one", "it's"}, "param_": {"x"},
		"max_threads": {"1"}, "query_id": {"7"}, "user": {"u"}, "password": {"s"}, "session_id": {"a"}, "readonly": {"0"}, "max_execution_time": {"5"},
	}, ""))
	if err != nil {
		t.Fatalf("readRequest() error:\n%+v", err)
	}
	if diff := cmp.Diff(map[string]string{"p": "it's", "": "x"}, q.params); diff != "" {
		t.Errorf("params (-want, +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"max_threads": "1", "max_execution_time": "5"}, q.settings); diff != "" {
		t.Errorf("settings (-want, +got):\n%s", diff)
	}
	if q.database != "d" || q.statement().format != "Native" {
		t.Errorf("database %q, format %q", q.database, q.statement().format)
	}
	plain, err := readRequest(httpRequest(t, nil, "SELECT 1"))
	if err != nil || plain.statement().format != "TabSeparated" || plain.sql != "SELECT 1" {
		t.Errorf("readRequest() of a body alone = %+v, %v", plain, err)
	}
}

func TestReadRequestRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		values url.Values
		header [2]string
		body   io.Reader
		want   string
	}{
		"compressed answer":  {url.Values{"compress": {"1"}}, [2]string{}, nil, "compression"},
		"compressed body":    {url.Values{"decompress": {"1"}}, [2]string{}, nil, "compression"},
		"content encoding":   {nil, [2]string{"Content-Encoding", "lz4"}, nil, "compression"},
		"external tables":    {nil, [2]string{"Content-Type", "multipart/form-data; boundary=x"}, nil, "external tables"},
		"hostile setting":    {url.Values{"readonly = 0; DROP": {"1"}}, [2]string{}, nil, "bad setting name"},
		"setting of nothing": {url.Values{"": {"1"}}, [2]string{}, nil, "bad setting name"},
		"too long":           {nil, [2]string{}, io.LimitReader(blanks{}, maxSQLBytes+1), "longer than"},
		"torn":               {nil, [2]string{}, torn{}, "the line was cut"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httpRequest(t, test.values, "SELECT 1")
			if test.header[0] != "" {
				r.Header.Set(test.header[0], test.header[1])
			}
			if test.body != nil {
				r.Body = io.NopCloser(test.body)
			}
			if _, err := readRequest(r); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("readRequest() = %v, want an error about %q", err, test.want)
			}
		})
	}
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

type torn struct{}

func (torn) Read([]byte) (int, error) { return 0, errors.New("the line was cut") }

// The rows of an insert are bytes that nobody reads as a statement, wherever
// they stand: blank lines, quotes and statements among them stay rows.
func TestRowsOfAnInsertStayRows(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := rapid.OneOf(
			rapid.StringOf(rapid.SampledFrom([]rune("a'\"`\\\n;()-/* "))),
			rapid.SampledFrom([]string{"\n\nDROP TABLE t;", "1) SELECT (", "'); --", "FORMAT CSV\n", "\x00\xff"}),
		).Draw(rt, "rows")
		const head = "INSERT INTO t (`a`, \"b)\") FORMAT Native"
		inURL, err := readRequest(httpRequest(t, url.Values{"query": {head}}, rows))
		if err != nil {
			rt.Fatalf("readRequest() error:\n%+v", err)
		}
		inBody, err := readRequest(httpRequest(t, nil, head+"\n"+rows))
		if err != nil {
			rt.Fatalf("readRequest() error:\n%+v", err)
		}
		for _, q := range []*request{inURL, inBody} {
			data, err := io.ReadAll(q.data)
			if err != nil || !bytes.Equal(data, []byte(rows)) {
				rt.Fatalf("rows %q became %q, %v", rows, data, err)
			}
			if s := q.statement(); s.sql != "INSERT INTO t (`a`, \"b)\") " || s.format != "Native" {
				rt.Fatalf("statement %q in format %q", s.sql, s.format)
			}
		}
	})
}

// Words inside quotes, comments and brackets decide nothing.
func TestParseSQLLooksAtTheTopLevelOnly(t *testing.T) {
	hidden := []string{"'VALUES'", "`FORMAT`", "\"SELECT\"", "(VALUES 'a)' (SELECT))", "/* SELECT */", "-- VALUES\n", "'it\\'s VALUES'", "'don''t SELECT'"}
	rapid.Check(t, func(t *rapid.T) {
		noise := func(label string) string {
			return " " + strings.Join(rapid.SliceOfN(rapid.SampledFrom(hidden), 0, 4).Draw(t, label), " ") + " "
		}
		before := noise("first") + "INSERT INTO" + noise("table") + "t" + noise("columns")
		before = strings.TrimLeft(before, " ")
		if strings.HasPrefix(before, "(") {
			before = "INSERT INTO t " // a bracket that opens the text begins a select
		}
		got := parseSQL(before + "VALUES (1)")
		if want := (parsed{kind: kindInsert, sql: before, format: "Values", data: " (1)"}); got != want {
			t.Fatalf("parseSQL(%q) = %+v", before+"VALUES (1)", got)
		}
		if got := parseSQL(before + "SELECT 1 FORMAT CSV"); got.kind != kindOther || got.data != "" {
			t.Fatalf("parseSQL(%q) = %+v, want no data", before+"SELECT 1 FORMAT CSV", got)
		}
	})
}

// An exception is told once, however often the engine wraps it.
func TestExceptionsAreUnwrapped(t *testing.T) {
	const prefix = "Code: 60. DB::Exception: "
	for text, want := range map[string]Exception{
		prefix + "no table":                           {60, prefix + "no table"},
		prefix + prefix + prefix + "no table":         {60, prefix + "no table"},
		prefix + "Code: 47. DB::Exception: no column": {60, prefix + "Code: 47. DB::Exception: no column"},
		"no table": {0, "no table"},
		"":         {0, ""},
		"Code: 99999999999999999999. DB::Exception: x": {0, "Code: 99999999999999999999. DB::Exception: x"},
	} {
		if diff := cmp.Diff(&want, newException(text)); diff != "" {
			t.Errorf("newException(%q) (-want, +got):\n%s", text, diff)
		}
		if got := newException(text).Error(); got != want.Message {
			t.Errorf("Error() = %q, want %q", got, want.Message)
		}
	}
}

// A literal ends where it was meant to.
func TestQuotesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("'\\`\"a\n;-床"))).Draw(t, "text")
		for name, quoted := range map[string]string{"quote": quote(text), "quoteName": quoteName(text)} {
			s := scanner{text: quoted + " AFTER"}
			s.skipQuoted(quoted[0])
			if s.text[s.pos:] != " AFTER" {
				t.Fatalf("%s(%q) = %s ends at %d", name, text, quoted, s.pos)
			}
		}
	})
}
