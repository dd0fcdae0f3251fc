package mapping

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// export writes CSV files into a fresh directory.
func export(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// rowsOf runs a mapping and gives what became of every row.
func rowsOf(t testing.TB, mapping string, files map[string]string) []string {
	t.Helper()
	m, err := Parse([]byte(mapping))
	if err != nil {
		t.Fatalf("Parse() error:\n%+v", err)
	}
	var got []string
	err = m.Each(export(t, files), func(r Row) error {
		switch {
		case r.Skipped:
			got = append(got, "skipped")
		case r.Fault != nil:
			got = append(got, "fault: "+r.Fault.Error())
		default:
			got = append(got, string(r.Record))
		}
		return nil
	})
	if err != nil {
		t.Fatalf("Each() error:\n%+v", err)
	}
	return got
}

const leaveHead = `
files:
  - file: l.csv
    kind: leave
    fields:
      record_id: "{ID}"
      person_id: "{P}"
      stay_id: "{S}"
      approved_by: "{BY}"
      until: "{UNTIL}"
`

func TestRecordsOfRows(t *testing.T) {
	tests := []struct {
		name    string
		mapping string
		csv     string
		want    []string
	}{
		{
			name:    "columns, a constant and a template",
			mapping: strings.Replace(leaveHead, `"{ID}"`, `"L-{ID}.{#}"`, 1) + `      occurred_at: "2026-01-01T00:00:00+08:00"`,
			csv:     "ID,P,S,BY,UNTIL\n7, p1 ,s1,Dr,2026-01-02T00:00:00+08:00\n",
			want:    []string{`{"kind":"leave","record_id":"L-7.1","person_id":"p1","stay_id":"s1","occurred_at":"2026-01-01T00:00:00+08:00","until":"2026-01-02T00:00:00+08:00","approved_by":"Dr"}`},
		},
		{
			name:    "a layout and a zone, Shanghai unless said otherwise",
			mapping: "time: 2006/01/02 15:04\n" + leaveHead + `      occurred_at: {template: "{AT}", zone: UTC}`,
			csv:     "ID,P,S,BY,UNTIL,AT\n7,p1,s1,Dr,2026/01/02 08:30,2026/01/01 00:00\n",
			want:    []string{`{"kind":"leave","record_id":"7","person_id":"p1","stay_id":"s1","occurred_at":"2026-01-01T00:00:00Z","until":"2026-01-02T08:30:00+08:00","approved_by":"Dr"}`},
		},
		{
			name:    "a time that does not fit is the row's fault, the next row goes on",
			mapping: leaveHead + `      occurred_at: "{AT}"`,
			csv:     "ID,P,S,BY,UNTIL,AT\n7,p1,s1,Dr,soon,2026-01-01T00:00:00Z\n8,p1,s1,Dr,,2026-01-01T00:00:00Z\n",
			want: []string{
				`fault: field until: time "soon" does not fit the layout "2006-01-02T15:04:05.999999999Z07:00"`,
				`{"kind":"leave","record_id":"8","person_id":"p1","stay_id":"s1","occurred_at":"2026-01-01T00:00:00Z","approved_by":"Dr"}`,
			},
		},
		{
			name:    "conditions, BOM, CRLF, short rows",
			mapping: leaveHead + "      occurred_at: \"{AT}\"\n    when: [{column: S, not_in: [x]}, {column: P, not_empty: true}]",
			csv:     "\ufeffID,P,S,BY,UNTIL,AT\r\n1,p,x,,,\r\n2,,s,,,\r\n3,p,s\r\n",
			want:    []string{"skipped", "skipped", `{"kind":"leave","record_id":"3","person_id":"p","stay_id":"s"}`},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := rowsOf(t, test.mapping, map[string]string{"l.csv": test.csv})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Each() (-want, +got):\n%s", diff)
			}
		})
	}
}

const orderMapping = `
lookups:
  doctors: {file: d.csv, key: NAME}
files:
  - file: o.csv
    comma: ";"
    kind: order
    when: [{column: "DOC>doctors.ID", not_empty: true}]
    fields:
      record_id: "{ID}"
      person_id: p
      stay_id: s
      occurred_at: "{AT}"
      class: {template: "{C}", map: {L: lab, M: drug}, default: other}
      item_code: "{ITEM}"
      days: "{DAYS}"
      physician_id: "{DOC>doctors.ID}"
`

