package live

import (
	"slices"
	"strings"

	"claimwatch"
)

// version is what the header v of every message of the topic says.
const version = "1"

// Messages writes what an evaluation changed for the topic of changes: a finding a
// line. Messages of one evaluation are the same every time.
func Messages(changes map[claimwatch.Change][]string) []claimwatch.Message {
	var lines []string
	for change, ids := range changes {
		for _, id := range ids {
			lines = append(lines, string(change)+" "+id)
		}
	}
	slices.Sort(lines)
	var messages []claimwatch.Message
	for part := range slices.Chunk(lines, perMessage) {
		messages = append(messages, claimwatch.Message{
			Topic: claimwatch.TopicChanges, Value: []byte(strings.Join(part, "\n")), Headers: map[string]string{"v": version},
		})
	}
	return messages
}

// Read reads the events of a message. ok is false for one that is not of this version;
// lines that say nothing known are left out: this topic is information.
func Read(m claimwatch.Message) (events []Event, ok bool) {
	if m.Headers["v"] != version {
		return nil, false
	}
	index := 0
	for line := range strings.SplitSeq(string(m.Value), "\n") {
		change, id, _ := strings.Cut(line, " ")
		switch c := claimwatch.Change(change); c {
		case claimwatch.Opened, claimwatch.Revised, claimwatch.RetractedNow:
			events = append(events, Event{Change: c, FindingID: id, At: Position{Changes: ChangeAt(m.Offset, index)}})
		default: // from a later version
		}
		if index++; index == perMessage {
			break
		}
	}
	return events, true
}
