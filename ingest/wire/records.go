package wire

import (
	"strconv"
	"strings"

	"claimwatch"
)

// Records gathers the accepted records of one upload. The zero value is ready.
type Records struct{ pack pack }

// Add appends a record under its number in the upload. It answers false, and
// adds nothing, when the record alone is larger than a message may be.
func (p *Records) Add(index int, r *claimwatch.Record) bool { return p.add(index, r, "") }

func (p *Records) add(index int, r *claimwatch.Record, behind string) bool {
	return p.pack.add(func(dst []byte) []byte {
		dst = strconv.AppendInt(dst, int64(index), 10)
		dst = append(dst, '\t')
		dst = claimwatch.AppendCanonical(dst, r)
		dst = append(dst, behind...)
		return append(dst, '\n')
	})
}

// Len is the number of records added.
func (p *Records) Len() int { return p.pack.lines }

// Held is the memory that the records take, in bytes.
func (p *Records) Held() int64 { return p.pack.held }

// Chunks is the number of messages that the records fill.
func (p *Records) Chunks() int {
	if p.pack.lines == 0 {
		return 0
	}
	return len(p.pack.values)
}

// Messages gives the messages in order. Chunk and Chunks of u are ignored; its
// Refused is the number of records that the door refused.
func (p *Records) Messages(u claimwatch.Upload) []claimwatch.Message {
	return p.pack.messages(claimwatch.TopicRecords, u.InstitutionID, func(i, n int) map[string]string {
		headers := uploadHeaders(u)
		sign(headers, u.Signature)
		headers[headerChunk] = strconv.Itoa(i) + "/" + strconv.Itoa(n)
		if u.Atomic {
			headers[headerAtomic] = "1"
		}
		return headers
	})
}

// Line is one line of a records message.
type Line struct {
	Index int    // the record's number in the upload; -1 when the line does not tell
	JSON  string // the canonical record; the whole line when it does not tell its index
}

// CutLine takes the first line off a value.
func CutLine(value string) (line Line, rest string) {
	raw, rest, _ := strings.Cut(value, "\n")
	index := 0
	for i := range len(raw) {
		switch c := raw[i]; {
		case c >= '0' && c <= '9' && i < 9:
			index = index*10 + int(c-'0')
		case c == '\t' && i > 0:
			return Line{Index: index, JSON: raw[i+1:]}, rest
		default:
			return Line{Index: -1, JSON: raw}, rest
		}
	}
	return Line{Index: -1, JSON: raw}, rest
}

// CountLines is the number of lines that CutLine will give.
func CountLines(value string) int {
	n := strings.Count(value, "\n")
	if value != "" && value[len(value)-1] != '\n' {
		n++
	}
	return n
}
