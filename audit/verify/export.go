package verify

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"claimwatch/audit/export"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// maxLine bounds a line of an export: a reference load of 64 MiB in base64.
const maxLine = 256 << 20

// Export checks an export of the journal. The error is that of reading.
func Export(from io.Reader, opts Options) (*Report, error) {
	r := &Report{What: "export"}
	c := &chain{report: r, from: 1}
	var header export.Header
	var checkpoint []byte
	trailerAt, line, at := place{}, 0, int64(0)
	reader := bufio.NewReaderSize(from, 1<<16)
	data := map[uint64]uint64{} // erased entry to the entry that the copy says erased it
	for {
		text, err := readLine(reader)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read export: %w", err)
		}
		if len(text) == 0 {
			break
		}
		line++
		switch {
		case line == 1:
			if err := export.Unmarshal(text, &header); err != nil || header.Format != export.Format {
				r.fault(Fault{Kind: Changed, Line: 1, What: fmt.Sprintf("the header is none of an export: %v", err)})
			}
		case checkpoint != nil:
			r.fault(Fault{Kind: Inserted, Line: line, Byte: at, What: "it stands after the checkpoint, which is the last line"})
		case bytes.HasPrefix(text, []byte(`{"checkpoint":`)):
			var trailer export.Trailer
			trailerAt = place{line, at}
			if err := export.Unmarshal(text, &trailer); err != nil {
				r.fault(Fault{Kind: Changed, Line: line, Byte: at, What: "the checkpoint at the end: " + err.Error()})
			}
			checkpoint = []byte(trailer.Checkpoint)
		default:
			one := exportRow(text, data)
			one.line, one.at = line, at
			c.rows = append(c.rows, one)
		}
		at += int64(len(text))
	}
	c.end, c.cut = place{line + 1, at}, checkpoint == nil
	r.Entries = uint64(len(c.rows))
	keys := exportKeys(r, header, opts)
	marks := exportMarks(r, checkpoint, trailerAt, keys, opts)
	c.size = header.Entries
	if len(marks) > 0 {
		c.size = marks[0].Size
		if header.Entries != c.size {
			r.fault(Fault{Kind: Changed, Line: 1, What: fmt.Sprintf("the header says %d entries, the checkpoint %d", header.Entries, c.size)})
		}
	}
	if c.cut {
		r.fault(Fault{Kind: Cut, Line: line + 1, Byte: at, What: "the export ends without its checkpoint"})
	}
	if most := uint64(len(c.rows)) + 1<<20; c.size > most {
		c.size = most // a header that lies must not make lists without end
	}
	for _, m := range r.heads(keys, opts) {
		if marks = append(marks, m); m.Size > c.size {
			r.fault(Fault{Kind: Cut, Seq: c.size + 1, To: m.Size, Line: line + 1, Byte: at, What: fmt.Sprintf(
				"a head of %d entries was published, and the export ends with %d: it is older, or it was cut", m.Size, c.size)})
		}
	}
	c.check(marks)
	c.erasures(data)
	r.headOf(c)
	return r.finish(), nil
}

// headOf notes the hash of the last entry that is there.
func (r *Report) headOf(c *chain) {
	if i, there := c.chosen[c.size]; there {
		r.Head = hex.EncodeToString(c.rows[i].sum[:])
	}
}

// heads opens the notes that were kept elsewhere. One whose key is not known is
// taken as it is: whoever checks has brought it.
func (r *Report) heads(keys []*proof.Verifier, opts Options) (marks []proof.Checkpoint) {
	notes, rest := proof.Split(opts.Heads)
	if len(opts.Heads) > 0 && (len(notes) == 0 || len(bytes.TrimSpace(rest.Text)) > 0) {
		r.fault(Fault{Kind: Changed, File: "--head", Line: rest.Line, Byte: rest.Byte, What: "it is no checkpoint"})
	}
	for _, piece := range notes {
		c, by, err := proof.Open(piece.Text, keys...)
		switch {
		case err == nil:
			r.key(by, opts)
		case errors.Is(err, proof.ErrUnsigned):
			r.note("the head of %d entries given by --head is signed by none of the known keys, and was taken as it is", c.Size)
		default:
			r.fault(Fault{Kind: Changed, File: "--head", Line: piece.Line, Byte: piece.Byte, What: err.Error()})
			continue
		}
		marks = append(marks, c)
	}
	return marks
}

