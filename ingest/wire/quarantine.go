package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"

	"claimwatch"
)

const (
	// maxRaw is how much of a refused record is kept: in base64 it still fits
	// into a message beside everything else.
	maxRaw = 600 << 10
	// maxQuoted bounds the raw text as a JSON string, where a control character takes six bytes.
	maxQuoted = 850_000
	maxWords  = 1 << 10 // field and message
)

// item is a line of a quarantine message.
type item struct {
	QuarantineID string          `json:"quarantine_id"`
	Index        int             `json:"index"`
	RecordID     string          `json:"record_id,omitempty"`
	Code         claimwatch.Code `json:"code"`
	Field        string          `json:"field,omitempty"`
	Message      string          `json:"message"`
	Raw          *string         `json:"raw,omitempty"`
	RawBase64    []byte          `json:"raw_base64,omitempty"`
}

// Quarantine gathers the refused records of one upload. The zero value is ready.
type Quarantine struct{ pack pack }

// Add appends a refused record. Raw bytes beyond 600 KiB are left out and the
// message says so.
func (p *Quarantine) Add(q claimwatch.Quarantined) error {
	line, err := marshalItem(q)
	if err != nil {
		return err
	}
	if !p.pack.add(func(dst []byte) []byte { return append(dst, line...) }) {
		return fmt.Errorf("pack refused record %s: %d bytes do not fit", q.ID, len(line))
	}
	return nil
}

// Held is the memory that the items take, in bytes.
func (p *Quarantine) Held() int64 { return p.pack.held }

// Messages gives the messages in order. Chunks of u is the number of record
// messages of the upload, Refused the number of records that the door refused.
func (p *Quarantine) Messages(u claimwatch.Upload) []claimwatch.Message {
	return p.pack.messages(claimwatch.TopicQuarantine, u.InstitutionID, func(int, int) map[string]string {
		headers := uploadHeaders(u)
		headers[headerChunks] = strconv.Itoa(u.Chunks)
		return headers
	})
}

func marshalItem(q claimwatch.Quarantined) ([]byte, error) {
	out := item{
		QuarantineID: q.ID, Index: q.Refusal.Index, RecordID: clip(q.Refusal.RecordID, maxWords),
		Code: q.Refusal.Code, Field: clip(q.Refusal.Field, maxWords), Message: clip(q.Refusal.Message, maxWords),
	}
	raw := clip(string(q.Raw), maxRaw)
	if len(raw) < len(q.Raw) {
		out.Message += fmt.Sprintf(" (the first %d of %d bytes are kept)", len(raw), len(q.Raw))
	}
	if utf8.ValidString(raw) && quotedLen(raw) <= maxQuoted {
		out.Raw = &raw
	} else {
		out.RawBase64 = []byte(raw)
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		return nil, fmt.Errorf("write refused record %s: %w", q.ID, err)
	}
	return line.Bytes(), nil
}

// ReadQuarantine reads the items of a quarantine message. Lines that cannot be
// read are counted in bad; the others are given.
func ReadQuarantine(m claimwatch.Message, u claimwatch.Upload) (items []claimwatch.Quarantined, bad int) {
	for line := range bytes.Lines(m.Value) {
		var in item
		if err := json.Unmarshal(line, &in); err != nil || in.QuarantineID == "" || in.Code == "" {
			bad++
			continue
		}
		raw := in.RawBase64
		if in.Raw != nil {
			raw = []byte(*in.Raw)
		}
		items = append(items, claimwatch.Quarantined{
			ID: in.QuarantineID, InstitutionID: u.InstitutionID, ReceivedAt: u.ReceivedAt, ReceiptID: u.ReceiptID,
			Refusal: claimwatch.Refusal{
				Index: in.Index, RecordID: in.RecordID, Code: in.Code, Field: in.Field, Message: in.Message,
			},
			Raw: raw,
		})
	}
	return items, bad
}

// DoorID names a record that the door refused.
func DoorID(receiptID string, index int) string { return "q_" + receiptID + "_" + strconv.Itoa(index) }

// SinkID names a line of the log that the sink refused: the same for every
// repeat, so that repeats are one.
func SinkID(p claimwatch.Position) string {
	return fmt.Sprintf("q_%d_%d_%d", p.Partition, p.Offset, p.Index)
}

// PoisonID names a quarantine message that could not be read itself.
func PoisonID(partition int, offset int64) string { return fmt.Sprintf("q_q%d_%d", partition, offset) }

// clip cuts a text to at most n bytes, at the border of a character where it is valid.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	end := n
	for end > n-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	if end == n-utf8.UTFMax {
		end = n
	}
	return s[:end]
}

func quotedLen(s string) int {
	n := len(s)
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0x20:
			n += 5
		case c == '"', c == '\\':
			n++
		}
	}
	return n
}
