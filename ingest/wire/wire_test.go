package wire_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/wire"
)

var receivedAt = claimwatch.InstantOf(time.Date(2026, 3, 1, 9, 30, 0, 123e6, claimwatch.Shanghai))

func careRecord(id string) *claimwatch.Record {
	return &claimwatch.Record{
		Kind: claimwatch.CareRecord, Revision: 1, RecordID: id, InstitutionID: "H1", PersonID: "P1", StayID: "S1",
		OccurredAt: receivedAt - 60_000, Values: []claimwatch.Value{{Text: "round", Set: true}, {}},
	}
}

func TestRecordsSurviveTheWire(t *testing.T) {
	var packed wire.Records
	want := []string{"a", "b", "c"}
	for i, id := range want {
		if !packed.Add(i*7, careRecord(id)) {
			t.Fatalf("Add(%q) = false", id)
		}
	}
	upload := claimwatch.Upload{ReceiptID: "r_1", InstitutionID: "H1", ReceivedAt: receivedAt, Refused: 4, Atomic: true}
	messages := packed.Messages(upload)
	if len(messages) != 1 || packed.Chunks() != 1 || packed.Len() != 3 {
		t.Fatalf("%d messages, %d chunks, %d records, want 1, 1, 3", len(messages), packed.Chunks(), packed.Len())
	}
	upload.Chunks = 1
	got, err := wire.ReadUpload(messages[0])
	if err != nil {
		t.Fatalf("ReadUpload() error:\n%+v", err)
	}
	if diff := cmp.Diff(got, upload); diff != "" {
		t.Errorf("upload (-got, +want):\n%s", diff)
	}
	rest := string(messages[0].Value)
	if n := wire.CountLines(rest); n != 3 {
		t.Errorf("CountLines() = %d, want 3", n)
	}
	for i, id := range want {
		var line wire.Line
		line, rest = wire.CutLine(rest)
		r, fault := decode.Decode([]byte(line.JSON), decode.Options{FromLog: true})
		if fault != nil {
			t.Fatalf("decode line %d error:\n%+v", i, fault)
		}
		if line.Index != i*7 || r.RecordID != id {
			t.Errorf("line %d is number %d, record %q, want %d, %q", i, line.Index, r.RecordID, i*7, id)
		}
	}
	if rest != "" {
		t.Errorf("%q is left over", rest)
	}
}

func TestMessagesStayBelowTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var packed wire.Records
		sizes := rapid.SliceOfN(rapid.IntRange(1, 300_000), 1, 8).Draw(t, "sizes")
		for i, size := range sizes {
			r := careRecord(fmt.Sprint(i))
			r.Values[0].Text = strings.Repeat("x", size)
			if !packed.Add(i, r) {
				t.Fatalf("a record of %d bytes does not fit", size)
			}
		}
		next, total := 0, 0
		for i, m := range packed.Messages(claimwatch.Upload{ReceiptID: "r", InstitutionID: "H", ReceivedAt: receivedAt}) {
			if len(m.Value) > claimwatch.MaxMessageBytes {
				t.Fatalf("message %d has %d bytes", i, len(m.Value))
			}
			u, err := wire.ReadUpload(m)
			if err != nil || u.Chunk != i || u.Chunks != packed.Chunks() {
				t.Fatalf("message %d says chunk %d of %d, %v", i, u.Chunk, u.Chunks, err)
			}
			for rest := string(m.Value); rest != ""; next++ {
				var line wire.Line
				if line, rest = wire.CutLine(rest); line.Index != next {
					t.Fatalf("line %d is number %d", next, line.Index)
				}
				total += len(line.JSON)
			}
		}
		if next != len(sizes) {
			t.Fatalf("%d lines, want %d", next, len(sizes))
		}
		if held := packed.Held(); held < int64(total) {
			t.Fatalf("Held() = %d, below the %d bytes that are there", held, total)
		}
	})
}

func TestARecordLargerThanAMessageIsRefused(t *testing.T) {
	var packed wire.Records
	r := careRecord("big")
	r.Values[0].Text = strings.Repeat("x", claimwatch.MaxMessageBytes)
	if packed.Add(0, r) {
		t.Error("Add() = true for a record larger than a message")
	}
	if packed.Len() != 0 || packed.Messages(claimwatch.Upload{}) != nil {
		t.Errorf("%d records are packed, want none", packed.Len())
	}
}

