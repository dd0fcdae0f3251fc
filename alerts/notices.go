package alerts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"go.uber.org/zap"

	"claimwatch"
)

// NameNotice is the alertname of a finding of a legal notice.
const NameNotice = "Notice"

// noticePrefix begins the ids of what reaches institutions, beside the routes: a legal
// notice goes where the law sends it, and no route, silence or inhibition holds it up.
const noticePrefix = "notice:"

// Notice is a legal notice of a day to an institution, with what it tells so far.
type Notice struct {
	ID, Number, InstitutionID, City string
	Day                             claimwatch.Day
	Items                           []NoticeItem
}

// NoticeItem is a finding of a notice.
type NoticeItem struct {
	FindingID, Rule string
	Title           [2]string
	Amount          claimwatch.Fen
	At              claimwatch.Instant
	DueOn           claimwatch.Day
}

// Proof is that a message about findings of a notice was taken.
type Proof struct {
	NoticeID, Message, Channel string
	Findings                   []string
	AnswerSHA256               string
	At                         claimwatch.Instant
}

// ContactConfig is where an institution wants its notices sent, beside the portal.
type ContactConfig struct {
	InstitutionID string         `yaml:"institution_id"`
	Webhook       *WebhookConfig `yaml:"webhook"`
	Emails        []string       `yaml:"emails"`
}

// readContacts makes what reaches institutions.
func (r *Routes) readContacts(file *routesFile) (faults []error) {
	r.contacts = map[string][]Integration{}
	for i := range file.Contacts {
		c := &file.Contacts[i]
		if _, twice := r.contacts[c.InstitutionID]; twice || c.InstitutionID == "" || c.Webhook == nil && len(c.Emails) == 0 {
			faults = append(faults, fmt.Errorf("notice_contacts %d: name each institution_id once, with a webhook or emails", i+1))
			continue
		}
		r.contacts[c.InstitutionID] = nil
		add := func(channel string, s Sender, err error) {
			one := Integration{ID: noticePrefix + c.InstitutionID + "/" + channel, Receiver: c.InstitutionID, SendResolved: true, Sender: s}
			if err != nil {
				faults = append(faults, fmt.Errorf("notice_contacts of %s: %w", c.InstitutionID, err))
			}
			r.contacts[c.InstitutionID] = append(r.contacts[c.InstitutionID], one)
		}
		if c.Webhook != nil {
			s, err := newWebhook(*c.Webhook)
			add("webhook", s, err)
		}
		if len(c.Emails) > 0 {
			s, err := newEmail(EmailConfig{To: c.Emails}, file.SMTP)
			add("email", s, err)
		}
	}
	return faults
}

// portalOf is the inbox of an institution, which every notice comes to.
func portalOf(institution string) Integration {
	return Integration{ID: noticePrefix + institution + "/inbox", Receiver: institution, Inbox: &InboxConfig{Hospitals: true}}
}

// told makes the items of a notice that an integration does not know yet.
func (n *Notice) told(cfg Config, knows func(string) bool) (fresh []Told) {
	for _, item := range n.Items {
		t := Told{Status: StatusFiring, Alert: Alert{
			Labels: map[string]string{
				"alertname": NameNotice, "notice_id": n.ID, "finding_id": item.FindingID, "notified_at": item.At.String(), "rule": item.Rule,
				"institution_id": n.InstitutionID, "city": n.City, "hospital": "yes",
			},
			Annotations: map[string]string{
				"title_zh": "审核通知: " + item.Title[0], "title_en": "Notice: " + item.Title[1], "amount_yuan": item.Amount.String(),
				"due_on": item.DueOn.String(), "number": n.Number, "link": cfg.Console + "/notices/" + n.ID,
			},
		}}
		if t.Fingerprint = t.Alert.Fingerprint(); !knows(t.Fingerprint) {
			fresh = append(fresh, t)
		}
	}
	return fresh
}

// outbox decides, until ctx ends, what institutions are told of their notices: each
// finding of each notice once by each way.
func (a *Alerts) outbox(ctx context.Context, routes *Routes, token string) {
	for {
		if err := a.tellNotices(ctx, routes, token); err != nil && ctx.Err() == nil {
			a.met.failures.Inc()
			a.log.Warn("notices are sent later", zap.Error(err))
		}
		if !sleep(ctx, a.cfg.Notices) {
			return
		}
	}
}

func (a *Alerts) tellNotices(ctx context.Context, routes *Routes, token string) error {
	notices, err := a.deps.Notices(ctx)
	if err != nil {
		return fmt.Errorf("read notices: %w", err)
	}
	for i := range notices {
		n := &notices[i]
		for _, to := range append([]Integration{portalOf(n.InstitutionID)}, routes.contacts[n.InstitutionID]...) {
			at, knows := a.book.lane(to.ID, n.ID)
			fresh := n.told(a.cfg, knows)
			g := group{key: n.ID, now: a.now(), labels: map[string]string{
				"notice_id": n.ID, "number": n.Number, "institution_id": n.InstitutionID, "day": n.Day.String(),
			}}
			for len(fresh) > 0 {
				part := fresh[:min(len(fresh), maxTold)]
				fresh = fresh[len(part):]
				at.n++
				if err := a.decide(ctx, token, &to, &g, Message{Sequence: at.n, Active: len(n.Items), Alerts: part}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// prove notes in the journal that a notice was delivered, before the topic says so: a
// crash between the two repeats the message, with its id, and not the proof.
func (a *Alerts) prove(ctx context.Context, p *Pending, r *record) error {
	if !strings.HasPrefix(p.Integration, noticePrefix) || r.Outcome != OutcomeDelivered {
		return nil
	}
	channel := p.Integration[strings.LastIndex(p.Integration, "/")+1:]
	sum := sha256.Sum256([]byte(r.Answer))
	proof := Proof{NoticeID: p.GroupKey, Message: p.ID, Channel: channel, AnswerSHA256: hex.EncodeToString(sum[:]), At: a.now()}
	for _, t := range p.Alerts {
		proof.Findings = append(proof.Findings, t.Labels["finding_id"])
	}
	return a.deps.Prove(ctx, proof)
}
