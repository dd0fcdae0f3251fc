package verify_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"testing"

	"claimwatch/audit/evidence"
	"claimwatch/audit/verify"
)

// bits are changes of one byte. Bit 1 and 2 are those that mean nothing in the last
// letter of base64, bit 32 makes small letters large.
var bits = []byte{1, 2, 32}

// everyByte changes every byte of a copy, one at a time, and cuts it at every length.
// skip says what is no change to any reader.
func everyByte(t *testing.T, text []byte, isWhole func([]byte) bool) {
	t.Helper()
	if !isWhole(text) {
		t.Fatal("untouched it is not whole")
	}
	for at := range text {
		for _, change := range bits {
			broken := bytes.Clone(text)
			broken[at] ^= change
			if isWhole(broken) {
				t.Errorf("byte %d changed from %q to %q is not found, after %q", at, text[at], broken[at], text[max(0, at-40):at])
			}
		}
		if isWhole(text[:at]) {
			t.Errorf("cut at byte %d of %d is not found", at, len(text))
		}
	}
	for _, more := range []string{"\n", " ", "\x00", "x", "{}\n"} {
		if isWhole(append(bytes.Clone(text), more...)) || isWhole(append([]byte(more), text...)) {
			t.Errorf("%q before or behind it is not found", more)
		}
	}
}

// No byte of an export or a pack can change unseen, also without another key than
// the one that the copy names.
func TestEveryByte(t *testing.T) {
	w := newWorld(t, 4)
	t.Run("export", func(t *testing.T) {
		everyByte(t, w.export(t), func(text []byte) bool { return checkExport(t, text, verify.Options{}).Whole })
	})
	t.Run("pack", func(t *testing.T) {
		everyByte(t, w.pack(t), func(text []byte) bool { return checkPack(t, text, verify.Options{}).Whole })
	})
	t.Run("checkpoints", func(t *testing.T) {
		everyByte(t, w.note, func(text []byte) bool {
			r, err := verify.Checkpoints(text, w.options())
			check(t, err)
			return r.Whole
		})
	})
}

// What is empty, or something else, is not whole.
func TestNothingIsNotWhole(t *testing.T) {
	for _, text := range []string{"", "\n", "{}", `{"next":"","head":{"seq":0,"sha256":""}}`, `{"format":"another","entries":0}` + "\n"} {
		for what, check := range map[string]func([]byte, verify.Options) (*verify.Report, error){
			"answer": verify.Answer, "checkpoints": verify.Checkpoints, "pack": verify.Pack,
			"export": func(text []byte, opts verify.Options) (*verify.Report, error) {
				return verify.Export(bytes.NewReader(text), opts)
			},
		} {
			if r, err := check([]byte(text), verify.Options{}); err != nil || r.Whole {
				t.Errorf("%q is a whole %s: %v", text, what, err)
			}
		}
	}
}

// A zip can say one thing in two places, hide bytes between its files, or be packed
// in another way: whoever opens it may see another content than was signed.
func TestZipTricks(t *testing.T) {
	w := newWorld(t, 5)
	pack := w.pack(t)
	places, _ := evidence.Read(pack)
	directory := bytes.Index(pack, []byte("PK\x01\x02"))
	second := int(places[1].Byte)
	insert := func(at int, more string) []byte { return slices.Insert(bytes.Clone(pack), at, []byte(more)...) }
	set16 := func(at int, value uint16) []byte {
		text := bytes.Clone(pack)
		binary.LittleEndian.PutUint16(text[at:], value)
		return text
	}
	end := len(pack) - 22
	again := func(how func(*zip.FileHeader), order func([]evidence.Place)) []byte {
		list := slices.Clone(places)
		order(list)
		var out bytes.Buffer
		writer := zip.NewWriter(&out)
		for _, place := range list {
			head := &zip.FileHeader{Name: place.Name, Flags: 0x0800}
			how(head)
			file, err := writer.CreateHeader(head)
			check(t, err)
			_, err = file.Write(place.Body)
			check(t, err)
		}
		check(t, writer.Close())
		return out.Bytes()
	}
	same, asIs := func([]evidence.Place) {}, func(*zip.FileHeader) {}
	raw := make([]evidence.Part, len(places))
	for i, place := range places {
		raw[i] = place.Part
	}
	tricks := map[string][]byte{
		"bytes before the first file":        append([]byte("#!/bin/sh\n"), pack...),
		"bytes behind the end":               append(bytes.Clone(pack), "more"...),
		"a comment":                          append(set16(len(pack)-2, 4), "note"...),
		"bytes between two files":            insert(second, "hidden"),
		"bytes before the directory":         insert(directory, "hidden"),
		"a name in the directory alone":      slices.Replace(bytes.Clone(pack), directory+46, directory+46+8, []byte("MANIFEST")...),
		"another offset in the directory":    set16(directory+42, uint16(second)),
		"fewer files in the directory":       set16(end+10, uint16(len(places)-1)),
		"another disk":                       set16(end+4, 1),
		"the directory elsewhere":            set16(end+16, uint16(directory-1)),
		"attributes":                         set16(directory+38, 0o20),
		"made by another system":             set16(directory+4, 20|3<<8),
		"a time":                             set16(10, 1),
		"a flag":                             set16(6, 0x0808),
		"another method":                     set16(8, 8),
		"compressed":                         again(func(h *zip.FileHeader) { h.Method = zip.Deflate }, same),
		"with data descriptors":              again(asIs, same),
		"with an extra field":                again(func(h *zip.FileHeader) { h.Extra = []byte{1, 0, 0, 0} }, same),
		"in another order":                   again(asIs, slices.Reverse),
		"twice the same file":                evidence.Archive(append(slices.Clone(raw), raw[2])),
		"another file of the name":           evidence.Archive(append(slices.Clone(raw), evidence.Part{Name: raw[2].Name, Body: []byte("another")})),
		"a file without a name":              evidence.Archive(append(slices.Clone(raw), evidence.Part{Body: []byte("hidden")})),
		"a directory":                        evidence.Archive(append(slices.Clone(raw), evidence.Part{Name: "more/"})),
		"a name that goes up":                evidence.Archive(append(slices.Clone(raw), evidence.Part{Name: "../../etc/cron.d/x", Body: []byte("x")})),
		"a stranger's signature":             evidence.Archive(append([]evidence.Part{{Name: raw[0].Name, Body: append(bytes.Clone(raw[0].Body), "— else AAAAAAA=\n"...)}}, raw[1:]...)),
		"the whole pack in another":          evidence.Archive([]evidence.Part{{Name: "f_1.zip", Body: pack}}),
		"the files without note or manifest": evidence.Archive(raw[2:]),
	}
	for what, text := range tricks {
		for _, opts := range []verify.Options{{}, w.options()} {
			r := checkPack(t, text, opts)
			if r.Whole || len(r.Faults) == 0 {
				t.Errorf("%s: not found", what)
			}
		}
	}
	if reader, err := zip.NewReader(bytes.NewReader(tricks["compressed"]), int64(len(tricks["compressed"]))); err != nil {
		t.Errorf("the trick is no zip: %v", err)
	} else if file, err := reader.File[1].Open(); err != nil {
		t.Errorf("the trick cannot be read: %v", err)
	} else if body, err := io.ReadAll(file); err != nil || !bytes.Equal(body, places[1].Body) {
		t.Errorf("the trick has another content: %v", err)
	}
}
