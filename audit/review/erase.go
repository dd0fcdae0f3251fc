package review

import (
	"slices"

	"claimwatch"
)

// Erase takes the text of a statement or appeal, given by its journal entry, out of the
// history, and says whether it was there. That there was a statement stays.
func (r *Review) Erase(entry uint64) bool {
	at := slices.IndexFunc(r.History, func(e Event) bool {
		return e.Entry == entry && (e.Action == claimwatch.ActionExplain || e.Action == claimwatch.ActionAppeal)
	})
	if at < 0 || r.History[at].Erased {
		return false
	}
	r.History = slices.Clone(r.History) // views of before keep what they show
	r.History[at].Text, r.History[at].Erased = "", true
	return true
}
