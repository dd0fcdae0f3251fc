package alerts

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"claimwatch"
)

// Tested is what a receiver said to a test message.
type Tested struct {
	Integration string `json:"integration"`
	Outcome     string `json:"outcome" enum:"delivered,failed"`
	Answer      string `json:"answer"`
	Again       bool   `json:"again" doc:"a real message would be sent again"`
}

type testAnswer struct {
	Body struct {
		Items []Tested `json:"items" nullable:"false"`
	}
}

// test sends past routes, log and retries: what it shows is whether a receiver answers.
func (a *Alerts) test(ctx context.Context, _ *struct{}) (*testAnswer, error) {
	if _, err := claimwatch.CallerWith(ctx, keeper...); err != nil {
		return nil, err
	}
	out := &testAnswer{}
	out.Body.Items = []Tested{}
	for _, to := range a.routes.Load().Integrations() {
		if to.Sender == nil {
			out.Body.Items = append(out.Body.Items, Tested{Integration: to.ID, Outcome: OutcomeDelivered, Answer: "the inbox is the log itself"})
			continue
		}
		one := Told{Status: StatusFiring, Alert: Alert{
			Labels:      map[string]string{"alertname": NameTest},
			Annotations: map[string]string{"title_zh": "测试", "title_en": "A test: nothing has happened", "link": a.cfg.Console},
		}}
		one.Fingerprint = one.Alert.Fingerprint()
		m := Message{
			Version: BodyVersion, ID: "a_test" + rand.Text(), Receiver: to.Receiver, Sequence: 1, GroupKey: "test", GroupLabels: map[string]string{},
			Status: StatusFiring, DecidedAt: a.now(), Active: 1, Alerts: []Told{one},
		}
		body, err := json.Marshal(&m)
		if err != nil {
			return nil, fmt.Errorf("write message: %w", err)
		}
		t := Tested{Integration: to.ID, Outcome: OutcomeDelivered}
		once, cancel := context.WithTimeout(ctx, a.cfg.Timeout)
		t.Answer, t.Again, err = to.Sender.Send(once, &Pending{Message: m, Integration: to.ID, Body: body}, a.deps.Now())
		cancel()
		if err != nil {
			t.Outcome, t.Answer = OutcomeFailed, cut(err.Error()+" "+t.Answer)
		}
		out.Body.Items = append(out.Body.Items, t)
	}
	return out, nil
}

type silencesAnswer struct {
	Body struct {
		Items []Silence `json:"items" nullable:"false"`
	}
}

func (a *Alerts) silences(ctx context.Context, _ *struct{}) (*silencesAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...)
	if err != nil {
		return nil, err
	}
	out := &silencesAnswer{}
	out.Body.Items = []Silence{}
	for _, s := range a.book.Silences() {
		if caller.SeesAll() || s.City == "" || s.City == caller.City {
			out.Body.Items = append(out.Body.Items, s)
		}
	}
	return out, nil
}

type silenceInput struct {
	Body struct {
		Matchers []string            `json:"matchers" minItems:"1" maxItems:"20" nullable:"false" example:"[\"rule=\\\"DUP-001\\\"\"]" doc:"all of them hold"`
		Reason   string              `json:"reason" minLength:"1" maxLength:"500"`
		Until    *claimwatch.Instant `json:"until,omitempty" doc:"when it ends; at most 90 days ahead"`
		For      string              `json:"for,omitempty" example:"8h" doc:"how long it lasts, instead of until"`
	}
}

type silenceAnswer struct{ Body Silence }

func (a *Alerts) silence(ctx context.Context, in *silenceInput) (*silenceAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, muters...)
	if err != nil {
		return nil, err
	}
	if _, err := matchers(in.Body.Matchers); err != nil {
		return nil, err
	}
	if n := utf8.RuneCountInString(in.Body.Reason); n < 1 || n > maxReason {
		return nil, &claimwatch.Error{Code: claimwatch.CodeInvalid, Field: "reason", Message: "say in 1 to 500 characters why"}
	}
	now := a.now()
	s := Silence{ID: "s_" + rand.Text(), Matchers: in.Body.Matchers, By: caller.KeyID, Reason: in.Body.Reason, From: now, City: caller.City}
	switch lasts, bad := time.ParseDuration(in.Body.For); {
	case in.Body.Until != nil && in.Body.For == "":
		s.Until = *in.Body.Until
	case in.Body.Until == nil && bad == nil:
		s.Until = now + claimwatch.Instant(lasts.Milliseconds())
	default:
		return nil, &claimwatch.Error{Code: claimwatch.CodeInvalid, Field: "until", Message: "name until, or for as 30m or 8h, and not both"}
	}
	if s.Until <= now || s.Until.Time().Sub(now.Time()) > maxSilence {
		return nil, &claimwatch.Error{Code: claimwatch.CodeInvalid, Field: "until", Message: "a silence ends after now and within 90 days"}
	}
	if err := a.write(ctx, &record{Type: recordSilence, Silence: &s, By: caller.KeyID}); err != nil {
		return nil, unavailable(err)
	}
	return &silenceAnswer{Body: s}, nil
}

type endSilenceInput struct {
	ID string `path:"id"`
}

func (a *Alerts) endSilence(ctx context.Context, in *endSilenceInput) (*struct{}, error) {
	caller, err := claimwatch.CallerWith(ctx, muters...)
	if err != nil {
		return nil, err
	}
	for _, s := range a.book.Silences() {
		if s.ID != in.ID || !caller.SeesAll() && s.City != caller.City {
			continue
		}
		if s.Until <= a.now() {
			return nil, claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the silence is over already")
		}
		if err := a.write(ctx, &record{Type: recordExpire, Message: s.ID, By: caller.KeyID}); err != nil {
			return nil, unavailable(err)
		}
		return nil, nil
	}
	return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such silence")
}