func exportKeys(r *Report, header export.Header, opts Options) []*proof.Verifier {
	named, err := proof.NewVerifier(header.Key)
	if err != nil && header.Format == export.Format {
		r.fault(Fault{Kind: Changed, Line: 1, What: "the key of the header: " + err.Error()})
	}
	if len(opts.Keys) > 0 {
		for _, key := range opts.Keys {
			if named != nil && key.String() == named.String() {
				return opts.Keys
			}
		}
		if named != nil {
			r.fault(Fault{Kind: Unsigned, Line: 1, What: "the header names another key than the one given: " + named.Name() + " " + named.ID()})
		}
		return opts.Keys
	}
	if named == nil {
		return nil
	}
	return []*proof.Verifier{named}
}

func exportMarks(r *Report, checkpoint []byte, at place, keys []*proof.Verifier, opts Options) []proof.Checkpoint {
	if checkpoint == nil {
		return nil
	}
	c, by, err := proof.Open(checkpoint, keys...)
	switch {
	case err == nil:
		r.key(by, opts)
		return []proof.Checkpoint{c}
	case errors.Is(err, proof.ErrUnsigned):
		r.fault(Fault{Kind: Unsigned, Line: at.line, Byte: at.at, What: "the checkpoint at the end is signed by none of the known keys"})
	default:
		r.fault(Fault{Kind: Changed, Line: at.line, Byte: at.at, What: "the checkpoint at the end: " + err.Error()})
	}
	return nil
}

// readLine reads a line with its end.
func readLine(from *bufio.Reader) (text []byte, err error) {
	for {
		part, err := from.ReadSlice('\n')
		text = append(text, part...)
		if !errors.Is(err, bufio.ErrBufferFull) || len(text) > maxLine {
			return text, err
		}
	}
}

// exportRow reads a line of an export.
func exportRow(text []byte, erased map[uint64]uint64) row {
	var line export.Line
	if err := export.Unmarshal(text, &line); err != nil && line.SHA256 == "" {
		return row{wrong: err.Error()}
	} else if err != nil {
		one := readRow(line.Body(), line.Seq, line.SHA256, line.Leaf)
		one.wrong = err.Error()
		return one
	}
	one := readRow(line.Body(), line.Seq, line.SHA256, line.Leaf)
	if line.Leaf == "" {
		one.wrong = "its leaf is missing"
	}
	if one.wrong != "" {
		return one
	}
	_, c, err := journal.ParseEntry(line.Body())
	if err != nil {
		one.wrong = err.Error()
		return one
	}
	sum := sha256.Sum256(line.Data)
	switch {
	case line.DataSHA256 != c.DataSHA256:
		one.wrong = "its data_sha256 is not that of the entry"
	case line.ErasedBy != 0 && (line.Data != nil || c.DataSHA256 == ""):
		one.wrong = "it says that data was erased, and has data or never had any"
	case line.Withheld != c.Withheld() || line.Withheld && line.Data != nil:
		one.wrong = "it withholds data that exports have, or has data that they withhold"
	case line.ErasedBy != 0:
		one.erasedBy = line.ErasedBy
		erased[one.seq] = line.ErasedBy
	case line.Withheld:
	case c.DataSHA256 != "" && hex.EncodeToString(sum[:]) != c.DataSHA256:
		one.wrong = "its data is not the data of the entry"
	case c.DataSHA256 == "" && line.Data != nil:
		one.wrong = "it has data, and the entry has none"
	}
	return one
}

// erasures holds what is said to be erased against the entries that erase.
func (c *chain) erasures(erased map[uint64]uint64) {
	for seq, by := range erased {
		i, there := c.chosen[seq]
		eraser, known := c.chosen[by]
		if there && c.rows[i].erasedBy != 0 && (!known || c.rows[eraser].erases != seq) {
			c.tell(i, Changed, "its data is missing: entry %d, which is said to have erased it, does not", by)
		}
	}
}
