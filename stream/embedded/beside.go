package embedded

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// beside holds the files that stand beside the segments of a partition against them:
// the index of each segment and the snapshot of the last stop in good order. Nothing
// of them reaches a reader, but whoever changed them meant something else.
type beside struct {
	folder string
	order  *order
	base   int64  // of the segment that is read
	want   []byte // its index as it must be
	got    []byte
	latest int64           // time of the latest record so far
	below  map[int64]int64 // base of a segment to its bytes below the offset of the snapshot
	newest int64           // time of the latest record below it
}

func newBeside(folder string, o *order) *beside {
	return &beside{folder: folder, order: o, below: map[int64]int64{}}
}

// segment begins with the next segment. What cannot be read is an index without
// entries.
func (b *beside) segment(base int64) {
	b.base, b.want = base, nil
	b.got, _ = os.ReadFile(filepath.Join(b.folder, strconv.FormatInt(base, 10)+".idx"))
	b.below[base] = 0
}

// judge notes the next batch, and holds its epoch, which is under no checksum,
// against that of the index.
func (b *beside) judge(one *batch) []Damage {
	if time := int64(binary.BigEndian.Uint64(one.raw[35:])); len(b.want) == 0 && len(b.below) == 1 || time > b.latest {
		b.latest = time
	}
	if one.offset+one.records <= b.order.high {
		b.below[b.base] += int64(len(one.raw))
		b.newest = b.latest
	}
	epoch, at := binary.BigEndian.Uint32(one.raw[12:]), len(b.want)
	b.want = append(b.want, indexed(epoch, b.latest)...)
	if at == 0 && one.offset != b.base {
		return []Damage{{DamageSwapped, one.file, one.at, fmt.Sprintf("the segment begins with offset %d, another one than its name says", one.offset)}}
	}
	if len(b.got) < at+indexEntry {
		return nil
	}
	entry := b.got[at : at+indexEntry]
	if said := binary.LittleEndian.Uint32(entry[2:]); said != epoch && bytes.Equal(entry, indexed(said, b.latest)) {
		copy(b.want[at:], entry) // the index is as it was written: told here, not there
		return []Damage{{DamageChanged, one.file, one.at, "the epoch of the batch is not that of the index"}}
	}
	return nil
}

// indexed is the entry of a batch in the index: version, one byte of the checksum of
// the rest, epoch, time of the latest record so far, no transaction.
func indexed(epoch uint32, latest int64) []byte {
	entry := binary.LittleEndian.AppendUint32([]byte{1, 0}, epoch)
	entry = append(binary.LittleEndian.AppendUint64(entry, uint64(latest)), 0)
	entry[1] = byte(crc32.Checksum(entry[2:], castagnoli))
	return entry
}

// index says what is wrong with the index of the segment that was read. One that is
// longer or shorter is what a crash leaves too; after a stop in good order it is not.
func (b *beside) index() *Damage {
	name, at := filepath.Base(b.folder)+"/"+strconv.FormatInt(b.base, 10)+".idx", 0
	for at < len(b.got) && at < len(b.want) && b.got[at] == b.want[at] {
		at++
	}
	switch {
	case at == len(b.got) && at == len(b.want):
		return nil
	case at < len(b.got) && at < len(b.want):
		return &Damage{DamageChanged, name, int64(at - at%indexEntry), "the entry of the index is not that of its batch"}
	case b.clean():
		return &Damage{DamageChanged, name, int64(at), fmt.Sprintf("the index has %d bytes, of its batches it should have %d", len(b.got), len(b.want))}
	default:
		return &Damage{DamageTorn, name, int64(at), "the index was not written whole"}
	}
}

// clean says whether the log was stopped in good order and not opened since.
func (b *beside) clean() bool { return b.order.high > 0 && b.order.high == b.order.ends }

// partSnapshot is what a stop in good order writes of a partition.
type partSnapshot struct {
	Version       int       `json:"version"`
	HighWatermark int64     `json:"high_watermark"`
	Stable        int64     `json:"last_stable_offset"`
	Start         int64     `json:"log_start_offset"`
	Epoch         int32     `json:"epoch"`
	Leader        int32     `json:"leader_node,omitempty"`
	Latest        int64     `json:"max_timestamp"`
	CreatedAt     time.Time `json:"created_at"`
	Segments      []struct {
		Base int64 `json:"base_offset"`
		Size int64 `json:"size"`
	} `json:"segments"`

	file string
	text []byte // nil: there is none
}

func readSnapshot(folder string) (s partSnapshot) {
	text, err := os.ReadFile(filepath.Join(folder, "snapshot.json"))
	if err == nil && json.Unmarshal(text, &s) != nil {
		s = partSnapshot{}
	}
	s.file, s.text = filepath.Base(folder)+"/snapshot.json", text
	return s
}

// snapshot says what is wrong with the snapshot of a partition whose segments are
// whole. The segments may have grown since.
func (b *beside) snapshot() *Damage {
	s := readSnapshot(b.folder)
	if s.text == nil {
		return nil // it was never stopped in good order
	}
	again, err := json.Marshal(s)
	sound := err == nil && bytes.Equal(again, s.text) && s.Version == 1 && s.Stable == s.HighWatermark && s.Start == 0
	for _, segment := range s.Segments {
		size, there := b.below[segment.Base]
		sound = sound && there && size == segment.Size
	}
	if sound && (s.HighWatermark == 0 || s.Latest == b.newest) {
		return nil
	}
	return &Damage{DamageChanged, s.file, 0, "it is not what the last stop in good order wrote about these segments"}
}
