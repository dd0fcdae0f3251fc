package wire

import (
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// The reasons for which a scope is touched.
const (
	ReasonRecords   = "records"
	ReasonTimer     = "timer"
	ReasonReference = "reference"
	ReasonRules     = "rules"
	// ReasonBackground is that of the portions of large loads and of new rules.
	ReasonBackground = "background"
)

// Touched groups scopes into messages: all scopes of a message go to the
// partition of its key, the first of them. Partitions come in order and scopes
// sorted within one, so that the same set gives the same messages.
func Touched(scopes []claimwatch.Scope, reason string, partitionOf func(key []byte) int) []claimwatch.Message {
	byPartition := make(map[int][]claimwatch.Scope)
	for _, scope := range scopes {
		p := partitionOf([]byte(scope))
		byPartition[p] = append(byPartition[p], scope)
	}
	var messages []claimwatch.Message
	for _, p := range slices.Sorted(maps.Keys(byPartition)) {
		group := byPartition[p]
		slices.Sort(group)
		messages = appendTouched(messages, slices.Compact(group), reason)
	}
	return messages
}

func appendTouched(messages []claimwatch.Message, group []claimwatch.Scope, reason string) []claimwatch.Message {
	var value []byte
	var key claimwatch.Scope
	flush := func() {
		if len(value) == 0 {
			return
		}
		messages = append(messages, claimwatch.Message{
			Topic: claimwatch.TopicTouched, Key: []byte(key), Value: value,
			Headers: map[string]string{headerVersion: Version, headerReason: reason},
		})
		value = nil
	}
	for _, scope := range group {
		if len(value)+1+len(scope) > claimwatch.MaxMessageBytes {
			flush()
		}
		if len(value) == 0 {
			key = scope
		} else {
			value = append(value, '\n')
		}
		value = append(value, scope...)
	}
	flush()
	return messages
}

// Since notes in touched messages when the earliest record behind them was
// received, from which the time from upload to finding is measured.
func Since(messages []claimwatch.Message, received claimwatch.Instant) {
	for _, m := range messages {
		m.Headers[headerReceivedAt] = string(received.AppendUTC(nil))
	}
}

// ReadTouched reads the scopes of a touched message and why they are touched,
// with errors like those of ReadUpload.
func ReadTouched(m claimwatch.Message) (scopes []claimwatch.Scope, reason string, err error) {
	switch {
	case len(m.Value) == 0:
		return nil, "", claimwatch.Refuse(claimwatch.CodeEmpty, "the message has no value")
	case m.Headers[headerVersion] != Version:
		return nil, "", badHeader(headerVersion)
	}
	for scope := range strings.SplitSeq(string(m.Value), "\n") {
		if scope != "" {
			scopes = append(scopes, claimwatch.Scope(scope))
		}
	}
	return scopes, m.Headers[headerReason], nil
}
