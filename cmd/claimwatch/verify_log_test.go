package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/key"
	"claimwatch/audit/notary"
	"claimwatch/audit/proof"
	"claimwatch/audit/verify"
	"claimwatch/stream"
	"claimwatch/stream/embedded"
)

// ledgerDir is a data directory with a real log of n entries, signed in between and
// at the end, whose server has stopped.
func ledgerDir(t *testing.T, n int) string { return ledgerOf(t, n, "c_") }

// ledgerOf is ledgerDir with another beginning of command ids and keys.
func ledgerOf(t *testing.T, n int, prefix string) string {
	t.Helper()
	dir := t.TempDir()
	broker, err := embedded.Start(filepath.Join(dir, "log"), "", zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	cfg := stream.Local(broker.Addr())
	cfg.Now = time.Now
	client, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	if err := client.EnsureTopics(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := defaultSettings()
	s.Data = dir
	fold := &folded{}
	caughtUp := make(chan struct{})
	close(caughtUp)
	signer, err := notary.New(notary.DefaultConfig(), notary.Deps{
		Journal: fold, CaughtUp: caughtUp, Signer: s.signingKey, Book: notary.Files{Dir: dir}, Now: time.Now,
	}, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		command, err := journal.NewCommand(journal.Command{
			ID: fmt.Sprintf("%s%04d", prefix, i+1), Type: journal.TypeKeyAdd, At: claimwatch.Instant(1_772_000_000_000 + int64(i)*60_000),
			Actor: journal.Actor{Key: journal.SystemKey}, Reason: fmt.Sprint("desk ", i),
		}, key.Key{SHA256: key.Hash(fmt.Sprint(prefix, i)), Roles: []claimwatch.CallerRole{claimwatch.RoleOfficer}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		messages, err := journal.Encode(command)
		if err != nil {
			t.Fatal(err)
		}
		if i%9 == 4 {
			messages = append(messages, messages...) // a sender that did not hear back
		}
		if err := client.Writer(claimwatch.TopicJournal).Write(t.Context(), messages...); err != nil {
			t.Fatal(err)
		}
		for _, m := range messages {
			if _, err := fold.state.Take(m); err != nil {
				t.Fatal(err)
			}
		}
		if err := client.Writer(claimwatch.TopicQuarantine).Write(t.Context(), messages...); err != nil {
			t.Fatal(err)
		}
		if i%20 == 19 || i == n-1 {
			if _, _, err := signer.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
	if err := broker.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// folded is a journal without a log.
type folded struct{ state journal.State }

func (f *folded) Mark() proof.Checkpoint { return f.state.Mark() }

func (f *folded) MarkAt(size uint64) (proof.Checkpoint, error) {
	if mark := f.state.Mark(); mark.Size == size {
		return mark, nil
	}
	return proof.Checkpoint{}, fmt.Errorf("only the head is known")
}

func (f *folded) Leaves(after, size uint64) []journal.Leaf { return f.state.Leaves()[after:size] }

func segmentOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "log", "kafka", "partitions", claimwatch.TopicJournal+"-0", "*.dat"))
	if err != nil || len(files) != 1 {
		t.Fatalf("segments are %v, %v", files, err)
	}
	return files[0]
}

// batchesOf cuts a whole segment into its batches.
func batchesOf(segment []byte) (batches [][]byte) {
	for len(segment) > 0 {
		size := 12 + int(binary.BigEndian.Uint32(segment[8:]))
		batches, segment = append(batches, segment[:size]), segment[size:]
	}
	return batches
}

// renumber makes the offsets and checksums of batches as if nothing had happened:
// what a forger who knows the format does.
func renumber(batches [][]byte) [][]byte {
	offset, list := uint64(0), make([][]byte, len(batches))
	for i, b := range batches {
		list[i] = bytes.Clone(b)
		binary.BigEndian.PutUint64(list[i], offset)
		binary.BigEndian.PutUint32(list[i][17:], crc32.Checksum(list[i][21:], crc32.MakeTable(crc32.Castagnoli)))
		offset += uint64(binary.BigEndian.Uint32(b[23:])) + 1
	}
	return list
}

func checkedDir(t *testing.T, dir string) *verify.Report {
	t.Helper()
	report, err := checkData(dir, verify.Options{})
	if err != nil {
		t.Fatalf("checkData() error:\n%+v", err)
	}
	return report
}

// A stopped directory is whole, and reading it changes no byte of it.
func TestVerifyWholeDirectory(t *testing.T) {
	dir := ledgerDir(t, 30)
	before := treeOf(t, dir)
	r := checkedDir(t, dir)
	if !r.Whole || r.Entries != 30 || r.Signed != 30 || len(r.Notes) > 0 || len(r.Keys) != 1 {
		t.Errorf("the report is %+v", r)
	}
	if after := treeOf(t, dir); before != after {
		t.Error("verify has changed the directory")
	}
	broker, err := embedded.Start(filepath.Join(dir, "log"), "", zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := checkData(dir, verify.Options{}); err == nil || !strings.Contains(err.Error(), "is open in process") {
		t.Errorf("a directory that is open is read: %v", err)
	}
	if err := broker.Close(); err != nil {
		t.Fatal(err)
	}
}

func treeOf(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(&all, "%s %x\n", path, crc32.ChecksumIEEE(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// The part of the log of "1,000 random places, each located": a byte, a batch, two
// batches, a batch too many, an end; half of them by a forger who mends offsets and
// checksums.
func TestTamperedLog(t *testing.T) {
	dir := ledgerDir(t, 60)
	path := segmentOf(t, dir)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	batches := batchesOf(whole)
	if len(batches) < 60 {
		t.Fatalf("only %d batches", len(batches))
	}
	foreign, err := os.ReadFile(segmentOf(t, ledgerOf(t, 60, "x_")))
	if err != nil {
		t.Fatal(err)
	}
	forged := batchesOf(foreign) // commands that nobody gave
	r := rand.New(rand.NewPCG(5, 2))
	for n := range 300 {
		i, j := r.IntN(len(batches)), r.IntN(len(batches))
		for j == i {
			j = r.IntN(len(batches))
		}
		list, mend := slices.Clone(batches), n%2 == 0
		var text []byte
		wants, what, inserted, copied := []int{i}, "", int64(-1), false
		switch n % 5 {
		case 0:
			what = fmt.Sprint("flip in batch ", i, mend)
			list[i] = bytes.Clone(list[i])
			at := r.IntN(len(list[i]))
			if mend {
				at = len(list[i]) - 1 - r.IntN(len(list[i])-70) // in the record itself
			}
			list[i][at] ^= byte(1 + r.IntN(255))
		case 1:
			what, list = fmt.Sprint("drop batch ", i, mend), slices.Delete(list, i, i+1)
		case 2:
			what, wants = fmt.Sprint("swap batches ", i, j, mend), []int{i, j}
			list[i], list[j] = list[j], list[i]
		case 3:
			what = fmt.Sprint("insert before batch ", j, mend)
			list, inserted = slices.Insert(list, j, forged[i]), int64(len(bytes.Join(list[:j], nil)))
			if !mend && n%4 == 1 {
				list[j], copied = batches[i], true
			}
		default:
			at := r.IntN(len(whole))
			text, what, wants = whole[:at], fmt.Sprint("cut at byte ", at), []int{0}
			for sum := 0; sum+len(batches[wants[0]]) <= at; wants[0]++ {
				sum += len(batches[wants[0]])
			}
		}
		if mend {
			list = renumber(list)
		}
		if text == nil {
			text = bytes.Join(list, nil)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		report := checkedDir(t, dir)
		located := slices.ContainsFunc(report.Faults, func(f verify.Fault) bool {
			if inserted >= 0 {
				return f.Kind != verify.Changed && f.Byte == inserted
			}
			return slices.ContainsFunc(wants, func(batch int) bool { return f.Seq == uint64(batch+1) })
		})
		if report.Whole || !located {
			t.Errorf("%d: %s: want one of %v (from 0) named, got\n%v", n, what, wants, report.Faults)
		}
		if copied && (len(report.Faults) != 1 || report.Faults[0].Kind != verify.Inserted) {
			t.Errorf("%d: %s: a copy of batch %d accuses others too:\n%v", n, what, i, report.Faults)
		}
	}
}

// With --head, a directory from which the end was cut off together with everything
// beside it is found out; without, it cannot be.
func TestVerifyWithPublishedHead(t *testing.T) {
	dir := ledgerDir(t, 40)
	published, err := os.ReadFile(filepath.Join(dir, verify.FileCheckpoints))
	if err != nil {
		t.Fatal(err)
	}
	notes, _ := proof.Split(published)
	leaves, err := os.ReadFile(filepath.Join(dir, verify.FileLeaves))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(segmentOf(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string][]byte{
		filepath.Join(dir, verify.FileCheckpoints): notes[0].Text,
		filepath.Join(dir, verify.FileLeaves):      bytes.Join(bytes.SplitAfter(leaves, []byte("\n"))[:20], nil),
		segmentOf(t, dir):                          bytes.Join(batchesOf(whole)[:20], nil),
	} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(filepath.Dir(segmentOf(t, dir)), "snapshot.json")); err != nil {
		t.Fatal(err)
	}
	head := filepath.Join(t.TempDir(), "published")
	if err := os.WriteFile(head, published, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	term := terminal{in: strings.NewReader(""), out: &out, err: &errs}
	if code := execute(context.Background(), []string{"verify", dir}, term); code != exitDone {
		t.Errorf("without the published head: exit code %d\n%s%s", code, &out, &errs)
	}
	out.Reset()
	if code := execute(context.Background(), []string{"verify", dir, "--json", "--head", head, "--pub", filepath.Join(dir, verify.FilePublic)}, term); code != exitFailed {
		t.Errorf("with the published head: exit code %d\n%s%s", code, &out, &errs)
	}
	var report verify.Report
	if err := json.Unmarshal(out.Bytes(), &report); err != nil || !slices.ContainsFunc(report.Faults, func(f verify.Fault) bool {
		return f.Kind == verify.Cut && f.Seq == 21 && f.To == 40
	}) {
		t.Errorf("the report is %s, %v", &out, err)
	}
}