func TestReadUploadRefusesWhatItDoesNotKnow(t *testing.T) {
	good := func() claimwatch.Message {
		var packed wire.Records
		packed.Add(0, careRecord("a"))
		return packed.Messages(claimwatch.Upload{ReceiptID: "r_1", InstitutionID: "H1", ReceivedAt: receivedAt})[0]
	}
	cases := map[string]struct {
		spoil func(m *claimwatch.Message)
		code  claimwatch.Code
		field string
	}{
		"tombstone":         {func(m *claimwatch.Message) { m.Value = nil }, claimwatch.CodeEmpty, ""},
		"empty value":       {func(m *claimwatch.Message) { m.Value = []byte{} }, claimwatch.CodeEmpty, ""},
		"no key":            {func(m *claimwatch.Message) { m.Key = nil }, claimwatch.CodeInstitutionMismatch, "institution_id"},
		"strange key":       {func(m *claimwatch.Message) { m.Key = []byte("H 1\x00") }, claimwatch.CodeInstitutionMismatch, "institution_id"},
		"no version":        {func(m *claimwatch.Message) { delete(m.Headers, "v") }, claimwatch.CodeFormat, "v"},
		"later version":     {func(m *claimwatch.Message) { m.Headers["v"] = "2" }, claimwatch.CodeFormat, "v"},
		"no receipt":        {func(m *claimwatch.Message) { delete(m.Headers, "receipt") }, claimwatch.CodeFormat, "receipt"},
		"no time":           {func(m *claimwatch.Message) { m.Headers["received_at"] = "yesterday" }, claimwatch.CodeFormat, "received_at"},
		"time before 1990":  {func(m *claimwatch.Message) { m.Headers["received_at"] = "1970-01-01T00:00:00.000Z" }, claimwatch.CodeFormat, "received_at"},
		"chunk behind last": {func(m *claimwatch.Message) { m.Headers["chunk"] = "3/3" }, claimwatch.CodeFormat, "chunk"},
		"chunk without n":   {func(m *claimwatch.Message) { m.Headers["chunk"] = "0" }, claimwatch.CodeFormat, "chunk"},
		"huge chunk":        {func(m *claimwatch.Message) { m.Headers["chunk"] = "0/99999999999999999999" }, claimwatch.CodeFormat, "chunk"},
		"negative refused":  {func(m *claimwatch.Message) { m.Headers["refused"] = "-1" }, claimwatch.CodeFormat, "refused"},
		"strange atomic":    {func(m *claimwatch.Message) { m.Headers["atomic"] = "yes" }, claimwatch.CodeFormat, "atomic"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			m := good()
			c.spoil(&m)
			_, err := wire.ReadUpload(m)
			var fault *claimwatch.Error
			if !asError(err, &fault) || fault.Code != c.code || fault.Field != c.field {
				t.Errorf("ReadUpload() error:\n%+v\nwant %s (%s)", err, c.code, c.field)
			}
		})
	}
	if _, err := wire.ReadUpload(good()); err != nil {
		t.Errorf("ReadUpload() of the unspoilt message error:\n%+v", err)
	}
}

func asError(err error, into **claimwatch.Error) bool {
	fault, ok := err.(*claimwatch.Error) //nolint:errorlint // promised as it is
	*into = fault
	return ok
}

func TestCutLineOfPoison(t *testing.T) {
	for _, value := range []string{"{}\n", "\t{}\n", "-1\t{}", "1e3\t{}\n", "99999999999\t{}\n", "\n", "12"} {
		line, _ := wire.CutLine(value)
		if want := strings.TrimSuffix(value, "\n"); line.Index != -1 || line.JSON != want {
			t.Errorf("CutLine(%q) = %d, %q, want -1, %q", value, line.Index, line.JSON, want)
		}
	}
}

func TestQuarantineSurvivesTheWire(t *testing.T) {
	upload := claimwatch.Upload{ReceiptID: "r_1", InstitutionID: "H1", ReceivedAt: receivedAt, Chunks: 3, Refused: 5}
	raws := map[string][]byte{
		"text":                    []byte(`{"kind":"fee","name":"阿莫西林<b>"}`),
		"nothing":                 {},
		"gbk":                     {0xb0, 0xa2, 0xc4, 0xaa},
		"control":                 []byte("a\x00b\x1f\n"),
		"many controls":           bytes.Repeat([]byte{1}, 200<<10),
		"half a megabyte of text": []byte(strings.Repeat("字", 170_000)),
	}
	var packed wire.Quarantine
	var want []claimwatch.Quarantined
	for name, raw := range raws {
		q := claimwatch.Quarantined{
			ID: "q_" + strings.ReplaceAll(name, " ", "_"), InstitutionID: "H1", ReceivedAt: receivedAt, ReceiptID: "r_1", Raw: raw,
			Refusal: claimwatch.Refusal{Index: len(want), RecordID: "x", Code: claimwatch.CodeFormat, Field: "f", Message: "m"},
		}
		if err := packed.Add(q); err != nil {
			t.Fatalf("Add(%s) error:\n%+v", name, err)
		}
		want = append(want, q)
	}
	var got []claimwatch.Quarantined
	for _, m := range packed.Messages(upload) {
		if len(m.Value) > claimwatch.MaxMessageBytes {
			t.Errorf("a message has %d bytes", len(m.Value))
		}
		u, err := wire.ReadQuarantineUpload(m)
		if err != nil {
			t.Fatalf("ReadQuarantineUpload() error:\n%+v", err)
		}
		if diff := cmp.Diff(u, upload); diff != "" {
			t.Errorf("upload (-got, +want):\n%s", diff)
		}
		items, bad := wire.ReadQuarantine(m, u)
		if bad != 0 {
			t.Errorf("%d items cannot be read", bad)
		}
		got = append(got, items...)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("items (-got, +want):\n%s", diff)
	}
}

