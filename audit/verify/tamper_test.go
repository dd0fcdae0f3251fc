package verify_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"claimwatch/audit/verify"
)

// manipulation is a way to tamper with a copy that is a list of pieces.
type manipulation string

const (
	flip     manipulation = "flip"
	drop     manipulation = "drop"
	swap     manipulation = "swap"
	insert   manipulation = "insert"
	truncate manipulation = "truncate"
)

var manipulations = []manipulation{flip, drop, swap, insert, truncate}

// tampered is a copy after it, and the pieces (from 0) of which one at least must be
// named. For a cut that is the first one that is not whole any more.
type tampered struct {
	text  []byte
	wants []int
	what  string
}

// tamper manipulates a file that consists of pieces. Only pieces from `from` up to,
// not including, `until` are dropped, swapped and inserted; any byte is flipped, and
// any length cut.
func tamper(r *rand.Rand, how manipulation, pieces [][]byte, from, until int) tampered {
	i, j := from+r.IntN(until-from), from+r.IntN(until-from)
	for j == i {
		j = from + r.IntN(until-from)
	}
	list := slices.Clone(pieces)
	switch how {
	case flip:
		text := bytes.Join(pieces, nil)
		at := r.IntN(len(text))
		text[at] ^= byte(1 + r.IntN(255))
		piece := pieceAt(pieces, at)
		return tampered{text, []int{piece, piece + 1}[:1], fmt.Sprintf("flip byte %d in piece %d", at, piece)}
	case drop:
		return tampered{bytes.Join(slices.Delete(list, i, i+1), nil), []int{i}, fmt.Sprint("drop piece ", i)}
	case swap:
		list[i], list[j] = list[j], list[i]
		return tampered{bytes.Join(list, nil), []int{i, j}, fmt.Sprint("swap pieces ", i, j)}
	case insert:
		return tampered{bytes.Join(slices.Insert(list, j, pieces[i]), nil), []int{i, j}, fmt.Sprintf("insert piece %d before %d", i, j)}
	default:
		text := bytes.Join(pieces, nil)
		at := r.IntN(len(text))
		return tampered{text[:at], []int{pieceAt(pieces, at)}, fmt.Sprintf("cut at byte %d", at)}
	}
}

func pieceAt(pieces [][]byte, at int) int {
	for i, piece := range pieces {
		if at -= len(piece); at < 0 {
			return i
		}
	}
	return len(pieces)
}

// names says whether a report names one of the entries, or the first or last line of
// an export (piece 0 and the last).
func names(r *verify.Report, wants []int, lines int) bool {
	return slices.ContainsFunc(r.Faults, func(f verify.Fault) bool {
		return slices.ContainsFunc(wants, func(piece int) bool {
			switch {
			case piece == 0 || piece == lines-1:
				return f.Line == piece+1
			default:
				return f.Seq == uint64(piece) && f.Line > 0
			}
		})
	})
}

// One thousand places over exports, logs and packs, each located: this is the part
// of exports, with more of them.
func TestTamperedExport(t *testing.T) {
	w := newWorld(t, 60)
	text := w.export(t)
	pieces := bytes.SplitAfter(bytes.TrimSuffix(text, []byte("\n")), []byte("\n"))
	pieces[len(pieces)-1] = append(bytes.Clone(pieces[len(pieces)-1]), '\n')
	r := rand.New(rand.NewPCG(5, 1))
	for i := range 500 {
		how := manipulations[i%len(manipulations)]
		c := tamper(r, how, pieces, 1, len(pieces)-1)
		opts := w.options()
		if i%2 == 0 {
			opts = verify.Options{}
		}
		report := checkExport(t, c.text, opts)
		if report.Whole || !names(report, c.wants, len(pieces)) {
			t.Errorf("%d: %s: want one of %v named, got\n%v", i, c.what, c.wants, report.Faults)
		}
		if innocent := len(report.Faults); how == flip && innocent > 3 {
			t.Errorf("%d: %s: %d faults\n%v", i, c.what, innocent, report.Faults)
		}
	}
}
