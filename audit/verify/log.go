package verify

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/export"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// Files beside the log of a data directory.
const (
	FileCheckpoints = "journal.checkpoints" // notes, the oldest first
	FileLeaves      = "journal.leaves"      // a line an entry, see LeafLine
	FilePublic      = "journal.pub"         // the key
	FileSigning     = "journal.signing"     // there while leaves and checkpoint are appended
)

// LeafLine writes an entry for FileLeaves: number, leaf, hash of the entry, mark of
// the command. The root of a checkpoint covers the leaves, so that the list tells
// which entry was changed, not only that one was.
func LeafLine(l journal.Leaf) string {
	return fmt.Sprintf("%d %s %s %s\n", l.Seq, l.Leaf, l.Entry, l.Command)
}

// ParseLeafLine reads a line with its end.
func ParseLeafLine(line string) (l journal.Leaf, err error) {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), " ")
	if len(parts) != 4 {
		return l, fmt.Errorf("read leaf: it has %d parts", len(parts))
	}
	if l.Seq, err = strconv.ParseUint(parts[0], 10, 64); err != nil {
		return l, fmt.Errorf("read leaf: %w", err)
	}
	if l.Leaf, err = proof.ParseHash(parts[1]); err != nil {
		return l, fmt.Errorf("read leaf: %w", err)
	}
	l.Entry, l.Command = parts[2], parts[3]
	if _, ok := export.Hash(l.Entry); !ok || len(l.Command) != 16 || LeafLine(l) != line {
		return l, fmt.Errorf("read leaf: it is not written as leaves are")
	}
	return l, nil
}

// Message is a message of the journal's topic with its place.
type Message struct {
	claimwatch.Message
	File string
	Byte int64
}

// Damage is a place of the log that is not as it was written.
type Damage struct {
	Kind Kind
	Torn bool // the end was not written whole: a crash does that too
	File string
	Byte int64
	What string
}

// Source hands over the log in the order in which it stands, messages and damage;
// exactly one of the arguments is not nil.
type Source func(handle func(*Message, *Damage) error) error

// Beside is what stands beside the log.
type Beside struct {
	Checkpoints, Leaves []byte
	Signing             bool     // FileSigning is there: a crash came between leaves and checkpoint
	Public              []byte   // FilePublic; its keys are used when no others are given
	Others              []Damage // of the other topics of the log, which nobody signs
}

// sighting is something that stands in the log, in the order of the log.
type sighting struct {
	file   string
	at     int64
	offset int64
	damage *Damage
	seq    uint64 // the entry that it is, by the list of leaves; 0: none of them
	folded uint64 // the entry that the fold made of it; 0: none
	said   string // of what is no entry
}

// logCheck is the examination of one log.
type logCheck struct {
	report *Report
	leaves []journal.Leaf    // authentic as far as proven
	marks  map[string]uint64 // mark of a command to its entry
	seen   []sighting
	places map[uint64]int // entry to its sighting
	state  journal.State
	roots  map[uint64]proof.Checkpoint // what the fold was at the sizes of checkpoints
}

// Log folds the log of a stopped process anew and holds it against the checkpoints
// and leaves beside it, and against heads that stand elsewhere.
func Log(source Source, beside Beside, opts Options) (*Report, error) {
	r := &Report{What: "log"}
	keys := r.public(beside.Public)
	if len(opts.Keys) > 0 {
		keys = opts.Keys
	}
	if notes, rest := proof.Split(beside.Checkpoints); beside.Signing && len(rest.Text) > 0 {
		r.note("%s: the checkpoint after the first %d is not whole: a crash leaves that, and it is signed anew", FileCheckpoints, len(notes))
		beside.Checkpoints = beside.Checkpoints[:rest.Byte]
	}
	own := r.marks(FileCheckpoints, beside.Checkpoints, keys, opts)
	elsewhere := r.heads(keys, opts)
	r.against(own, elsewhere)
	marks := append(own, elsewhere...)
	slices.SortStableFunc(marks, func(a, b proof.Checkpoint) int { return int(int64(a.Size) - int64(b.Size)) })
	c := &logCheck{report: r, marks: map[string]uint64{}, places: map[uint64]int{}, roots: map[uint64]proof.Checkpoint{}}
	c.readLeaves(beside.Leaves)
	for _, l := range c.leaves {
		c.marks[l.Command] = l.Seq
	}
	for _, m := range marks {
		c.roots[m.Size] = proof.Checkpoint{}
	}
	c.noteRoot()
	if err := source(c.see); err != nil {
		return nil, err
	}
	r.Entries = c.state.Mark().Size
	if r.Entries > 0 {
		r.Head = c.state.Mark().Head
	}
	c.judge(marks)
	if !beside.Signing {
		c.unsigned(own, int64(len(beside.Checkpoints)))
	}
	for i := range beside.Others {
		c.damaged(&beside.Others[i], 0)
	}
	return r.finish(), nil
}

