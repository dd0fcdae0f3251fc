package alerts

import (
	"time"

	"claimwatch"
)

// Config says what becomes an alert, and how patiently it is told.
type Config struct {
	// Floor is the least amount of a finding that is told, fen.
	Floor claimwatch.Fen
	// Severities are those of findings that are told.
	Severities []claimwatch.Severity
	// Console is the address that links begin with, without a slash at its end.
	Console string
	// OfficerDays and ReviewerDays are how many working days before a deadline the
	// officer and the reviewer are told; the director is told when it has passed.
	OfficerDays, ReviewerDays int
	// QuietAfter is how long a hospital may upload nothing; 0: for ever.
	QuietAfter time.Duration

	// Gather is how long changes are collected before findings are read anew.
	Gather time.Duration
	// Reconcile is how often everything is derived anew, whatever changes were heard of.
	Reconcile time.Duration
	// Notices is how often it is looked for legal notices that institutions do not know.
	Notices time.Duration
	// Timeout bounds one attempt to deliver a message.
	Timeout time.Duration
	// RetryMin and RetryMax bound the pause between attempts; GiveUp is the age at which
	// a message that cannot be delivered is given up, and shown as such.
	RetryMin, RetryMax, GiveUp time.Duration
	// Lanes is how many messages to one receiver are on their way at a time; those of
	// one group never are.
	Lanes int
}

// Default tells of violations and suspicions of any amount, of deadlines three working
// days and one before they lapse, and of hospitals that upload nothing for two days.
func Default() Config {
	return Config{
		Floor: 0, Severities: []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion}, OfficerDays: 3, ReviewerDays: 1,
		QuietAfter: 48 * time.Hour, Gather: 250 * time.Millisecond, Reconcile: 5 * time.Minute, Notices: 10 * time.Second, Timeout: 15 * time.Second,
		RetryMin: time.Second, RetryMax: 5 * time.Minute, GiveUp: 72 * time.Hour, Lanes: 16,
	}
}
