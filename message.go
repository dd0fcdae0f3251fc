package claimwatch

import "time"

// The topics of the log. The log is the truth; every table is a function of it.
const (
	// TopicRecords carries what was uploaded, keyed by institution, many
	// records to a message. Kept for ever.
	TopicRecords = "claimwatch.records"
	// TopicTouched names the scopes that must be evaluated again, keyed by scope.
	TopicTouched = "claimwatch.touched"
	// TopicJournal carries commands in one partition, one order. Kept for ever.
	TopicJournal = "claimwatch.journal"
	// TopicQuarantine carries refused records with their raw bytes, keyed by institution.
	TopicQuarantine = "claimwatch.quarantine"
	// TopicChanges tells which findings were opened, revised and retracted, in one
	// partition, for those who listen. Information: nothing is rebuilt from it.
	TopicChanges = "claimwatch.changes"
	// TopicAlerts carries who was told what, in one partition: what is decided, and how
	// its delivery ended, silences, and what was read. Kept 400 days.
	TopicAlerts = "claimwatch.alerts"
)

// MaxMessageBytes is the largest value of a log message. Kafka's default limit
// is 1,048,588 bytes with headers and framing; this leaves room for both.
const MaxMessageBytes = 900_000

// HeaderReceivedAt is the header that tells when the door received what a
// message is about, RFC 3339 in UTC: of a touched message the earliest record.
const HeaderReceivedAt = "received_at"

// Message is one message of the log. Offset and Time are given by the log when
// it is read; a writer leaves them zero.
type Message struct {
	Topic     string
	Partition int
	Offset    int64
	Key       []byte
	Value     []byte
	Headers   map[string]string
	Time      time.Time
}
