package verify

import (
	"fmt"
	"slices"

	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// judge compares the fold and the list of leaves with the marks.
func (c *logCheck) judge(marks []proof.Checkpoint) {
	r := c.report
	faultsBefore := len(r.Faults)
	var tree proof.Tree
	for _, l := range c.leaves {
		tree.Append(l.Leaf)
	}
	byFold, byList := uint64(0), uint64(0)
	var failed *proof.Checkpoint
	for i, m := range marks {
		if mark := c.roots[m.Size]; mark.Root == m.Root && mark.Head == m.Head && mark.Size == m.Size {
			byFold = max(byFold, m.Size)
		} else if failed == nil {
			failed = &marks[i]
		}
		if root, err := tree.Root(m.Size); err == nil && root == m.Root {
			byList = max(byList, m.Size)
		}
	}
	r.Signed = byFold
	switch {
	case failed == nil:
		c.whole(byFold)
	case byList >= failed.Size:
		c.compare(byList)
	default:
		c.damages(nil)
		what := "the fold of the log is not what was signed"
		if r.Entries < failed.Size {
			r.fault(Fault{Kind: Cut, Seq: r.Entries + 1, To: failed.Size, What: fmt.Sprintf("%d entries were signed, the log has %d", failed.Size, r.Entries)})
		} else {
			r.fault(Fault{Kind: Forked, Seq: byFold + 1, To: failed.Size, What: what + "; the list of leaves, which would say where, is not the one that was signed either"})
		}
	}
	if len(marks) == 0 && len(r.Faults) == faultsBefore {
		r.note("there is no checkpoint: the log is whole in itself, and nothing says that it is the one that was written")
	} else if r.Entries > byFold && len(r.Faults) == 0 {
		r.note("entries %d to %d came after the last checkpoint: nobody has signed them yet", byFold+1, r.Entries)
	}
}

// whole is for a log whose fold is what was signed: what is left are damage that
// concerns no entry, and lines of the list that are not those of the fold.
func (c *logCheck) whole(upTo uint64) {
	c.damages(nil)
	have := map[uint64]journal.Leaf{}
	for _, l := range c.state.Leaves() {
		have[l.Seq] = l
	}
	at := int64(0)
	for i, l := range c.leaves {
		want, there := have[l.Seq]
		if there && l != want && l.Entry != "" {
			c.report.fault(Fault{Kind: Changed, Seq: l.Seq, File: FileLeaves, Line: i + 1, Byte: at, What: "it is not the leaf of the entry in the log"})
		}
		if !there {
			c.report.fault(Fault{Kind: Cut, Seq: l.Seq, To: c.leaves[len(c.leaves)-1].Seq, What: "the list of leaves has it, and the log ends before it"})
			break
		}
		at += int64(len(LeafLine(l)))
	}
	if n := uint64(len(c.leaves)); n < upTo {
		c.report.fault(Fault{Kind: Cut, Seq: n + 1, To: upTo, File: FileLeaves, Line: int(n) + 1, Byte: at, What: "the list of leaves ends before the checkpoint"})
	}
}

// unsigned reports leaves that no checkpoint covers: they are appended together, and
// a crash between the two leaves its mark.
func (c *logCheck) unsigned(own []proof.Checkpoint, end int64) {
	if slices.ContainsFunc(c.report.Faults, func(f Fault) bool { return f.File == FileCheckpoints || f.File == FileLeaves }) {
		return // they have been told, and may be why
	}
	covered := uint64(0)
	for _, m := range own {
		covered = max(covered, m.Size)
	}
	if n := uint64(len(c.leaves)); n > covered {
		c.report.fault(Fault{Kind: Cut, Seq: covered + 1, To: n, File: FileCheckpoints, Byte: end, What: fmt.Sprintf(
			"%s lists %d entries, and the last checkpoint covers %d", FileLeaves, n, covered)})
	}
}

// damages reports the places that no entry explains.
func (c *logCheck) damages(explained map[int]bool) {
	for i, s := range c.seen {
		if s.damage == nil || explained[i] {
			continue
		}
		seq := uint64(0)
		for _, other := range c.seen { // the entry that stands in the batch
			if other.seq > 0 && other.file == s.file && other.at == s.at {
				seq = other.seq
				break
			}
		}
		c.damaged(s.damage, seq)
	}
}

func (c *logCheck) damaged(d *Damage, seq uint64) {
	if d.Torn {
		c.report.note("%s, byte %d: %s: a crash leaves that, and nothing of it was acknowledged", d.File, d.Byte, d.What)
		return
	}
	c.report.fault(Fault{Kind: d.Kind, Seq: seq, File: d.File, Byte: d.Byte, What: d.What})
}

// compare holds the log against the list of leaves, which is the one that was signed.
func (c *logCheck) compare(upTo uint64) {
	explained := map[int]bool{}
	c.swapped()
	for seq := uint64(1); seq <= upTo; seq++ {
		if _, there := c.places[seq]; there {
			continue
		}
		to := seq
		for to < upTo && !c.placed(to+1) {
			to++
		}
		c.absent(seq, to, upTo, explained)
		seq = to
	}
	c.damages(explained)
	diverged := false
	for i, s := range c.seen {
		if s.seq > 0 {
			diverged = diverged || s.folded != s.seq
			continue
		}
		if s.folded > 0 && !explained[i] && c.placedAfter(i) && !diverged {
			c.report.fault(Fault{Kind: Inserted, Seq: s.folded, File: s.file, Byte: s.at, What: fmt.Sprintf("offset %d: %s is not in the signed journal", s.offset, s.said)})
			diverged = true
		}
	}
}

func (c *logCheck) placed(seq uint64) bool { _, there := c.places[seq]; return there }

func (c *logCheck) placedAfter(i int) bool {
	return slices.ContainsFunc(c.seen[i+1:], func(s sighting) bool { return s.seq > 0 })
}

// swapped reports the entries that stand in another place of the log.
func (c *logCheck) swapped() {
	var list []int64
	var where []sighting
	for _, s := range c.seen {
		if s.seq > 0 {
			list, where = append(list, int64(s.seq)), append(where, s)
		}
	}
	for i, stays := range increasing(list) {
		if !stays {
			s := where[i]
			c.report.fault(Fault{Kind: Swapped, Seq: s.seq, File: s.file, Byte: s.at, What: fmt.Sprintf("it stands at offset %d, another place than it was written to", s.offset)})
		}
	}
}

// absent reports entries that are not in the log: changed, when something else
// stands in their place, else missing or cut off.
func (c *logCheck) absent(from, to, upTo uint64, explained map[int]bool) {
	begin, end := 0, len(c.seen)
	if from > 1 && c.placed(from-1) {
		begin = c.places[from-1] + 1
	}
	if c.placed(to + 1) {
		end = c.places[to+1]
	}
	var instead []int
	for i := begin; i < end; i++ {
		s := c.seen[i]
		isGap := s.damage != nil && s.damage.Kind == Missing
		if s.seq == 0 && !isGap && !explained[i] {
			instead = append(instead, i)
		}
		if isGap {
			explained[i] = true
		}
	}
	for seq := from; seq <= to; seq++ {
		if len(instead) == 0 {
			f := Fault{Kind: Missing, Seq: seq, To: to, What: "the log does not have it"}
			if end < len(c.seen) {
				f.File, f.Byte = c.seen[end].file, c.seen[end].at
			} else if to == upTo {
				f.Kind, f.What = Cut, "the log ends before it"
			}
			if n := len(c.seen); f.File == "" && n > 0 {
				f.File, f.Byte = c.seen[n-1].file, c.seen[n-1].at
			}
			c.report.fault(f)
			return
		}
		s := c.seen[instead[0]]
		explained[instead[0]] = true
		kind, what := Changed, s.said
		if s.damage != nil {
			what = s.damage.What
			if s.damage.Torn {
				kind = Cut
			}
		}
		c.report.fault(Fault{Kind: kind, Seq: seq, File: s.file, Byte: s.at, What: "in its place stands: " + what})
		instead = instead[1:]
	}
}