func TestQuarantineCutsWhatNoMessageHolds(t *testing.T) {
	for name, raw := range map[string][]byte{
		"text":  []byte(strings.Repeat("字", 400_000)),
		"bytes": bytes.Repeat([]byte{0xff}, 1<<20),
	} {
		var packed wire.Quarantine
		if err := packed.Add(claimwatch.Quarantined{ID: "q", Raw: raw, Refusal: claimwatch.Refusal{Code: "x", Message: "too long"}}); err != nil {
			t.Fatalf("%s: Add() error:\n%+v", name, err)
		}
		m := packed.Messages(claimwatch.Upload{InstitutionID: "H1", ReceivedAt: receivedAt})[0]
		items, bad := wire.ReadQuarantine(m, claimwatch.Upload{})
		if bad != 0 || len(items) != 1 {
			t.Fatalf("%s: %d items, %d bad", name, len(items), bad)
		}
		got := items[0]
		if !bytes.HasPrefix(raw, got.Raw) || len(got.Raw) < 600<<10-4 || len(got.Raw) > 600<<10 {
			t.Errorf("%s: %d bytes are kept, want about 600 KiB of the beginning", name, len(got.Raw))
		}
		if want := fmt.Sprintf("too long (the first %d of %d bytes are kept)", len(got.Raw), len(raw)); got.Refusal.Message != want {
			t.Errorf("%s: message %q, want %q", name, got.Refusal.Message, want)
		}
	}
}

func TestReadQuarantineCountsBadLines(t *testing.T) {
	value := `{"quarantine_id":"q1","code":"syntax","index":1,"message":"m","raw":"x"}` + "\n{bad\n" + `{"index":3}` + "\n"
	items, bad := wire.ReadQuarantine(claimwatch.Message{Value: []byte(value)}, claimwatch.Upload{})
	if len(items) != 1 || bad != 2 {
		t.Errorf("%d items, %d bad, want 1, 2", len(items), bad)
	}
}

func TestTouchedKeepsPartitions(t *testing.T) {
	partitionOf := func(key []byte) int { return int(key[len(key)-1]) % 3 }
	rapid.Check(t, func(t *rapid.T) {
		scopes := rapid.SliceOf(rapid.Map(rapid.StringMatching(`[a-z0-9]{1,12}`), claimwatch.PersonScope)).Draw(t, "scopes")
		want := make(map[claimwatch.Scope]bool)
		for _, s := range scopes {
			want[s] = true
		}
		got := make(map[claimwatch.Scope]bool)
		for _, m := range wire.Touched(scopes, wire.ReasonTimer, partitionOf) {
			read, reason, err := wire.ReadTouched(m)
			if err != nil || reason != wire.ReasonTimer {
				t.Fatalf("ReadTouched() = %q, %v", reason, err)
			}
			for _, s := range read {
				if partitionOf([]byte(s)) != partitionOf(m.Key) {
					t.Fatalf("scope %s stands under key %s", s, m.Key)
				}
				if got[s] {
					t.Fatalf("scope %s stands twice", s)
				}
				got[s] = true
			}
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Fatalf("scopes (-got, +want):\n%s", diff)
		}
	})
}

func TestTouchedSplitsLargeSets(t *testing.T) {
	scopes := make([]claimwatch.Scope, 40_000)
	for i := range scopes {
		scopes[i] = claimwatch.Scope(fmt.Sprintf("%064d", i))
	}
	messages := wire.Touched(scopes, wire.ReasonReference, func([]byte) int { return 0 })
	if len(messages) != 3 {
		t.Errorf("%d messages, want 3", len(messages))
	}
	total := 0
	for _, m := range messages {
		if len(m.Value) > claimwatch.MaxMessageBytes {
			t.Errorf("a message has %d bytes", len(m.Value))
		}
		read, _, err := wire.ReadTouched(m)
		if err != nil || string(read[0]) != string(m.Key) {
			t.Errorf("the key is %s, the first scope %s, error %v", m.Key, read[0], err)
		}
		total += len(read)
	}
	if total != len(scopes) {
		t.Errorf("%d scopes, want %d", total, len(scopes))
	}
}

func TestReadTouchedRefuses(t *testing.T) {
	for _, m := range []claimwatch.Message{
		{Headers: map[string]string{"v": "1"}},
		{Value: []byte("p"), Headers: map[string]string{"v": "2"}},
		{Value: []byte("p")},
	} {
		if _, _, err := wire.ReadTouched(m); err == nil {
			t.Errorf("ReadTouched(%v) takes it", m)
		}
	}
}
