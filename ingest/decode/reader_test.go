package decode

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// outcome is what a reader made of a body.
type outcome struct {
	Accepted []int           // indexes
	Refused  map[int]string  // "code field" by index
	Body     claimwatch.Code // the whole body was refused
}

func readAll(body io.Reader, form Form, limit int) (out outcome, items []Item, err error) {
	r := NewReader(body, form, testOptions)
	if limit > 0 {
		r.MaxRecords = limit
	}
	out.Refused = map[int]string{}
	for {
		item, err := r.Next()
		var refusal *claimwatch.Error
		switch {
		case errors.Is(err, io.EOF):
			return out, items, nil
		case errors.As(err, &refusal):
			out.Body = refusal.Code
			return out, items, err
		case err != nil:
			return out, items, err
		}
		items = append(items, item)
		if item.Refusal == nil {
			out.Accepted = append(out.Accepted, item.Index)
		} else {
			out.Refused[item.Index] = strings.TrimSpace(string(item.Refusal.Code) + " " + item.Refusal.Field)
		}
	}
}

func fee(n int) string {
	return strings.Replace(feeLine, "F-2026-000123", fmt.Sprintf("F%d", n), 1)
}

func TestReader(t *testing.T) {
	long := `{"kind":"fee","item_name":"` + strings.Repeat("x", MaxLine) + `"}`
	bad := strings.Replace(feeLine, "bed", "bedd", 1)
	for _, c := range []struct {
		name string
		form Form
		body string
		want outcome
	}{
		{"nothing", NDJSON, "", outcome{Body: "empty"}},
		{"blank lines only", NDJSON, "\n \r\n\t\n", outcome{Body: "empty"}},
		{"a mark only", NDJSON, "\ufeff", outcome{Body: "empty"}},
		{"one", NDJSON, fee(0), outcome{Accepted: []int{0}}},
		{
			"blank lines do not count", NDJSON, "\n" + fee(0) + "\n\n \n" + bad + "\n\n" + fee(2) + "\n\n",
			outcome{Accepted: []int{0, 2}, Refused: map[int]string{1: "range category"}},
		},
		{"CRLF", NDJSON, fee(0) + "\r\n\r\n" + fee(1) + "\r\n", outcome{Accepted: []int{0, 1}}},
		{"one mark is dropped", NDJSON, "\ufeff" + fee(0), outcome{Accepted: []int{0}}},
		{"two marks are not", NDJSON, "\ufeff\ufeff" + fee(0), outcome{Refused: map[int]string{0: "syntax"}}},
		{"a comment", NDJSON, "# x\n" + fee(1), outcome{Accepted: []int{1}, Refused: map[int]string{0: "syntax"}}},
		{"an array as NDJSON", NDJSON, "[" + fee(0) + "]", outcome{Refused: map[int]string{0: "type"}}},
		{"a line too long", NDJSON, fee(0) + "\n" + long + "\n" + fee(2), outcome{Accepted: []int{0, 2}, Refused: map[int]string{1: "too_long"}}},
		{"a last line too long", NDJSON, fee(0) + "\n" + long + long, outcome{Accepted: []int{0}, Refused: map[int]string{1: "too_long"}}},
		{"UTF-16", NDJSON, wide16(fee(0) + "\r\n" + fee(1) + "\r\n"), outcome{Refused: map[int]string{0: "not_utf8", 1: "not_utf8"}}},
		{"four of three allowed", NDJSON, strings.Repeat(feeLine+"\n", 4), outcome{Accepted: []int{0, 1, 2}, Body: "too_large"}},

		{"array of nothing", Array, " [ ] ", outcome{Body: "empty"}},
		{"empty array body", Array, " \n", outcome{Body: "empty"}},
		{"array", Array, "\ufeff [ " + fee(0) + " ,\n" + bad + "," + fee(2) + "]\n", outcome{Accepted: []int{0, 2}, Refused: map[int]string{1: "range category"}}},
		{"array of others", Array, `[1,"a",null,[[]],true ]`, outcome{Refused: map[int]string{0: "type", 1: "type", 2: "type", 3: "type", 4: "type"}}},
		{"array with brackets in texts", Array, "[" + strings.Replace(fee(0), "普通", `]}\"[{,`, 1) + "]", outcome{Accepted: []int{0}}},
		{
			"array with a bare tab in a text", Array, "[" + strings.Replace(fee(0), "普通", "\t", 1) + "," + fee(1) + "]",
			outcome{Accepted: []int{1}, Refused: map[int]string{0: "control_char item_name"}},
		},
		{
			"array with GBK", Array, "[" + strings.Replace(fee(0), "普通", "\xb4\xb2", 1) + "," + fee(1) + "]",
			outcome{Accepted: []int{1}, Refused: map[int]string{0: "not_utf8"}},
		},
		{"array with one too long", Array, "[" + long + "," + fee(1) + "]", outcome{Accepted: []int{1}, Refused: map[int]string{0: "too_long"}}},
		{"array cut in one too long", Array, "[" + long[:MaxLine+20], outcome{Body: "syntax"}},
		{"top-level null", Array, "null", outcome{Body: "syntax"}},
		{"top-level string", Array, `"x"`, outcome{Body: "syntax"}},
		{"top-level object", Array, fee(0), outcome{Body: "syntax"}},
		{"cut", Array, "[" + fee(0) + ",", outcome{Accepted: []int{0}, Body: "syntax"}},
		{"cut in a record", Array, "[" + fee(0) + "," + feeLine[:40], outcome{Accepted: []int{0}, Body: "syntax"}},
		{"trailing", Array, "[" + fee(0) + "]x", outcome{Accepted: []int{0}, Body: "syntax"}},
		{"two arrays", Array, "[" + fee(0) + "][]", outcome{Accepted: []int{0}, Body: "syntax"}},
		{"a comma too many", Array, "[" + fee(0) + ",]", outcome{Accepted: []int{0}, Body: "syntax"}},
		{"a comma first", Array, "[," + fee(0) + "]", outcome{Body: "syntax"}},
		{"a comma missing", Array, "[" + fee(0) + " " + fee(1) + "]", outcome{Accepted: []int{0}, Body: "syntax"}},
		{"bad syntax inside", Array, `[{"kind":fee}]`, outcome{Body: "syntax"}},
		{"20,000 brackets", Array, strings.Repeat("[", 20_000), outcome{Body: "syntax"}},
		{"UTF-16 array", Array, wide16("[" + fee(0) + "]"), outcome{Refused: map[int]string{0: "not_utf8"}, Body: "syntax"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want.Refused == nil {
				c.want.Refused = map[int]string{}
			}
			for how, body := range map[string]io.Reader{
				"whole":  strings.NewReader(c.body),
				"pieces": &pieces{text: c.body, rng: rand.New(rand.NewPCG(7, 8))},
				"ends":   iotest.DataErrReader(strings.NewReader(c.body)),
			} {
				limit := 0
				if c.want.Body == "too_large" {
					limit = 3
				}
				got, _, err := readAll(body, c.form, limit)
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%s: read (-want, +got):\n%s\nerror: %v", how, diff, err)
				}
			}
		})
	}
}

