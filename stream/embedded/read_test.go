package embedded_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/stream"
	"claimwatch/stream/embedded"
)

// What Read finds in the files of a stopped log is what a reader was given while it
// ran: compressed and not, single and in batches, with their headers.
func TestRead(t *testing.T) {
	dir := t.TempDir()
	_, c, stop := mustStart(t, dir)
	for i := range 40 {
		var batch []claimwatch.Message
		for k := range 1 + i%4 {
			batch = append(batch, claimwatch.Message{
				Key: []byte(fmt.Sprint("k", i)), Value: bytes.Repeat([]byte(fmt.Sprint(i, k, " ")), 1+i*i), Headers: map[string]string{"v": "1", "n": fmt.Sprint(i)},
			})
		}
		if err := c.Writer(claimwatch.TopicJournal).Write(t.Context(), batch...); err != nil {
			t.Fatalf("Write() error:\n%+v", err)
		}
	}
	var want []claimwatch.Message
	if err := c.ReadAll(t.Context(), stream.TailConfig{
		Topic: claimwatch.TopicJournal, Name: "test",
		Handle: func(_ context.Context, messages []claimwatch.Message) error {
			want = append(want, messages...)
			return nil
		},
	}); err != nil {
		t.Fatalf("ReadAll() error:\n%+v", err)
	}
	for _, m := range []claimwatch.Message{want[0], want[57]} {
		at, err := c.At(t.Context(), claimwatch.TopicJournal, 0, m.Offset)
		if err != nil {
			t.Fatalf("At(%d) error:\n%+v", m.Offset, err)
		}
		if diff := cmp.Diff(at, m); diff != "" {
			t.Errorf("At(%d) (-got, +want):\n%s", m.Offset, diff)
		}
	}
	for _, offset := range []int64{-1, int64(len(want))} {
		if _, err := c.At(t.Context(), claimwatch.TopicJournal, 0, offset); err == nil {
			t.Errorf("At(%d) has no error", offset)
		}
	}
	stop()
	var got []claimwatch.Message
	if err := embedded.Read(dir, claimwatch.TopicJournal, 0, func(s *embedded.Stored, d *embedded.Damage) error {
		if d != nil {
			t.Errorf("damage in a whole log: %+v", d)
			return nil
		}
		m := s.Message
		m.Time = m.Time.In(want[0].Time.Location())
		got = append(got, m)
		return nil
	}); err != nil {
		t.Fatalf("Read() error:\n%+v", err)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("messages (-got, +want):\n%s", diff)
	}
}

// FuzzRead feeds the reader a segment of any bytes: it must not break.
func FuzzRead(f *testing.F) {
	dir := f.TempDir()
	_, c, err := start(dir)
	if err != nil {
		f.Fatalf("start() error:\n%+v", err)
	}
	for i := range 3 {
		if err := c.Writer(claimwatch.TopicJournal).Write(f.Context(), claimwatch.Message{Key: []byte("k"), Value: []byte(fmt.Sprint("value ", i))}); err != nil {
			f.Fatalf("Write() error:\n%+v", err)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "kafka", "partitions", claimwatch.TopicJournal+"-0", "*.dat"))
	if err != nil || len(files) != 1 {
		f.Fatalf("segments are %v, %v", files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		f.Fatalf("ReadFile() error:\n%+v", err)
	}
	f.Add(whole)
	f.Add(slices.Concat(whole, whole[:90]))
	f.Fuzz(func(t *testing.T, segment []byte) {
		dir := t.TempDir()
		folder := filepath.Join(dir, "kafka", "partitions", claimwatch.TopicJournal+"-0")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatalf("MkdirAll() error:\n%+v", err)
		}
		if err := os.WriteFile(filepath.Join(folder, "0.dat"), segment, 0o600); err != nil {
			t.Fatalf("WriteFile() error:\n%+v", err)
		}
		found := 0
		if err := embedded.Read(dir, claimwatch.TopicJournal, 0, func(s *embedded.Stored, d *embedded.Damage) error {
			found++
			at := int64(-1)
			if s != nil && d == nil {
				at = s.Byte
			} else if s == nil {
				at = d.Byte
			}
			if at < 0 || at > int64(len(segment)) {
				t.Fatalf("something stands at byte %d of %d: %+v %+v", at, len(segment), s, d)
			}
			return nil
		}); err != nil {
			t.Fatalf("Read() error:\n%+v", err)
		}
		if found == 0 && len(segment) > 0 {
			t.Fatalf("%d bytes are neither messages nor damage", len(segment))
		}
	})
}
