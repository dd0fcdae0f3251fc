package paper

import (
	_ "embed" // the font
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"unicode"
)

// fontFile is a string because a string cannot be written to: the PDF library
// appends to slices of what it is given.
//
//go:embed font/claimwatch-sans.ttf
var fontFile string

// face is what layout needs of the font: what it can draw and how wide that is.
type face struct {
	width [1 << 16]int32 // 1/1000 of the size; -1: the font has no such character
}

var sans = sync.OnceValues(func() (*face, error) { return parseFace([]byte(fontFile)) })

var errFont = errors.New("font is damaged")

// parseFace reads the characters (cmap, format 4) and advances (hmtx) of a
// TrueType file. The file is our own: what is refused here is a broken build.
func parseFace(file []byte) (*face, error) {
	tables, err := fontTables(file)
	if err != nil {
		return nil, err
	}
	if len(tables["head"]) < 20 || len(tables["hhea"]) < 36 {
		return nil, errFont
	}
	unit := int32(binary.BigEndian.Uint16(tables["head"][18:]))
	metrics := int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	hmtx := tables["hmtx"]
	if unit == 0 || metrics == 0 || len(hmtx) < 4*metrics {
		return nil, errFont
	}
	f := &face{}
	for i := range f.width {
		f.width[i] = -1
	}
	return f, eachGlyph(tables["cmap"], func(char uint16, glyph int) {
		advance := int32(binary.BigEndian.Uint16(hmtx[4*min(glyph, metrics-1):]))
		f.width[char] = (advance*1000 + unit/2) / unit
	})
}

func fontTables(file []byte) (map[string][]byte, error) {
	if len(file) < 12 {
		return nil, errFont
	}
	tables := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(file[4:])) {
		at := 12 + 16*i
		if len(file) < at+16 {
			return nil, errFont
		}
		from, size := uint64(binary.BigEndian.Uint32(file[at+8:])), uint64(binary.BigEndian.Uint32(file[at+12:]))
		if from+size > uint64(len(file)) {
			return nil, fmt.Errorf("table %s: %w", file[at:at+4], errFont)
		}
		tables[string(file[at:at+4])] = file[from : from+size]
	}
	return tables, nil
}

// allChars is where the second record of the cmap says how far into the table the
// map of all characters lies; narrowChars is the place of the first record, which
// has those only that are not one em wide.
const narrowChars, allChars = 4 + 4, 4 + 8 + 4

// eachGlyph walks the map of all characters, which has format 4.
func eachGlyph(cmap []byte, see func(char uint16, glyph int)) error {
	word := func(at int) int {
		if at < 0 || at+2 > len(cmap) {
			return 0
		}
		return int(binary.BigEndian.Uint16(cmap[at:]))
	}
	if len(cmap) < 20 {
		return errFont
	}
	start := int(binary.BigEndian.Uint32(cmap[allChars:]))
	if word(start) != 4 {
		return fmt.Errorf("cmap of format %d: %w", word(start), errFont)
	}
	twice := word(start + 6) // 2 x number of segments
	for i := 0; i < twice; i += 2 {
		last, first := word(start+14+i), word(start+16+twice+i)
		delta, offset := word(start+16+2*twice+i), word(start+16+3*twice+i)
		for char := first; char <= last && char < 0xFFFF; char++ {
			glyph := char
			if offset != 0 {
				if glyph = word(start + 16 + 3*twice + i + offset + 2*(char-first)); glyph == 0 {
					continue
				}
			}
			if glyph = (glyph + delta) & 0xFFFF; glyph != 0 {
				see(uint16(char), glyph)
			}
		}
	}
	return nil
}

// draws says whether a character stands on paper as itself: the font has it, and
// it is neither invisible nor able to turn the order of what stands around it.
func (f *face) draws(r rune) bool {
	return r >= ' ' && r < 1<<16 && f.width[r] >= 0 && r != unicode.ReplacementChar &&
		!unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Variation_Selector)
}

// advance is the width of a character in 1/1000 of the size.
func (f *face) advance(r rune) int {
	if r < 0 || r >= 1<<16 || f.width[r] < 0 {
		return 1000
	}
	return int(f.width[r])
}

// forLibrary gives the font to the PDF library, and a function to call between the
// reading of the widths and the output. The library lists the widths of a run of
// neighboring characters in cubic time: a name of 256 of them would take seconds, a
// list of such names forever. So at first it sees only characters that are not one em
// wide, which is the width of all others; then those that it is to draw.
func forLibrary() (file []byte, widthsRead func(), err error) {
	file = []byte(fontFile)
	tables, err := fontTables(file)
	if err != nil {
		return nil, nil, err
	}
	cmap := tables["cmap"]
	if len(cmap) < 20 {
		return nil, nil, errFont
	}
	return file, func() { copy(cmap[narrowChars:narrowChars+4], cmap[allChars:allChars+4]) }, nil
}
