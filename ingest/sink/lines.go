package sink

import "iter"

// lines walks through the records of a unit in the order of the log.
func (u *unit) lines() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for i := range u.parts {
			lines := u.parts[i].lines
			for j := range lines {
				if !yield(&lines[j]) {
					return
				}
			}
		}
	}
}

// lines walks through the records of a batch in the order of the log.
func (b *batch) lines() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for i := range b.units {
			for l := range b.units[i].lines() {
				if !yield(l) {
					return
				}
			}
		}
	}
}
