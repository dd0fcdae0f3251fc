package journal

import (
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
)

// TypeNoticeDelivered says that what an institution was told of findings has reached an
// address that it registered. The term of Shanxi Art. 32 runs from the notice itself, not
// from its delivery.
const TypeNoticeDelivered Type = "notice_delivered"

// The channels by which a notice is delivered.
const (
	ChannelWebhook = "webhook"
	ChannelEmail   = "email"
)

// NoticeDelivery is the payload of notice_delivered. No address is in it.
type NoticeDelivery struct {
	NoticeID     string             `json:"notice_id"`
	Message      string             `json:"message"` // id of the message that was delivered
	Channel      string             `json:"channel"`
	Findings     []string           `json:"findings"`      // those of the notice that the message named
	AnswerSHA256 string             `json:"answer_sha256"` // of what the receiver answered
	DeliveredAt  claimwatch.Instant `json:"delivered_at"`
}

// doDelivered folds the proof that findings of a notice were delivered.
func (s *State) doDelivered(c Command, accepted *Accepted) error {
	var p NoticeDelivery
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read delivery: %w", err)
	}
	batch := s.notices.byID[p.NoticeID]
	switch {
	case c.Actor.Key != SystemKey:
		return claimwatch.Refuse(claimwatch.CodeForbidden, "deliveries are noted by the system only")
	case batch == nil:
		return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such notice")
	case p.Channel != ChannelWebhook && p.Channel != ChannelEmail, p.Message == "", !isHash(p.AnswerSHA256), len(p.Findings) == 0:
		return claimwatch.Refuse(claimwatch.CodeInvalid, "a delivery names its message, channel, answer and findings")
	}
	for _, id := range p.Findings {
		if !slices.ContainsFunc(batch.Items, func(i NoticeItem) bool { return i.FindingID == id }) {
			return claimwatch.Refuse(claimwatch.CodeInvalid, "notice %s does not name finding %s", p.NoticeID, id)
		}
	}
	batch.Deliveries = append(batch.Deliveries, Delivered{
		Seq: accepted.Seq, Message: p.Message, Channel: p.Channel, Findings: p.Findings, AnswerSHA256: p.AnswerSHA256, At: p.DeliveredAt,
	})
	accepted.About = p.Findings
	return nil
}

// Delivered is a delivery of findings of a notice.
type Delivered struct {
	Seq          uint64             `json:"seq" doc:"of the entry that proves it"`
	Message      string             `json:"message_id"`
	Channel      string             `json:"channel" enum:"webhook,email"`
	Findings     []string           `json:"findings" nullable:"false"`
	AnswerSHA256 string             `json:"answer_sha256" doc:"of what the receiver answered"`
	At           claimwatch.Instant `json:"delivered_at"`
}

func isHash(text string) bool {
	return len(text) == 64 && !slices.ContainsFunc([]byte(text), func(b byte) bool { return (b < '0' || b > '9') && (b < 'a' || b > 'f') })
}
