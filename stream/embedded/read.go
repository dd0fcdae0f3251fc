package embedded

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/twmb/franz-go/pkg/kmsg"

	"claimwatch"
)

// Stored is a message with the place where its batch begins.
type Stored struct {
	claimwatch.Message
	File string // name of the segment, with its directory
	Byte int64
}

// Damage is a place of a stopped log that is not as the broker left it.
type Damage struct {
	Kind string // changed, missing, swapped, inserted or torn
	File string
	Byte int64
	What string
}

// The kinds of damage. Torn is an end that was not written whole, which a crash
// leaves too.
const (
	DamageChanged  = "changed"
	DamageMissing  = "missing"
	DamageSwapped  = "swapped"
	DamageInserted = "inserted"
	DamageTorn     = "torn"
)

// batch is where a record batch stands in the files.
type batch struct {
	file    string
	at      int64
	raw     []byte
	offset  int64 // of its first record, as it says
	records int64
}

const (
	batchPrefix = 12 // offset and length
	batchHeader = 61
	indexEntry  = 15 // of a .idx file: one for each batch
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Read reads the log of a topic's partition in dir, the directory that Start was
// given, without opening it: no byte changes, and damage is told instead of cut off
// as a start would. It refuses a directory that a process has open. handle gets the
// messages in the order in which they stand, between them the damage at its place;
// exactly one of its arguments is not nil.
func Read(dir, topic string, partition int, handle func(*Stored, *Damage) error) error {
	unlock, err := readLock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	folder := filepath.Join(dir, "kafka", "partitions", fmt.Sprintf("%s-%d", url.PathEscape(topic), partition))
	bases, err := segments(folder)
	if err != nil {
		return err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("read log: %w", err)
	}
	defer decoder.Close()
	order, err := offsets(folder, bases)
	if err != nil {
		return err
	}
	found := 0 // damage, from when on the files beside the segments fit no more
	tell := func(d Damage) error {
		found++
		return handle(nil, &d)
	}
	beside := newBeside(folder, order)
	for _, base := range bases {
		name, before := segmentName(folder, base), found
		file, err := os.ReadFile(filepath.Join(folder, strconv.FormatInt(base, 10)+".dat"))
		if err != nil {
			return fmt.Errorf("read log: %w", err)
		}
		beside.segment(base)
		err = walk(name, file, func(b *batch, d *Damage) error {
			if d != nil {
				return tell(*d)
			}
			for _, d := range append(order.judge(b), beside.judge(b)...) {
				if err := tell(d); err != nil {
					return err
				}
			}
			return messages(topic, partition, b, decoder, func(s *Stored, d *Damage) error {
				if d != nil {
					return tell(*d)
				}
				return handle(s, nil)
			})
		})
		if err != nil {
			return err
		}
		if d := beside.index(); d != nil && found == before {
			if err := tell(*d); err != nil {
				return err
			}
		}
	}
	if end := order.end(); end != nil {
		return tell(*end)
	}
	if d := beside.snapshot(); d != nil && found == 0 {
		return tell(*d)
	}
	return nil
}

// segmentName is the file of a segment as damage names it.
func segmentName(folder string, base int64) string {
	return filepath.Base(folder) + "/" + strconv.FormatInt(base, 10) + ".dat"
}

// Partitions lists the partitions of a log in dir, the directory that Start was given.
func Partitions(dir string) (topics []string, partitions []int, err error) {
	entries, err := os.ReadDir(filepath.Join(dir, "kafka", "partitions"))
	if err != nil {
		return nil, nil, fmt.Errorf("read log: %w", err)
	}
	for _, entry := range entries {
		at := strings.LastIndexByte(entry.Name(), '-')
		number, err := strconv.Atoi(entry.Name()[at+1:])
		if err != nil || at < 1 {
			return nil, nil, fmt.Errorf("read log: %s is no partition", entry.Name())
		}
		topic, err := url.PathUnescape(entry.Name()[:at])
		if err != nil {
			return nil, nil, fmt.Errorf("read log: %s is no partition", entry.Name())
		}
		topics, partitions = append(topics, topic), append(partitions, number)
	}
	return topics, partitions, nil
}

// readLock keeps a process from starting on the directory meanwhile, and refuses one
// that a process has open.
func readLock(dir string) (func(), error) {
	if _, err := os.Stat(filepath.Join(dir, "LOCK")); errors.Is(err, fs.ErrNotExist) {
		return func() {}, nil // a copy of the files: nobody can have it open
	}
	lock, err := lockShared(dir)
	if err != nil {
		return nil, err
	}
	return func() { lock.Close() }, nil //nolint:errcheck // only the lock goes
}

func segments(folder string) ([]int64, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("read log: %w", err)
	}
	var bases []int64
	for _, entry := range entries {
		if name, is := strings.CutSuffix(entry.Name(), ".dat"); is {
			base, err := strconv.ParseInt(name, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("read log: %s is no segment", entry.Name())
			}
			bases = append(bases, base)
		}
	}
	slices.Sort(bases)
	return bases, nil
}

