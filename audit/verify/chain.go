package verify

import (
	"fmt"
	"slices"

	"claimwatch/audit/export"
	"claimwatch/audit/proof"
)

// chain holds the rows of a copy against each other and against marks.
type chain struct {
	report *Report
	from   uint64 // the first number that the copy should have
	size   uint64 // the last
	cut    bool   // the copy ends before its own end
	end    place  // where it ends
	rows   []row  // in the order of the copy

	chosen map[uint64]int // number to the row that counts
	told   map[int]bool   // rows with a fault of their own
}

type place struct {
	line int
	at   int64
}

// check reports everything that is wrong with the rows. marks are trusted heads.
func (c *chain) check(marks []proof.Checkpoint) {
	c.chosen, c.told = map[uint64]int{}, map[int]bool{}
	c.choose(marks)
	c.order()
	c.missing()
	c.hold(marks)
	for i, r := range c.rows {
		if r.wrong != "" {
			c.tell(i, Changed, "%s", r.wrong)
		}
	}
}

// tell reports a row once.
func (c *chain) tell(i int, kind Kind, format string, args ...any) {
	if c.told[i] {
		return
	}
	c.told[i] = true
	r := c.rows[i]
	c.report.fault(Fault{Kind: kind, Seq: r.seq, Line: r.line, Byte: r.at, What: fmt.Sprintf(format, args...)})
}

// choose finds the row of each number. Of several the one counts that the entry
// after it, or a mark, names; the others were inserted.
func (c *chain) choose(marks []proof.Checkpoint) {
	of := map[uint64][]int{}
	for i, r := range c.rows {
		switch {
		case r.seq == 0:
		case r.seq < c.from || r.seq > c.size:
			c.tell(i, Inserted, "the copy goes from entry %d to %d", c.from, c.size)
		default:
			of[r.seq] = append(of[r.seq], i)
		}
	}
	for seq, rows := range of {
		best := rows[0]
		for _, i := range rows[1:] {
			if !c.named(best, of[seq+1], marks) && c.named(i, of[seq+1], marks) {
				best = i
			}
		}
		c.chosen[seq] = best
		for _, i := range rows {
			if i != best {
				c.tell(i, Inserted, "entry %d stands at line %d", seq, c.rows[best].line)
			}
		}
	}
}

func (c *chain) named(i int, after []int, marks []proof.Checkpoint) bool {
	return slices.ContainsFunc(after, func(next int) bool { return c.rows[next].prev == c.rows[i].sum }) ||
		slices.ContainsFunc(marks, func(m proof.Checkpoint) bool {
			head, _ := export.Hash(m.Head)
			return m.Size == c.rows[i].seq && head == c.rows[i].sum
		})
}

// order reports the rows that stand in another place: as few as explain it.
func (c *chain) order() {
	var rows []int
	for _, i := range c.chosen {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	seqs := make([]int64, len(rows))
	for k, i := range rows {
		seqs[k] = int64(c.rows[i].seq)
	}
	for k, stays := range increasing(seqs) {
		if !stays {
			c.tell(rows[k], Swapped, "it stands in another place than its number says")
		}
	}
}

// increasing marks a longest strictly increasing part of a list.
func increasing(list []int64) []bool {
	var tails []int // the place of the smallest end of a part of each length
	before := make([]int, len(list))
	for i, value := range list {
		at, _ := slices.BinarySearchFunc(tails, value, func(t int, v int64) int {
			switch {
			case list[t] < v:
				return -1
			default:
				return 1
			}
		})
		before[i] = -1
		if at > 0 {
			before[i] = tails[at-1]
		}
		if at == len(tails) {
			tails = append(tails, i)
		} else {
			tails[at] = i
		}
	}
	stays := make([]bool, len(list))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			stays[i] = true
		}
	}
	return stays
}

// missing reports the numbers that no row has. A line that cannot be read, where an
// entry should stand, is that entry changed.
func (c *chain) missing() {
	broken := map[uint64]int{} // number after which a line cannot be read
	last := c.from - 1
	for i, r := range c.rows {
		if r.seq != 0 && !c.told[i] {
			last = r.seq
			continue
		}
		if r.seq == 0 {
			for n := last + 1; ; n++ {
				if _, taken := broken[n]; !taken {
					broken[n] = i
					break
				}
			}
		}
	}
	for seq := c.from; seq <= c.size; seq++ {
		if _, there := c.chosen[seq]; there {
			continue
		}
		if i, there := broken[seq]; there {
			c.rows[i].seq = seq
			c.tell(i, Changed, "the line cannot be read: %s", c.rows[i].wrong)
			c.rows[i].seq = 0
			continue
		}
		to := seq
		for to < c.size && !c.has(to+1, broken) {
			to++
		}
		f := Fault{Kind: Missing, Seq: seq, To: to, Line: c.end.line, Byte: c.end.at, What: "the copy does not have it"}
		if next, there := c.chosen[to+1]; there {
			f.Line, f.Byte = c.rows[next].line, c.rows[next].at
		} else if c.cut && to == c.size {
			f.Kind, f.What = Cut, "the copy is cut off here"
		}
		c.report.fault(f)
		seq = to
	}
}

