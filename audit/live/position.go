package live

import (
	"fmt"
	"strconv"
	"strings"

	"claimwatch"
)

// Position is how far a listener has come: everything up to and with it was sent.
type Position struct {
	// Changes is a place in the topic of changes, see ChangeAt; 0 before the first.
	Changes uint64
	// Journal is the number of a journal entry; 0 before the first.
	Journal uint64
}

// perMessage is how many findings a message of the topic of changes may name.
const perMessage = 1 << 12

// ChangeAt is the place of the finding that a message names at an index.
func ChangeAt(offset int64, index int) uint64 { return uint64(offset)*perMessage + uint64(index) + 1 }

// String writes a position as the id of an event; chain tells the journals of two
// installations apart.
func (p Position) String(chain string) string {
	return fmt.Sprintf("%s.%d.%d", chain, p.Changes, p.Journal)
}

// ParsePosition reads the id of an event. The error is a *claimwatch.Error with
// bad_query. ok is false for an id of another journal.
func ParsePosition(id, chain string) (p Position, ok bool, err error) {
	parts := strings.Split(id, ".")
	if len(parts) == 3 {
		changes, bad1 := strconv.ParseUint(parts[1], 10, 64)
		journal, bad2 := strconv.ParseUint(parts[2], 10, 64)
		if bad1 == nil && bad2 == nil {
			return Position{Changes: changes, Journal: journal}, parts[0] == chain, nil
		}
	}
	return p, false, claimwatch.Refuse(claimwatch.CodeBadQuery, "%.80q is no id of an event: send the last id that the stream gave, or none", id)
}
