package alerts

import (
	"slices"

	"claimwatch"
)

// InboxConfig says whose inbox a message comes to: those of roles of the agency, each
// with what its city lets it see, and of the hospital that an alert is about.
type InboxConfig struct {
	Roles     []claimwatch.CallerRole `yaml:"roles" json:"roles,omitempty"`
	Hospitals bool                    `yaml:"hospitals" json:"hospitals,omitempty"`
}

// InboxItem is a message in the inbox.
type InboxItem struct {
	Message
	Read   bool `json:"read" doc:"the caller has marked it as read"`
	config InboxConfig
}

// seenBy gives an item as a caller may see it: alerts of institutions that are its
// business only. A hospital sees what concerns itself and says hospital="yes": a finding
// it learns of by the notice, not by an alert (Shanxi Art. 32).
func (i *InboxItem) seenBy(caller claimwatch.Caller) (InboxItem, bool) {
	if !caller.IsHospital() && !caller.Has(i.config.Roles...) || caller.IsHospital() && !i.config.Hospitals {
		return InboxItem{}, false
	}
	out := *i
	out.Alerts = slices.DeleteFunc(slices.Clone(i.Alerts), func(t Told) bool {
		institution := t.Labels["institution_id"]
		if caller.IsHospital() {
			return institution != caller.InstitutionID || t.Labels["hospital"] != "yes"
		}
		if institution == "" {
			return !caller.SeesAll() && t.Labels["city"] != caller.City
		}
		return !caller.Sees(institution)
	})
	if len(out.Alerts) != len(i.Alerts) {
		out.Active = 0 // how many there are beside those it may see is none of its business
	}
	return out, len(out.Alerts) > 0
}

// Inbox lists what a caller may see, the latest first.
func (b *Book) Inbox(caller claimwatch.Caller) []InboxItem {
	b.mu.Lock()
	all, marks := slices.Clone(b.inbox), b.read[caller.KeyID]
	read := make(map[string]bool, len(marks))
	for id := range marks {
		read[id] = true
	}
	b.mu.Unlock()
	out := []InboxItem{}
	for _, item := range slices.Backward(all) {
		if seen, ok := item.seenBy(caller); ok {
			seen.Read = read[seen.ID]
			out = append(out, seen)
		}
	}
	return out
}