// pieces gives a body in pieces of any size, as a network does.
type pieces struct {
	text string
	rng  *rand.Rand
}

func (p *pieces) Read(into []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := min(p.rng.IntN(1+p.rng.IntN(5000)), len(p.text), len(into))
	copy(into, p.text[:n])
	p.text = p.text[n:]
	return n, nil
}

func wide16(s string) string {
	var out strings.Builder
	for _, r := range s {
		out.WriteByte(byte(r))
		out.WriteByte(byte(r >> 8))
	}
	return out.String()
}

func TestReaderTellsTheOffset(t *testing.T) {
	body := "\ufeff[" + fee(0) + `,{"kind":fee}]`
	_, _, err := readAll(strings.NewReader(body), Array, 0)
	got, ok := Offset(err)
	if want := int64(strings.Index(body, "fee}") + 1); !ok || got != want {
		t.Errorf("Offset(%v) = %d %v, want %d", err, got, ok, want)
	}
}

// TestReaderPassesOnErrors holds that a body that breaks off is no end: its
// error comes out, also behind a whole record.
func TestReaderPassesOnErrors(t *testing.T) {
	for _, form := range []Form{NDJSON, Array} {
		for _, begun := range []string{"", "[" + fee(0) + ",\n", fee(0) + "\n", "[" + feeLine[:50], "[" + strings.Repeat("x", 2*MaxLine)} {
			cut := errors.New("connection lost")
			body := io.MultiReader(strings.NewReader(begun), iotest.ErrReader(cut))
			_, _, err := readAll(body, form, 0)
			if form == Array && strings.HasPrefix(begun, "{") {
				continue // no array at all
			}
			if !errors.Is(err, cut) {
				t.Errorf("form %d, %.20q: error = %v, want connection lost", form, begun, err)
			}
		}
	}
	if _, _, err := readAll(&stuck{}, NDJSON, 0); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("error of a body that gives nothing = %v, want %v", err, io.ErrNoProgress)
	}
}

