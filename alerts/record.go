package alerts

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"claimwatch"
)

// version is what the header v of every message of the topic says.
const version = "1"

// BodyVersion is the version of the body that receivers get.
const BodyVersion = "claimwatch.alerts/1"

// Why a message is sent, or what an alert in it is.
const (
	StatusFiring   = "firing"
	StatusResolved = "resolved"
	StatusReminder = "reminder"
)

// How the delivery of a message ended.
const (
	OutcomeDelivered = "delivered"
	OutcomeFailed    = "failed"
)

// Told is an alert in a message.
type Told struct {
	Fingerprint string `json:"fingerprint"`
	Status      string `json:"status" enum:"firing,resolved,reminder"`
	Alert
}

// Message is what a receiver is told, once: the alerts of a group that are new or
// resolved since the message before.
type Message struct {
	Version  string `json:"version" example:"claimwatch.alerts/1"`
	ID       string `json:"id" doc:"the same whenever the message is sent again: deduplicate by it"`
	Receiver string `json:"receiver"`
	// Sequence orders the messages of a group to a receiver: 1, 2, 3, …
	Sequence    uint64             `json:"sequence"`
	GroupKey    string             `json:"group_key"`
	GroupLabels map[string]string  `json:"group_labels"`
	Status      string             `json:"status" enum:"firing,resolved,reminder" doc:"firing: something is new; resolved: everything in it is resolved; reminder: nothing is new"`
	DecidedAt   claimwatch.Instant `json:"decided_at"`
	Active      int                `json:"active" doc:"alerts of the group that are the case, those of this message with them"`
	Alerts      []Told             `json:"alerts" nullable:"false"`
}

// identify gives a message its id: a function of whom it is for, its group, its place
// in it, and what it says of which alerts.
func (m *Message) identify(integration string) {
	text := fmt.Appendf(nil, "%q %q %d %s\n", integration, m.GroupKey, m.Sequence, m.Status)
	for i := range m.Alerts {
		text = fmt.Appendf(text, "%s %s\n", m.Alerts[i].Fingerprint, m.Alerts[i].Status)
	}
	sum := sha256.Sum256(text)
	m.ID = "a_" + hex.EncodeToString(sum[:16])
}

// The kinds of records in the topic.
const (
	recordOwner   = "owner"   // a process sends from now on
	recordTold    = "told"    // a message was decided
	recordSent    = "sent"    // its delivery ended
	recordSilence = "silence" // somebody mutes alerts
	recordExpire  = "expire"  // and does not any more
	recordRead    = "read"    // somebody has read items of the inbox
)

// record is a message of the topic: exactly the members of its type are set.
type record struct {
	Type  string             `json:"type"`
	ID    string             `json:"id"` // of the record: who wrote it waits for it
	At    claimwatch.Instant `json:"at"`
	Token string             `json:"token,omitempty"` // of the process that sends

	Integration string          `json:"integration,omitempty"`
	Quiet       bool            `json:"quiet,omitempty"` // nobody is told: the receiver wants no resolved ones
	Inbox       *InboxConfig    `json:"inbox,omitempty"`
	Body        json.RawMessage `json:"body,omitempty"` // a Message, with the bytes that are sent

	Message  string `json:"message,omitempty"` // id of the message whose delivery ended
	Outcome  string `json:"outcome,omitempty"`
	Answer   string `json:"answer,omitempty"`
	Attempts int    `json:"attempts,omitempty"`

	Silence *Silence `json:"silence,omitempty"`
	By      string   `json:"by,omitempty"`
	Items   []string `json:"items,omitempty"`
}

// encode writes a record for the log.
func (r *record) encode() (claimwatch.Message, error) {
	value, err := json.Marshal(r)
	if err != nil {
		return claimwatch.Message{}, fmt.Errorf("write record %s: %w", r.Type, err)
	}
	return claimwatch.Message{Topic: claimwatch.TopicAlerts, Value: value, Headers: map[string]string{"v": version}}, nil
}
