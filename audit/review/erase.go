package review

import (
	"slices"

	"claimwatch"
)

// Erase takes the text of a statement or an appeal, given by its journal entry, out
// of the history, and gives it with the institution that wrote it; ok is false when it
// is not there. That there was one stays.
func (r *Review) Erase(entry uint64) (institution, text string, ok bool) {
	at := slices.IndexFunc(r.History, func(e Event) bool {
		return e.Entry == entry && (e.Action == claimwatch.ActionExplain || e.Action == claimwatch.ActionAppeal)
	})
	if at < 0 || r.History[at].Erased {
		return "", "", false
	}
	r.History = slices.Clone(r.History) // views of before keep what they show
	event := &r.History[at]
	text, event.Text, event.Erased = event.Text, "", true
	return event.Institution, text, true
}
