package nhsa

import (
	"fmt"
	"strings"

	"claimwatch"
)

// Source says where a row of a reference table comes from: the column source
// of every imported row holds it as text.
type Source struct {
	Batch  string         // 第七批, as the name of the file says; may be empty
	Kind   string         // item-duplicate, drug-age …: one list of one batch is a family
	Day    claimwatch.Day // of the edition
	SHA256 string         // of the file
	File   string         // its name
	Place  string         // Sheet2!17, several joined with +
}

const (
	sourceMark = "nhsa:"
	// maxFile bounds the name of a file within a source, which has 256 characters.
	maxFile = 60
	// shortHash is how much of a hash stands in a source beside others.
	shortHash = 16
)

// Family names the list that the row is of; a newer edition of a family
// supersedes the older one.
func (s Source) Family() string { return s.Batch + "/" + s.Kind }

// String writes the source as it stands in a row.
func (s Source) String() string { return s.write(len(s.SHA256)) }

func (s Source) write(digits int) string {
	return fmt.Sprintf("%s%s@%s sha256:%s %s %s", sourceMark, s.Family(), s.Day, s.SHA256[:min(digits, len(s.SHA256))], lastRunes(s.File, maxFile), s.Place)
}

// ParseSource reads family, day and hash back; ok is false for a source that no
// import has written.
func ParseSource(text string) (s Source, ok bool) {
	rest, ok := strings.CutPrefix(text, sourceMark)
	head, rest, spaced := strings.Cut(rest, " ")
	family, day, dated := strings.Cut(head, "@")
	batch, kind, divided := strings.Cut(family, "/")
	hash, rest, hashed := strings.Cut(strings.TrimPrefix(rest, "sha256:"), " ")
	if !ok || !spaced || !dated || !divided || !hashed {
		return Source{}, false
	}
	s = Source{Batch: batch, Kind: kind, SHA256: hash, Place: rest}
	var err error
	if s.Day, err = claimwatch.ParseDay(day); err != nil {
		return Source{}, false
	}
	return s, true
}

func lastRunes(text string, n int) string {
	runes := []rune(text)
	return string(runes[max(0, len(runes)-n):])
}

// Claim is one entry of the source of an items row: a column that an import has
// filled, with what, and from where. Entries of a row are joined with "; ".
type Claim struct {
	Column, Value string
	Source        Source
}

const claimMark = "; "

// String writes the entry.
func (c Claim) String() string { return c.Column + "=" + c.Value + " " + c.Source.write(shortHash) }

// splitClaims takes the source of an items row apart: what imports have claimed,
// and the texts of others, which stay as they are.
func splitClaims(text string) (claims []Claim, others []string) {
	for entry := range strings.SplitSeq(text, claimMark) {
		said, from, spaced := strings.Cut(entry, " ")
		column, value, equal := strings.Cut(said, "=")
		source, ok := ParseSource(from)
		switch {
		case spaced && equal && ok:
			source.File = "" // part of Place as it was read
			claims = append(claims, Claim{Column: column, Value: value, Source: source})
		case entry != "":
			others = append(others, entry)
		}
	}
	return claims, others
}
