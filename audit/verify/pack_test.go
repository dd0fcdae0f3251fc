package verify_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// pack makes a pack about a finding of a world.
func (w *world) pack(t testing.TB) []byte {
	t.Helper()
	var parts []evidence.Part
	add := func(part evidence.Part, err error) {
		check(t, err)
		parts = append(parts, part)
	}
	record := []byte(`{"kind":"fee","record_id":"F1"}`)
	add(evidence.Part{Name: "README.txt", Body: []byte("what this is\n")}, nil)
	add(evidence.Part{Name: "records/fee/H1/F1.r1.json", Body: record}, nil)
	add(evidence.Lines(evidence.FileRecords, []evidence.Record{{
		File: "records/fee/H1/F1.r1.json", Kind: claimwatch.Fee, InstitutionID: "H1", RecordID: "F1", Revision: 1, SHA256: key64(record), ReceiptID: "r_1",
	}}))
	add(evidence.Document("finding.json", map[string]string{"finding_id": "f_1", "说明": "病人需要"}))
	var tree proof.Tree
	for _, a := range w.accepted {
		tree.Append(proof.Leaf(a.Body))
	}
	var entries []evidence.Entry
	for _, seq := range []uint64{1, 3, tree.Size()} {
		hashes, err := tree.Inclusion(seq, tree.Size())
		check(t, err)
		a := w.accepted[seq-1]
		entry := evidence.Entry{Seq: seq, SHA256: a.Hash, Entry: string(a.Body), Hashes: []string{}}
		for _, h := range hashes {
			entry.Hashes = append(entry.Hashes, h.String())
		}
		if a.Command.Data != nil {
			entry.Data = "correspondence/3.txt"
			add(evidence.Part{Name: entry.Data, Body: a.Command.Data}, nil)
		}
		entries = append(entries, entry)
	}
	add(evidence.Lines(evidence.FileEntries, entries))
	add(evidence.Part{Name: evidence.FileCheckpoint, Body: w.note}, nil)
	pack, err := evidence.Write(evidence.Subject{Kind: "finding", ID: "f_1", At: 1_772_400_000_000, Key: w.public.String()}, parts,
		func(text string) ([]byte, error) { return proof.SignNote(text, w.signer) })
	check(t, err)
	return pack
}