func (c *chain) has(seq uint64, broken map[uint64]int) bool {
	_, there := c.chosen[seq]
	_, line := broken[seq]
	return there || line
}

// hold finds the bodies that were changed. A root proves a list of leaves whole and
// at once; without one every body is held against the entry after it.
func (c *chain) hold(marks []proof.Checkpoint) {
	listed, computed, upTo := c.trees()
	var proven uint64
	for _, m := range marks {
		if c.from != 1 || m.Size > upTo || m.Root == (proof.Hash{}) {
			continue // a mark without a root names a head only
		}
		if root, err := computed.Root(m.Size); err == nil && root == m.Root {
			proven = max(proven, m.Size)
			continue
		}
		if root, err := listed.Root(m.Size); err == nil && root == m.Root {
			for seq := uint64(1); seq <= m.Size; seq++ {
				if leaf, _ := listed.Leaf(seq); leaf != c.rows[c.chosen[seq]].leaf {
					c.tell(c.chosen[seq], Changed, "the entry is not the one that was signed")
				}
			}
			proven = max(proven, m.Size)
		}
	}
	c.columns(proven)
	before := len(c.report.Faults)
	c.walk(marks, proven)
	c.report.Signed = max(c.report.Signed, proven)
	for _, m := range marks {
		head, there := c.chosen[m.Size]
		want, _ := export.Hash(m.Head)
		rooted := m.Root != (proof.Hash{}) && c.from == 1 && m.Size <= upTo
		contradicts := rooted && m.Size > proven || there && c.rows[head].sum != want
		if contradicts && len(c.report.Faults) == before && len(c.told) == 0 {
			c.report.fault(Fault{Kind: Forked, Seq: m.Size, Line: c.end.line, Byte: c.end.at, What: fmt.Sprintf(
				"the entries hang together, but they are not the %d that were signed; entries 1 to %d are", m.Size, proven)})
		}
	}
}

// trees are those of the leaves as listed and as computed, as far as no entry is missing.
func (c *chain) trees() (listed, computed *proof.Tree, upTo uint64) {
	listed, computed = &proof.Tree{}, &proof.Tree{}
	for seq := uint64(1); c.from == 1 && seq <= c.size; seq++ {
		i, there := c.chosen[seq]
		if !there {
			break
		}
		computed.Append(c.rows[i].leaf)
		if r := c.rows[i]; r.listed != nil {
			listed.Append(*r.listed)
		} else {
			listed.Append(r.leaf)
		}
		upTo = seq
	}
	return listed, computed, upTo
}

// columns reports rows whose entry is proven, and whose hash or leaf is not its own.
func (c *chain) columns(proven uint64) {
	for seq, i := range c.chosen {
		r := c.rows[i]
		if seq > proven {
			continue
		}
		if r.listedSum != nil && *r.listedSum != r.sum {
			c.tell(i, Changed, "its sha256 is not that of the entry")
		}
		if r.listed != nil && *r.listed != r.leaf {
			c.tell(i, Changed, "its leaf is not that of the entry")
		}
	}
}

// walk goes from the end to the beginning: the entry after an entry, or the mark of
// its number, says which hash it must have; where neither can, its own column does.
func (c *chain) walk(marks []proof.Checkpoint, proven uint64) {
	var next *[32]byte
	for seq := c.size; seq >= max(c.from, proven+1); seq-- {
		i, there := c.chosen[seq]
		if !there {
			next = nil
			continue
		}
		r := c.rows[i]
		want := next
		for _, m := range marks {
			if head, ok := export.Hash(m.Head); ok && m.Size == seq {
				want = &head
			}
		}
		byOthers := want != nil
		if want == nil {
			want = r.listedSum
		}
		prev := r.prev
		next = &prev
		switch {
		case want != nil && *want != r.sum:
			c.tell(i, Changed, "the entry is not the one that others name: it was changed")
			next = nil
		case c.told[i] && r.wrong != "":
			next = nil
		case byOthers && r.listedSum != nil && *r.listedSum != r.sum:
			c.tell(i, Changed, "its sha256 is not that of the entry")
		case r.listed != nil && *r.listed != r.leaf:
			c.tell(i, Changed, "its leaf is not that of the entry")
		}
	}
	if first, there := c.chosen[c.from]; there && c.from == 1 && next != nil && *next != ([32]byte{}) {
		c.tell(first, Changed, "the first entry names one before it")
	}
}
