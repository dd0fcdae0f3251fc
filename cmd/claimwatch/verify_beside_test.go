package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"claimwatch"
	"claimwatch/audit/notary"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
)

// A byte of what stands beside the log, or of another topic, is located in its own
// file, and accuses no entry of the log; and so is an end that was cut off.
func TestTamperedBesideLog(t *testing.T) {
	dir := ledgerDir(t, 40)
	partitions := filepath.Dir(filepath.Dir(segmentOf(t, dir)))
	mine, others := claimwatch.TopicJournal+"-0", claimwatch.TopicQuarantine+"-0"
	r := rand.New(rand.NewPCG(5, 4))
	for n := range 240 {
		name := []string{verify.FileLeaves, verify.FileCheckpoints, verify.FilePublic, mine + "/0.idx", mine + "/snapshot.json", others + "/0.dat"}[n/2%6]
		path := filepath.Join(dir, name)
		if strings.HasPrefix(name, "claimwatch.") {
			path = filepath.Join(partitions, name)
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text, at := bytes.Clone(whole), r.IntN(len(whole))
		if from := bytes.Index(whole, []byte(`"created_at":`)); from >= 0 && at >= from {
			at = r.IntN(from) // when the partition was made is known to nobody else
		}
		if epoch := bytes.Index(whole, []byte(`"epoch":`)); epoch >= 0 && at >= epoch && at < epoch+10 {
			at = 0 // how often it was opened: neither
		}
		text[at] ^= byte(1 + r.IntN(255))
		if n%2 == 1 {
			text = whole[:at]
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		report := checkedDir(t, dir)
		strange := slices.ContainsFunc(report.Faults, func(f verify.Fault) bool { return f.File != name })
		if report.Whole || strange && name != verify.FilePublic { // without its key nothing is signed
			t.Errorf("%d: byte %d of %s: %v %v", n, at, name, report.Faults, report.Notes)
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if r := checkedDir(t, dir); !r.Whole || len(r.Notes) > 0 {
		t.Errorf("put back, it is %+v", r)
	}
}

// What a kill -9 leaves while a head is signed is no fault: leaves whose checkpoint
// is not there, or not whole. The mark that says so excuses nothing else.
func TestVerifyKilledWhileSigning(t *testing.T) {
	dir := ledgerDir(t, 40)
	path, mark := filepath.Join(dir, verify.FileCheckpoints), filepath.Join(dir, verify.FileSigning)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	notes, _ := proof.Split(whole)
	for _, end := range []int64{notes[len(notes)-1].Byte, notes[len(notes)-1].Byte + 30} {
		for _, signing := range []bool{true, false} {
			if err := os.WriteFile(path, whole[:end], 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(mark); err != nil {
				t.Fatal(err)
			}
			if signing {
				if err := os.WriteFile(mark, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if r := checkedDir(t, dir); r.Whole != signing {
				t.Errorf("cut at byte %d, signing %t: %+v", end, signing, r)
			}
		}
	}
	leaves, last, err := notary.Files{Dir: dir}.Last()
	if head, _, _ := proof.Open(last); err != nil || leaves != 40 || head.Size != 20 {
		t.Errorf("Last() gives %d leaves, a head of %d, %v", leaves, head.Size, err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("there was no mark, and now there is one")
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := (notary.Files{Dir: dir}).Last(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("the checkpoint is there, and the mark has stayed")
	}
}
