package claimwatch

// Moment is when, and with what was known, facts are looked at.
type Moment struct {
	// AsOf is the moment itself: records that happened later do not exist yet.
	AsOf Instant
	// Wall says that AsOf is the clock of the wall, with which alone reception
	// times can be compared (rules.md 1.1: DAT-001, DAT-003, DAT-004).
	Wall bool
	// Exact works the presents of institutions out of the records themselves, as
	// is needed when AsOf lies in the past.
	Exact bool
	// KnownAt leaves out what was received or loaded later; 0 leaves out nothing.
	KnownAt Instant
}
