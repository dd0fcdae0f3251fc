package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"claimwatch/audit/export"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// answerItem is an entry in an answer of GET /v1/journal.
type answerItem struct {
	Seq       uint64 `json:"seq"`
	SHA256    string `json:"sha256"`
	Prev      string `json:"prev_sha256"`
	At        string `json:"at"`
	Type      string `json:"type"`
	Actor     string `json:"actor"`
	FindingID string `json:"finding_id"`
	Reason    string `json:"reason"`
	Entry     string `json:"entry"`
}

// Answer checks a saved answer of GET /v1/journal: a page of the chain. It holds no
// signature; heads that were kept elsewhere say more.
func Answer(text []byte, opts Options) (*Report, error) {
	r := &Report{What: "answer"}
	c := &chain{report: r}
	var head struct {
		Seq    uint64 `json:"seq"`
		SHA256 string `json:"sha256"`
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	depth, key, listed := 0, "", false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			r.fault(Fault{Kind: Cut, Line: lineOf(text, decoder.InputOffset()), Byte: decoder.InputOffset(), What: "the answer ends here or cannot be read: " + err.Error()})
			c.cut = true
			break
		}
		if delimiter, is := token.(json.Delim); is {
			if delimiter == '{' {
				depth++
			} else if delimiter == '}' {
				depth--
			}
			if delimiter != '[' || depth != 1 || key != "items" {
				continue
			}
			c.items(text, decoder)
			listed = true
			continue
		}
		if name, is := token.(string); is && depth == 1 {
			if key = name; key == "head" {
				if err := decoder.Decode(&head); err != nil {
					r.fault(Fault{Kind: Changed, Byte: decoder.InputOffset(), What: "the head cannot be read: " + err.Error()})
				}
			}
		}
	}
	if !listed {
		r.fault(Fault{Kind: Changed, Line: 1, What: "it is no answer of GET /v1/journal, nor anything else that can be checked: it lists no entries"})
	}
	c.end = place{lineOf(text, int64(len(text))), int64(len(text))}
	r.Entries = uint64(len(c.rows))
	for _, one := range c.rows {
		if one.seq > 0 && (c.from == 0 || one.seq < c.from) {
			c.from = one.seq
		}
		c.size = max(c.size, one.seq)
	}
	if c.from == 0 {
		c.from = 1
	}
	if c.size > c.from+uint64(len(text)) {
		c.size = c.from + uint64(len(c.rows))
	}
	marks := r.heads(opts.Keys, opts)
	if _, is := export.Hash(head.SHA256); is && head.Seq > 0 {
		marks = append(marks, proof.Checkpoint{Size: head.Seq, Head: head.SHA256})
	}
	c.check(marks)
	r.headOf(c)
	if r.Signed == 0 {
		r.note("an answer holds no signature: GET /v1/journal/checkpoint does, and --head takes one")
	}
	return r.finish(), nil
}

// items reads the entries of the answer up to the end of their list.
func (c *chain) items(text []byte, decoder *json.Decoder) {
	for decoder.More() {
		at := decoder.InputOffset()
		for at < int64(len(text)) && strings.IndexByte(", \r\n\t", text[at]) >= 0 {
			at++
		}
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return // the next token tells
		}
		var item answerItem
		one := row{wrong: "the item cannot be read"}
		if err := json.Unmarshal(raw, &item); err == nil {
			one = readRow([]byte(item.Entry), item.Seq, item.SHA256, "")
			if one.wrong == "" {
				one.wrong = beside(item)
			}
		}
		one.line, one.at = lineOf(text, at), at
		c.rows = append(c.rows, one)
	}
}

// beside says which member is not that of the entry.
func beside(item answerItem) string {
	entry, command, err := journal.ParseEntry([]byte(item.Entry))
	if err != nil {
		return err.Error()
	}
	for _, pair := range [][3]string{
		{"prev_sha256", item.Prev, entry.Prev},
		{"type", item.Type, string(command.Type)},
		{"actor", item.Actor, command.Actor.Key},
		{"finding_id", item.FindingID, command.FindingID},
		{"reason", item.Reason, command.Reason},
		{"at", item.At, command.At.String()},
	} {
		if pair[1] != pair[2] {
			return fmt.Sprintf("its %s is not that of the entry", pair[0])
		}
	}
	return ""
}

func lineOf(text []byte, at int64) int { return 1 + bytes.Count(text[:at], []byte("\n")) }

// Checkpoints checks a file of notes: each is signed, and no two contradict each
// other or a head that was kept elsewhere.
func Checkpoints(text []byte, opts Options) (*Report, error) {
	r := &Report{What: "checkpoints"}
	if len(opts.Keys) == 0 {
		r.note("without --pub no signature can be checked")
	}
	marks := r.marks("", text, opts.Keys, opts)
	if len(bytes.TrimSpace(text)) == 0 {
		r.fault(Fault{Kind: Cut, Line: 1, What: "the file is empty"})
	}
	for _, m := range marks {
		if m.Size >= r.Signed {
			r.Entries, r.Signed, r.Head = m.Size, m.Size, m.Head
		}
	}
	r.against(marks, r.heads(opts.Keys, opts))
	if len(marks) > 1 {
		r.note("that a later checkpoint continues an earlier one is shown by GET /v1/journal/consistency, an export or the log")
	}
	return r.finish(), nil
}

// against holds marks against heads that were kept elsewhere.
func (r *Report) against(marks, heads []proof.Checkpoint) {
	for _, head := range heads {
		known := false
		for _, m := range marks {
			known = known || m.Size >= head.Size
			if !m.SameAs(head) {
				r.fault(Fault{Kind: Forked, Seq: head.Size, What: fmt.Sprintf("the head of %d entries given by --head is another one", head.Size)})
			}
		}
		if !known {
			r.fault(Fault{Kind: Cut, Seq: r.Signed + 1, To: head.Size, What: fmt.Sprintf("a head of %d entries was published, and here are %d", head.Size, r.Signed)})
		}
	}
}