// public reads the keys beside a log, which are written a key a line.
func (r *Report) public(text []byte) []*proof.Verifier {
	keys, err := Keys(text)
	var again strings.Builder
	for _, key := range keys {
		again.WriteString(key.String() + "\n")
	}
	if err == nil && again.String() != string(text) {
		err = errors.New("it is not written as lists of keys are")
	}
	if err != nil {
		r.fault(Fault{Kind: Changed, File: FilePublic, Line: 1, What: err.Error()})
	}
	return keys
}

// readLeaves reads the list of leaves, with a fault for each line that is none, or
// not in its place; what such a line said is left empty.
func (c *logCheck) readLeaves(text []byte) {
	var good []journal.Leaf
	var places []place
	at, number, broken := int64(0), 0, 0
	fault := func(seq uint64, line int, at int64) {
		c.report.fault(Fault{Kind: Changed, Seq: seq, File: FileLeaves, Line: line, Byte: at, What: "it is not the line of an entry in its place"})
	}
	for line := range strings.Lines(string(text)) {
		number++
		leaf, err := ParseLeafLine(line)
		switch {
		case !strings.HasSuffix(line, "\n"):
			c.report.note("the last line of %s is not whole: a crash leaves that, and it is written anew", FileLeaves)
		case err != nil || leaf.Seq > uint64(number+broken): // two lines that became one move the rest by one
			fault(uint64(number), number, at)
			broken++
		default:
			good, places = append(good, leaf), append(places, place{number, at})
		}
		at += int64(len(line))
	}
	seqs := make([]int64, len(good))
	for i, leaf := range good {
		seqs[i] = int64(leaf.Seq)
	}
	for i, stays := range increasing(seqs) {
		if !stays {
			fault(good[i].Seq, places[i].line, places[i].at)
			broken++
			continue
		}
		if gap := uint64(len(c.leaves)) + 1; gap < good[i].Seq && broken == 0 {
			fault(gap, places[i].line, places[i].at)
		}
		for uint64(len(c.leaves))+1 < good[i].Seq {
			c.leaves = append(c.leaves, journal.Leaf{Seq: uint64(len(c.leaves)) + 1})
		}
		c.leaves = append(c.leaves, good[i])
	}
}

// see takes what stands in the log next.
func (c *logCheck) see(m *Message, d *Damage) error {
	if d != nil {
		c.seen = append(c.seen, sighting{file: d.File, at: d.Byte, damage: d})
		return nil
	}
	if n := len(c.seen); n > 0 && c.seen[n-1].damage != nil {
		if last := c.seen[n-1]; last.damage.Kind == Inserted && last.file == m.File && last.at == m.Byte {
			return nil // told already; folding it would accuse others
		}
	}
	s := sighting{file: m.File, at: m.Byte, offset: m.Offset}
	taken, err := c.state.Take(m.Message)
	switch {
	case err != nil:
		s.said = "a message that is no command: " + err.Error()
	case taken.Command == nil:
		return nil // a part: its command is to come
	default:
		s.said = fmt.Sprintf("command %s (%s)", taken.Command.ID, taken.Command.Type)
		seq := c.marks[journal.CommandMark(taken.Canonical)]
		if _, placed := c.places[seq]; seq > 0 && !placed && c.isEntry(seq, taken.Canonical) {
			s.seq, c.places[seq] = seq, len(c.seen)
		} else if taken.Repeated {
			return nil // a sender that did not hear back sends again
		}
		if taken.Accepted != nil {
			s.folded = taken.Accepted.Seq
			c.noteRoot()
		}
	}
	c.seen = append(c.seen, s)
	return nil
}

// isEntry says whether a command makes the entry that its line of the list names.
func (c *logCheck) isEntry(seq uint64, canonical []byte) bool {
	prev := ""
	if seq > 1 {
		prev = c.leaves[seq-2].Entry
	}
	entry, err := journal.NewEntry(seq, prev, canonical)
	return err == nil && proof.Leaf(entry.Body) == c.leaves[seq-1].Leaf
}

func (c *logCheck) noteRoot() {
	mark := c.state.Mark()
	if _, asked := c.roots[mark.Size]; asked {
		c.roots[mark.Size] = mark
	}
}

// Keys reads the text of FilePublic: a key a line.
func Keys(text []byte) (keys []*proof.Verifier, err error) {
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		key, err := proof.NewVerifier(string(line))
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}
