package sink_test

import (
	"fmt"
	"maps"
	"strings"

	"claimwatch"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/wire"
)

// judged is what the model makes of a line; code is empty for a fresh record.
type judged struct {
	part    int
	code    claimwatch.Code
	refusal claimwatch.Refusal
}

const isDuplicate = claimwatch.Code("duplicate")

// unit judges what becomes visible at once, its records standing at the last message.
func (m *model) unit(messages []claimwatch.Message, received claimwatch.Instant) {
	last := messages[len(messages)-1]
	position := claimwatch.Position{Partition: int32(last.Partition), Offset: last.Offset}
	fresh := make(map[claimwatch.Position]claimwatch.Stored)
	parts := make([]claimwatch.ReceiptPart, len(messages))
	var lines []judged
	culprit := -1
	for i, msg := range messages {
		u, _ := wire.ReadUpload(msg)
		parts[i].Upload = u
		for n, text := range strings.Split(strings.TrimSuffix(string(msg.Value), "\n"), "\n") {
			index, r, code, field := m.line(n, text, u.InstitutionID)
			s := claimwatch.Stored{Position: position, ReceivedAt: received}
			if code == "" {
				s.Record, s.Hash = &r, r.ContentHash()
				code, field = m.verdict(&s, fresh, u.ReceivedAt)
			}
			refusal := claimwatch.Refusal{Index: index, RecordID: r.RecordID, Code: code, Field: field}
			lines = append(lines, judged{part: i, code: code, refusal: refusal})
			switch code {
			case "":
				fresh[position] = s
			case isDuplicate:
			default:
				if culprit < 0 {
					culprit = len(lines) - 1
				}
				m.quarantine(u, position, refusal, []byte(rawOf(text)), nil)
			}
			position.Index++
		}
	}
	if parts[0].Upload.Atomic && culprit >= 0 {
		for i := range lines {
			if lines[i].code == "" {
				lines[i].code, lines[i].refusal.Code = lines[culprit].code, lines[culprit].code
			}
		}
		clear(fresh)
	}
	for _, l := range lines {
		p := &parts[l.part]
		switch l.code {
		case "":
			p.Accepted++
		case isDuplicate:
			p.Duplicate++
		default:
			p.Refused = append(p.Refused, l.refusal)
		}
	}
	m.settle(parts, fresh)
}

// rawOf is a line without its number, when it has one.
func rawOf(text string) string {
	if number, json, ok := strings.Cut(text, "\t"); ok && strings.Trim(number, "0123456789") == "" {
		return json
	}
	return text
}

func (m *model) line(n int, text, institution string) (index int, r claimwatch.Record, code claimwatch.Code, field string) {
	if _, err := fmt.Sscanf(text, "%d\t", &index); err != nil {
		return n, r, claimwatch.CodeSyntax, ""
	}
	_, json, _ := strings.Cut(text, "\t")
	r, fault := decode.Decode([]byte(json), decode.Options{FromLog: true})
	switch {
	case fault != nil:
		return index, r, fault.Code, fault.Field
	case r.InstitutionID != institution:
		return index, r, claimwatch.CodeInstitutionMismatch, "institution_id"
	}
	return index, r, "", ""
}

func (m *model) verdict(
	s *claimwatch.Stored, fresh map[claimwatch.Position]claimwatch.Stored, sent claimwatch.Instant,
) (code claimwatch.Code, field string) {
	var first *claimwatch.Stored
	all := maps.Clone(m.Rows)
	maps.Copy(all, fresh)
	for _, old := range all {
		if old.Record.Identity() != s.Record.Identity() {
			continue
		}
		if old.Record.Revision == s.Record.Revision {
			if old.Hash == s.Hash {
				return "duplicate", ""
			}
			m.Conflicts[s.Position] = claimwatch.Conflict{
				Identity: s.Record.Identity(), Revision: s.Record.Revision, PersonID: old.Record.PersonID, StayID: old.Record.StayID,
				ReceivedAt: sent, Position: s.Position,
			}
			m.touched[claimwatch.PersonScope(old.Record.PersonID)] = true
			return claimwatch.CodeConflict, ""
		}
		if first == nil || old.Position.Before(first.Position) {
			first = &old
		}
	}
	switch {
	case first != nil && first.Record.PersonID != s.Record.PersonID:
		return claimwatch.CodeIdentityChanged, "person_id"
	case first != nil && first.Record.StayID != s.Record.StayID:
		return claimwatch.CodeIdentityChanged, "stay_id"
	}
	return "", ""
}

func (m *model) quarantine(u claimwatch.Upload, at claimwatch.Position, r claimwatch.Refusal, raw []byte, err error) {
	if fault, ok := err.(*claimwatch.Error); ok { //nolint:errorlint // promised as it is
		r.Field, r.Message = fault.Field, fault.Message
	}
	id := fmt.Sprintf("q_%d_%d_%d", at.Partition, at.Offset, at.Index)
	m.Quarantined[id] = claimwatch.Quarantined{
		ID: id, InstitutionID: u.InstitutionID, ReceivedAt: u.ReceivedAt, ReceiptID: u.ReceiptID, Refusal: r, Raw: raw,
	}
}

// settle puts the unit into the model's state.
func (m *model) settle(parts []claimwatch.ReceiptPart, fresh map[claimwatch.Position]claimwatch.Stored) {
	for _, p := range parts {
		key := fmt.Sprintf("%s %d", p.Upload.ReceiptID, p.Upload.Chunk)
		if _, there := m.Parts[key]; !there {
			m.Parts[key] = p
		}
	}
	for at, s := range fresh {
		m.Rows[at] = s
		m.touched[claimwatch.PersonScope(s.Record.PersonID)] = true
		m.touched[claimwatch.InstitutionScope(s.Record.InstitutionID)] = true
	}
	newest := make(map[claimwatch.Identity]*claimwatch.Record)
	for _, s := range m.Rows {
		if id := s.Record.Identity(); newest[id] == nil || newest[id].Revision < s.Record.Revision {
			newest[id] = s.Record
		}
	}
	clear(m.Clocks)
	for _, r := range newest {
		if r.Kind.MovesClock() && !r.Cancelled && r.OccurredAt > m.Clocks[r.InstitutionID] {
			m.Clocks[r.InstitutionID] = r.OccurredAt
		}
	}
}
