package claimwatch

// Conflict is an upload that was refused because its identity and revision stand
// with other content (contract, section 1). It is of the person and the stay of
// the record that stands, whatever it says itself.
type Conflict struct {
	Identity
	Revision         int32
	PersonID, StayID string
	ReceivedAt       Instant // at the door, of what was refused
	Position         Position
}
