package verify_test

import (
	"bytes"
	"testing"

	"claimwatch/audit/verify"
)

// FuzzCopies feeds the readers whatever could be handed to them: they must not break,
// and nothing but the very bytes that were signed is whole.
func FuzzCopies(f *testing.F) {
	w := newWorld(f, 6)
	export, pack := w.export(f), w.pack(f)
	f.Add(export)
	f.Add(pack)
	f.Add(w.note)
	f.Add([]byte(`{"items":[{"seq":1,"sha256":"00","entry":"{}"}],"next":"","head":{"seq":1,"sha256":"00"}}`))
	opts := w.options()
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := verify.Export(bytes.NewReader(text), opts)
		if err != nil {
			t.Fatalf("Export() error:\n%+v", err)
		}
		if r.Whole && !bytes.Equal(text, export) {
			t.Fatalf("another export is whole: %q", text)
		}
		if r, err = verify.Pack(text, opts); err != nil {
			t.Fatalf("Pack() error:\n%+v", err)
		}
		if r.Whole && !bytes.Equal(text, pack) {
			t.Fatalf("another pack is whole: %q", text)
		}
		if _, err = verify.Answer(text, opts); err != nil {
			t.Fatalf("Answer() error:\n%+v", err)
		}
		if _, err = verify.Checkpoints(text, opts); err != nil {
			t.Fatalf("Checkpoints() error:\n%+v", err)
		}
		beside := verify.Beside{Checkpoints: text, Leaves: text}
		if _, err = verify.Log(func(func(*verify.Message, *verify.Damage) error) error { return nil }, beside, opts); err != nil {
			t.Fatalf("Log() error:\n%+v", err)
		}
	})
}