func TestCodeMapsLookupsAndTypes(t *testing.T) {
	got := rowsOf(t, orderMapping, map[string]string{
		"d.csv": "NAME,ID\nLi,D1\nLi,D2\n",
		"o.csv": "ID;AT;C;ITEM;DAYS;DOC\n1;2026-01-01T00:00:00Z;L;I1;3;Li\n2;2026-01-01T00:00:00Z;?;I1;;Li\n3;2026-01-01T00:00:00Z;M;I1;x;Li\n4;2026-01-01T00:00:00Z;M;I1;1;Wu\n",
	})
	want := []string{
		`{"kind":"order","record_id":"1","person_id":"p","stay_id":"s","occurred_at":"2026-01-01T00:00:00Z","class":"lab","item_code":"I1","days":3,"physician_id":"D1"}`,
		`{"kind":"order","record_id":"2","person_id":"p","stay_id":"s","occurred_at":"2026-01-01T00:00:00Z","class":"other","item_code":"I1","physician_id":"D1"}`,
		`fault: field days: "x" is no whole number`,
		"skipped",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Each() (-want, +got):\n%s", diff)
	}
}

func TestFaultsAreNamedAllAtOnce(t *testing.T) {
	_, err := Parse([]byte(`
zone: Mars/Olympus
lookups:
  a: {file: a.csv}
files:
  - file: x.csv
    kind: banquet
  - file: y.csv
    kind: leave
    comma: ";;"
    when: [{column: "A>nowhere.B"}]
    fields:
      record_id: "{ID"
      persno_id: "{P}"
      stay_id: "{A>b}"
`))
	if err == nil {
		t.Fatal("Parse() took a faulty mapping")
	}
	for _, want := range []string{
		`zone "Mars/Olympus"`, `lookups.a: give file and key`, `kind "banquet"`, `comma is one character`,
		`lookup "nowhere" is not declared`, `{ without }`, `no field "persno_id"`, `write {COLUMN>lookup.COLUMN}`,
		`the required field "until"`, `the required field "person_id"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Parse() error lacks %q:\n%v", want, err)
		}
	}
}

func TestMissingFilesAndColumnsStopBeforeTheFirstRow(t *testing.T) {
	m, err := Parse([]byte(orderMapping))
	if err != nil {
		t.Fatal(err)
	}
	dir := export(t, map[string]string{"d.csv": "NAME,CODE\n", "o.csv": "ID;AT\n1;2\n"})
	err = m.Each(dir, func(Row) error { t.Error("a row was yielded"); return nil })
	for _, want := range []string{`no column "ITEM"`, `no column "DOC"`, `lookup doctors has no column "ID"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Each() error lacks %q: %v", want, err)
		}
	}
}

func FuzzMapping(f *testing.F) {
	f.Add([]byte(orderMapping), []byte("ID;AT;C;ITEM;DAYS;DOC\n1;2026-01-01T00:00:00Z;L;I1;3;Li\n"))
	f.Add([]byte(leaveHead+`      occurred_at: "{AT}"`), []byte("ID,P,S,BY,UNTIL,AT\n7,p1,s1,\"D\"\"r\",2026-01-02T00:00:00+08:00,\n"))
	f.Add([]byte("files: [{file: o.csv, kind: leave}]"), []byte("\xff\xfe\n\"\n"))
	f.Fuzz(func(t *testing.T, text, csv []byte) {
		m, err := Parse(text)
		if err != nil {
			return
		}
		dir := export(t, map[string]string{"d.csv": "NAME,ID\nLi,D1\n"})
		for i := range m.Files { // whatever names the fuzzer invents: stay in the directory
			m.Files[i].File = "o.csv"
		}
		for name, lookup := range m.Lookups {
			m.Lookups[name] = Lookup{File: "d.csv", Key: lookup.Key}
		}
		if err := os.WriteFile(filepath.Join(dir, "o.csv"), csv, 0o600); err != nil {
			t.Fatal(err)
		}
		_ = m.Each(dir, func(r Row) error { // an error is an answer; a panic is not
			if n := strings.Count(string(r.Record), "\n"); n > 0 {
				t.Errorf("record holds %d line breaks: %q", n, r.Record)
			}
			return nil
		})
	})
}
