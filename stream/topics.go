package stream

import (
	"strconv"

	"claimwatch"
)

const (
	// brokerMessageBytes is Kafka's own default limit of a produce batch; a
	// topic with less would refuse messages that the door has let in (K6).
	brokerMessageBytes = 1_048_588
	dayMillis          = 24 * 60 * 60 * 1000
)

// setting is one setting of a topic: what a new topic gets, and which values an
// existing one may have.
type setting struct {
	name    string
	value   string
	accepts func(found string) bool
	why     string
}

func keptForEver(topic string) bool {
	return topic == claimwatch.TopicRecords || topic == claimwatch.TopicJournal
}

// settingsOf are the settings that the product relies on.
func settingsOf(topic string, minInSync int) []setting {
	list := []setting{
		{"cleanup.policy", "delete", is("delete"), "compaction would remove messages from the middle"},
		{
			"min.insync.replicas", strconv.Itoa(minInSync), atLeast(int64(minInSync)),
			"accepted means that so many disks have it",
		},
		{
			"max.message.bytes", strconv.Itoa(brokerMessageBytes), atLeast(brokerMessageBytes),
			"messages have up to 900,000 bytes and must fit",
		},
	}
	if keptForEver(topic) {
		return append(list,
			setting{"retention.ms", "-1", is("-1"), "this topic is the truth and is kept for ever"},
			setting{"retention.bytes", "-1", is("-1"), "this topic is the truth and is kept for ever"},
		)
	}
	days := int64(30)
	if topic == claimwatch.TopicQuarantine || topic == claimwatch.TopicAlerts {
		days = 400
	}
	return append(list, setting{
		"retention.ms", strconv.FormatInt(days*dayMillis, 10), forEverOr(atLeast(days * dayMillis)),
		"a consumer that was down comes back to it within " + strconv.FormatInt(days, 10) + " days",
	})
}

func is(want string) func(string) bool {
	return func(found string) bool { return found == want }
}

func atLeast(want int64) func(string) bool {
	return func(found string) bool {
		n, err := strconv.ParseInt(found, 10, 64)
		return err == nil && n >= want
	}
}

func forEverOr(accepts func(string) bool) func(string) bool {
	return func(found string) bool { return found == "-1" || accepts(found) }
}
