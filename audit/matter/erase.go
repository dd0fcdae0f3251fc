package matter

import (
	"maps"
)

// Erase takes out what people wrote in a journal entry, wherever a matter has it:
// the step itself, the proposal that waits, the step that confirmed it. Codes and
// days stay. ok is false when no matter has anything of that entry.
func (r *Register) Erase(seq uint64) (after Matter, ok bool) {
	for _, m := range r.matters {
		if m.erase(seq) {
			return m.clone(), true
		}
	}
	return Matter{}, false
}

func (m *Matter) erase(seq uint64) (found bool) {
	for i := range m.History {
		e := &m.History[i]
		if e.Seq == seq {
			e.Reason, e.Texts, e.Erased, found = "", nil, true, true
		}
		if e.TextsOf == seq {
			e.Texts, e.Erased = nil, true
		}
	}
	if !found {
		return false
	}
	if m.Proposal != nil && m.Proposal.Seq == seq {
		p := *m.Proposal
		p.Reason, p.Texts = "", nil
		m.Proposal = &p
	}
	// What stands is what the steps that are left have said.
	m.Texts = map[string]string{}
	for _, e := range m.History {
		if !e.Proposed {
			maps.Copy(m.Texts, e.Texts)
		}
	}
	return true
}