type stuck struct{}

func (*stuck) Read([]byte) (int, error) { return 0, nil }

func TestReaderKeepsRawBytes(t *testing.T) {
	bad := strings.Replace(feeLine, "普通", "\xb4\xb2", 1)
	long := `{"kind":"` + strings.Repeat("床", MaxLine/3) + `"}`
	wide := edit(t, feeLine, set{"item_name": strings.Repeat("床", RawLimit/3)})
	for _, form := range []Form{NDJSON, Array} {
		body := strings.Join([]string{bad, long, wide}, "\n")
		if form == Array {
			body = "[" + strings.Join([]string{bad, long, wide}, ",") + "]"
		}
		_, items, err := readAll(strings.NewReader(body), form, 0)
		if err != nil || len(items) != 3 {
			t.Fatalf("read: %d items, error %v", len(items), err)
		}
		if got := string(items[0].Raw); got != bad {
			t.Errorf("Raw = %q, want %q", got, bad)
		}
		for i, sent := range map[int]string{1: long, 2: wide} {
			raw := string(items[i].Raw)
			if len(raw) > RawLimit || len(raw) < RawLimit-3 || !strings.HasPrefix(sent, raw) {
				t.Errorf("item %d: Raw has %d bytes, want the first %d", i, len(raw), RawLimit)
			}
			note := fmt.Sprintf("the first %d of %d bytes", len(raw), len(sent))
			if !strings.Contains(items[i].Refusal.Message, note) {
				t.Errorf("message %q does not say %q", items[i].Refusal.Message, note)
			}
		}
		if got := items[2].Refusal.RecordID; got != "F-2026-000123" {
			t.Errorf("RecordID = %q, want F-2026-000123", got)
		}
	}
}

// TestReaderKeepsMemoryBounded reads a line of 64 MB.
func TestReaderKeepsMemoryBounded(t *testing.T) {
	for _, form := range []Form{NDJSON, Array} {
		head := `[{"kind":"`
		if form == NDJSON {
			head = head[1:]
		}
		tail := "\"}\n"
		if form == Array {
			tail = `"}]`
		}
		body := io.MultiReader(strings.NewReader(head), &filler{left: 64 << 20}, strings.NewReader(tail))
		r := NewReader(body, form, testOptions)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		item, err := r.Next()
		runtime.ReadMemStats(&after)
		if err != nil || item.Refusal.Code != claimwatch.CodeTooLong {
			t.Fatalf("Next() = %+v, %v, want too_long", item, err)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 8<<20 {
			t.Errorf("form %d: %d bytes allocated for a long line, want at most 8 MiB", form, got)
		}
	}
}

// filler gives many x without holding them.
type filler struct{ left int }

func (f *filler) Read(into []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	n := min(len(into), f.left)
	for i := range n {
		into[i] = 'x'
	}
	f.left -= n
	return n, nil
}

// TestReaderRecordsStandAlone holds that a record survives the reader's going on.
func TestReaderRecordsStandAlone(t *testing.T) {
	var body strings.Builder
	for i := range 5000 {
		body.WriteString(fee(i) + "\n")
	}
	_, items, err := readAll(strings.NewReader(body.String()), NDJSON, 0)
	if err != nil || len(items) != 5000 {
		t.Fatalf("read: %d items, error %v", len(items), err)
	}
	for i, item := range items {
		want, fault := Decode([]byte(fee(i)), testOptions)
		if fault != nil {
			t.Fatalf("Decode() error:\n%+v", fault)
		}
		if diff := cmp.Diff(&want, item.Record); diff != "" {
			t.Fatalf("record %d (-want, +got):\n%s", i, diff)
		}
	}
}