func key64(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func checkPack(t testing.TB, text []byte, opts verify.Options) *verify.Report {
	t.Helper()
	r, err := verify.Pack(text, opts)
	check(t, err)
	return r
}

// A pack is whole, the same bytes each time, and a zip that every program reads.
func TestPack(t *testing.T) {
	w := newWorld(t, 8)
	pack := w.pack(t)
	if diff := cmp.Diff(pack, w.pack(t)); diff != "" {
		t.Errorf("two packs of the same content differ:\n%s", diff)
	}
	r := checkPack(t, pack, w.options())
	if !r.Whole || r.Entries != 3 || r.Files != 9 || r.Head != w.accepted[7].Hash || !r.Keys[0].Given {
		t.Errorf("the report is %+v", r)
	}
	if r := checkPack(t, pack, verify.Options{}); !r.Whole || r.Keys[0].Given {
		t.Errorf("by its own key: %+v", r)
	}
	_, stranger := newKey(t, "claimwatch/another")
	if r := checkPack(t, pack, verify.Options{Keys: []*proof.Verifier{stranger}}); r.Whole || len(r.Faults) != 2 || r.Faults[1].Kind != verify.Unsigned {
		t.Errorf("another key: %+v", r)
	}
	if r := checkPack(t, pack, verify.Options{Heads: newWorld(t, 7).note}); !r.Whole || len(r.Notes) != 1 {
		t.Errorf("a head of another size: %+v", r)
	}
	reader, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	check(t, err)
	places, damage := evidence.Read(pack)
	if len(damage) > 0 || len(places) != len(reader.File) {
		t.Fatalf("%d files, %v; archive/zip sees %d", len(places), damage, len(reader.File))
	}
	for i, file := range reader.File {
		opened, err := file.Open()
		check(t, err)
		body, err := io.ReadAll(opened)
		check(t, err)
		if file.Name != places[i].Name || !bytes.Equal(body, places[i].Body) {
			t.Errorf("archive/zip reads %s as %q", file.Name, body)
		}
	}
}

// Whoever signs anew with another key, and knows the format, is found out by the key
// that was given; and a record that is not the accepted one by its own hash.
func TestForgedPack(t *testing.T) {
	w := newWorld(t, 8)
	places, _ := evidence.Read(w.pack(t))
	var parts []evidence.Part
	for _, place := range places[2:] {
		part := place.Part
		if strings.HasSuffix(part.Name, "F1.r1.json") {
			part.Body = []byte(`{"kind":"fee","record_id":"F2"}`)
		}
		parts = append(parts, part)
	}
	forger, public := newKey(t, "claimwatch/test2")
	pack, err := evidence.Write(evidence.Subject{Kind: "finding", ID: "f_1", Key: public.String()}, parts,
		func(text string) ([]byte, error) { return proof.SignNote(text, forger) })
	check(t, err)
	r := checkPack(t, pack, w.options())
	named := func(file string) bool {
		return slices.ContainsFunc(r.Faults, func(f verify.Fault) bool { return f.File == file })
	}
	if r.Whole || !named(evidence.FileNote) || !named("records/fee/H1/F1.r1.json") {
		t.Errorf("the faults are %v", r.Faults)
	}
}

// The part of packs of "1,000 random places, each located". Half of the archives are
// made anew around the manipulated files, as a forger would.
func TestTamperedPack(t *testing.T) {
	w := newWorld(t, 20)
	pack := w.pack(t)
	places, _ := evidence.Read(pack)
	var pieces [][]byte
	var files []string
	for i, place := range places {
		end := int64(bytes.Index(pack, []byte("PK\x01\x02")))
		if i+1 < len(places) {
			end = places[i+1].Byte
		}
		pieces, files = append(pieces, pack[place.Byte:end]), append(files, place.Name)
	}
	pieces = append(pieces, pack[bytes.Index(pack, []byte("PK\x01\x02")):])
	files = append(files, evidence.Directory)
	r := rand.New(rand.NewPCG(5, 3))
	for i := range 400 {
		how := manipulations[i%len(manipulations)]
		c := tamper(r, how, pieces, 0, len(pieces)-1)
		if i%2 == 0 && how != truncate {
			c = forgeArchive(r, how, places)
		}
		report := checkPack(t, c.text, w.options())
		located := slices.ContainsFunc(report.Faults, func(f verify.Fault) bool {
			return slices.ContainsFunc(c.wants, func(piece int) bool {
				return f.File == files[piece] || piece == len(files)-1 && f.Byte >= int64(len(pack)-len(pieces[piece]))
			})
		})
		if report.Whole || !located {
			t.Errorf("%d: %s: want one of %v named, got\n%v", i, c.what, c.wants, report.Faults)
		}
	}
}

// forgeArchive manipulates the files of a pack and makes a whole zip of them again.
func forgeArchive(r *rand.Rand, how manipulation, places []evidence.Place) tampered {
	list := slices.Clone(places)
	i, j := r.IntN(len(list)), r.IntN(len(list))
	for j == i {
		j = r.IntN(len(list))
	}
	out := tampered{wants: []int{i}, what: fmt.Sprintf("forge %s of file %d, %d", how, i, j)}
	switch how {
	case flip:
		list[i].Body = bytes.Clone(list[i].Body)
		list[i].Body[r.IntN(len(list[i].Body))] ^= byte(1 + r.IntN(255))
	case drop:
		list = slices.Delete(list, i, i+1)
	case swap:
		list[i].Body, list[j].Body = list[j].Body, list[i].Body
		out.wants = []int{i, j}
	default:
		list = slices.Insert(list, j, evidence.Place{Part: evidence.Part{Name: list[i].Name, Body: []byte("another")}})
	}
	parts := make([]evidence.Part, len(list))
	for k, place := range list {
		parts[k] = place.Part
	}
	out.text = evidence.Archive(parts)
	return out
}
