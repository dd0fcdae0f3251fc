package embedded

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// order says which batches stand where their offsets belong.
type order struct {
	stays []bool         // of the batches as they stand
	first []int64        // offsets of those
	taken map[int64]bool // offsets of batches that stay
	next  int            // batch to judge
	ends  int64          // the offset after the last batch that stays
	after int64          // the offset after the last batch that was judged and stays
	high  int64          // the offset at which the log ended when it was closed; 0: not known
	last  string
	size  int64
}

// offsets reads the heads of all batches: a longest part in increasing order stays,
// the others stand in another place or twice.
func offsets(folder string, bases []int64) (*order, error) {
	o := &order{taken: map[int64]bool{}}
	var counts []int64
	for _, base := range bases {
		name := segmentName(folder, base)
		file, err := os.ReadFile(filepath.Join(folder, strconv.FormatInt(base, 10)+".dat"))
		if err != nil {
			return nil, fmt.Errorf("read log: %w", err)
		}
		o.last, o.size = name, int64(len(file))
		if err := walk(name, file, func(b *batch, _ *Damage) error {
			if b != nil {
				o.first, counts = append(o.first, b.offset), append(counts, b.records)
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	o.stays = increasing(o.first)
	for i, stays := range o.stays {
		if stays {
			o.taken[o.first[i]], o.ends = true, o.first[i]+counts[i]
		}
	}
	o.high = readSnapshot(folder).HighWatermark // of the last stop in good order: there may be more since
	return o, nil
}

// judge says what is wrong with the place of the next batch.
func (o *order) judge(b *batch) (damage []Damage) {
	i := o.next
	o.next++
	switch {
	case i >= len(o.stays):
		return []Damage{{DamageInserted, b.file, b.at, "it came while the log was read"}}
	case !o.stays[i] && o.taken[b.offset]:
		return []Damage{{DamageInserted, b.file, b.at, fmt.Sprintf("the batch of offset %d stands twice", b.offset)}}
	case !o.stays[i]:
		return []Damage{{DamageSwapped, b.file, b.at, fmt.Sprintf("the batch of offset %d stands where that of %d belongs", b.offset, o.after)}}
	case b.offset > o.after && !o.elsewhere(o.after, b.offset):
		damage = []Damage{{DamageMissing, b.file, b.at, fmt.Sprintf("the offsets %d to %d are missing", o.after, b.offset-1)}}
	}
	o.after = b.offset + b.records
	return damage
}

// elsewhere says whether a batch of these offsets stands in another place.
func (o *order) elsewhere(from, until int64) bool {
	for i, offset := range o.first {
		if !o.stays[i] && offset >= from && offset < until {
			return true
		}
	}
	return false
}

// end says whether the log was longer when it was closed.
func (o *order) end() *Damage {
	if o.high <= o.ends {
		return nil
	}
	return &Damage{DamageMissing, o.last, o.size, fmt.Sprintf("the log ended with offset %d when it was closed, and ends with %d", o.high-1, o.ends-1)}
}

// increasing marks a longest strictly increasing part of a list.
func increasing(list []int64) []bool {
	var tails []int // the place of the smallest end of a part of each length
	before := make([]int, len(list))
	for i, value := range list {
		low, high := 0, len(tails)
		for low < high {
			if middle := (low + high) / 2; list[tails[middle]] < value {
				low = middle + 1
			} else {
				high = middle
			}
		}
		before[i] = -1
		if low > 0 {
			before[i] = tails[low-1]
		}
		if low == len(tails) {
			tails = append(tails, i)
		} else {
			tails[low] = i
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