// walk cuts a segment into its batches. Behind bytes that are none it goes on with
// the next batch whose checksum fits.
func walk(name string, file []byte, handle func(*batch, *Damage) error) error {
	for at := 0; at < len(file); {
		size, fault := batchAt(file[at:])
		if fault == "" {
			b := &batch{name, int64(at), file[at : at+size], int64(binary.BigEndian.Uint64(file[at:])), 0}
			b.records = int64(int32(binary.BigEndian.Uint32(file[at+23:]))) + 1
			if err := handle(b, nil); err != nil {
				return err
			}
			at += size
			continue
		}
		next := at + 1
		for next < len(file) {
			if _, bad := batchAt(file[next:]); bad == "" {
				break
			}
			next++
		}
		kind := DamageChanged
		if next == len(file) {
			kind, fault = DamageTorn, fmt.Sprintf("the last %d bytes are no whole batch: %s", len(file)-at, fault)
		}
		if size > 0 && at+size == next {
			kind = DamageChanged // a batch of the right length
		}
		if err := handle(nil, &Damage{kind, name, int64(at), fault}); err != nil {
			return err
		}
		at = next
	}
	return nil
}

// batchAt gives the length of the batch at the beginning of the bytes, and what is
// wrong with it; a length comes with a wrong checksum too.
func batchAt(raw []byte) (size int, fault string) {
	if len(raw) < batchHeader {
		return 0, "it ends within a batch"
	}
	size = batchPrefix + int(int32(binary.BigEndian.Uint32(raw[8:])))
	switch {
	case size < batchHeader || raw[16] != 2:
		return 0, "the head of the batch is broken"
	case size > len(raw):
		return 0, "it ends within a batch"
	case crc32.Checksum(raw[21:size], castagnoli) != binary.BigEndian.Uint32(raw[17:]):
		return size, "the checksum of the batch does not fit"
	}
	return size, ""
}

// messages unpacks a batch whose checksum fits.
func messages(topic string, partition int, b *batch, decoder *zstd.Decoder, handle func(*Stored, *Damage) error) error {
	broken := func(what string) error { return handle(nil, &Damage{DamageChanged, b.file, b.at, what}) }
	var head kmsg.RecordBatch
	if err := head.ReadFrom(b.raw); err != nil {
		return broken("the batch cannot be read: " + err.Error())
	}
	records := head.Records
	switch codec := head.Attributes & 7; codec {
	case 0:
	case 4:
		var err error
		if records, err = decoder.DecodeAll(records, nil); err != nil {
			return broken("the batch cannot be unpacked: " + err.Error())
		}
	default:
		return broken(fmt.Sprintf("the batch is packed in a way (%d) that claimwatch never writes", codec))
	}
	if head.Attributes&^7 != 0 || head.ProducerID != -1 || head.ProducerEpoch != -1 || head.FirstSequence != -1 || int64(head.LastOffsetDelta)+1 != int64(head.NumRecords) {
		return broken("the batch has a head that claimwatch never writes")
	}
	latest := int64(math.MinInt64)
	for i := range head.NumRecords {
		length, n := binary.Varint(records)
		if n <= 0 || length < 0 || length > int64(len(records)-n) {
			return broken("a record of the batch cannot be read")
		}
		var record kmsg.Record
		if err := record.ReadFrom(records[:n+int(length)]); err != nil {
			return broken("a record of the batch cannot be read: " + err.Error())
		}
		records = records[n+int(length):]
		if record.Attributes != 0 || record.OffsetDelta != i {
			return broken("a record of the batch is not written as claimwatch does")
		}
		latest = max(latest, head.FirstTimestamp+record.TimestampDelta64)
		m := claimwatch.Message{
			Topic: topic, Partition: partition, Offset: b.offset + int64(i), Key: record.Key, Value: record.Value,
			Time: time.UnixMilli(head.FirstTimestamp + record.TimestampDelta64),
		}
		for _, header := range record.Headers {
			if m.Headers == nil {
				m.Headers = map[string]string{}
			}
			m.Headers[header.Key] = string(header.Value)
		}
		if err := handle(&Stored{m, b.file, b.at}, nil); err != nil {
			return err
		}
	}
	if len(records) > 0 || latest != head.MaxTimestamp {
		return broken("the batch has bytes behind its records, or another time than they")
	}
	return nil
}
