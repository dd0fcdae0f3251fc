package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"

	"claimwatch"
	"claimwatch/province"
)

// demoAgency is the officers, clerks and hospitals of the simulated province, who work
// once a simulated day over the same API as everybody: they leave enough to be done.
type demoAgency struct {
	officer, reviewer, clerk, director *client
	hospitals                          map[string]*client
	institutions                       []string
	from                               claimwatch.Day
	day                                claimwatch.Day
	told, answered, rejected, released int
}

type demoFinding struct {
	FindingID     string             `json:"finding_id"`
	InstitutionID string             `json:"institution_id"`
	Revision      int                `json:"revision"`
	FactsSHA256   string             `json:"facts_sha256"`
	OccurredAt    claimwatch.Instant `json:"occurred_at"`
}

// chance is a share from 0 to 99 that a finding is born with; salt makes several of it.
func (f demoFinding) chance(salt string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(salt + f.FindingID)) // a hash takes everything
	return h.Sum32() % 100
}

func (d *demo) hire(ctx context.Context, p *province.Province) (*demoAgency, error) {
	a := &demoAgency{hospitals: map[string]*client{}, institutions: p.Institutions(), from: d.state.From}
	for login, to := range map[string]**client{"officer": &a.officer, "reviewer": &a.reviewer, "clerk": &a.clerk, "director": &a.director} {
		c, err := d.signIn(ctx, login)
		if err != nil {
			return nil, err
		}
		*to = c
	}
	for institution, key := range d.state.Keys {
		a.hospitals[institution] = &client{server: d.admin.server, key: key, http: d.admin.http}
	}
	return a, nil
}

// work is the day of everybody, once for each day of the simulated clock.
func (a *demoAgency) work(ctx context.Context, now claimwatch.Instant) error {
	day := now.Day()
	if day == a.day || day < a.from+3 {
		return nil
	}
	a.day = day
	steps := []func(context.Context) error{a.tell, a.answer, a.decide, a.appeal, a.hear}
	if day.String()[8:] == "20" {
		steps = append(steps, a.settle)
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (a *demoAgency) report() string {
	return fmt.Sprintf("the agency has told hospitals of %d findings, %d were answered, %d rejected, %d released", a.told, a.answered, a.rejected, a.released)
}

// tell gives notice of most findings that are some days old.
func (a *demoAgency) tell(ctx context.Context) error {
	list, err := a.findings(ctx, a.officer, "open", func(f demoFinding) bool { return f.OccurredAt.Day() < a.day-3 && f.chance("tell") < 70 })
	if err != nil {
		return err
	}
	done, err := a.decided(ctx, "notify", "", list)
	a.told += done
	return err
}

// answer lets hospitals explain themselves; one in three keeps silent.
func (a *demoAgency) answer(ctx context.Context) error {
	words := []string{"患者病情变化，按医嘱收取，病程记录见附件。", "经自查系统重复计费，同意核减。", "已核对医嘱与执行记录，收费项目与实际一致。"}
	list, err := a.findings(ctx, a.officer, "notified", func(f demoFinding) bool { return f.chance("answer") < 65 })
	if err != nil {
		return err
	}
	for _, f := range list {
		text := words[f.chance("words")%uint32(len(words))]
		err := a.hospitals[f.InstitutionID].post(ctx, "/v1/findings/"+f.FindingID+"/statements", map[string]string{"text": text}, &json.RawMessage{})
		if err := tolerated(err); err != nil {
			return err
		}
		a.answered++
	}
	return nil
}

// decide rejects and releases most of what was answered or has lapsed.
func (a *demoAgency) decide(ctx context.Context) error {
	for _, state := range []string{"explained", "lapsed"} {
		list, err := a.findings(ctx, a.officer, state, func(f demoFinding) bool { return f.chance("decide") < 75 })
		if err != nil {
			return err
		}
		var reject, release []demoFinding
		for _, f := range list {
			if state == "explained" && f.chance("release") < 40 {
				release = append(release, f)
			} else {
				reject = append(reject, f)
			}
		}
		rejected, err := a.decided(ctx, "reject", "说明不成立，依据条款不予支付", reject)
		if err != nil {
			return err
		}
		released, err := a.decided(ctx, "release", "说明成立，予以支付", release)
		if err != nil {
			return err
		}
		a.rejected += rejected
		a.released += released
	}
	return nil
}

// appeal lets hospitals appeal against some rejections, once.
func (a *demoAgency) appeal(ctx context.Context) error {
	list, err := a.findings(ctx, a.officer, "rejected", func(f demoFinding) bool { return f.chance("appeal") < 15 })
	if err != nil {
		return err
	}
	for _, f := range list {
		err := a.hospitals[f.InstitutionID].post(ctx, "/v1/findings/"+f.FindingID+"/appeals", map[string]string{"text": "请求复核，补充材料随后提交。"}, &json.RawMessage{})
		if err := tolerated(err); err != nil {
			return err
		}
	}
	return nil
}

// hear decides about appeals: the reviewer had no part in the rejections.
func (a *demoAgency) hear(ctx context.Context) error {
	list, err := a.findings(ctx, a.reviewer, "appealed", func(f demoFinding) bool { return f.chance("hear") < 60 })
	if err != nil {
		return err
	}
	for _, f := range list {
		action := "uphold"
		if f.chance("overturn") < 35 {
			action = "overturn"
		}
		body := map[string]any{"action": action, "reason": "复核", "expected_revision": f.Revision, "facts_sha256": f.FactsSHA256}
		if err := tolerated(a.reviewer.post(ctx, "/v1/findings/"+f.FindingID+"/decisions", body, &json.RawMessage{})); err != nil {
			return err
		}
	}
	return nil
}

// settle closes the month before by two people, and pays what is owed.
func (a *demoAgency) settle(ctx context.Context) error {
	first := a.day - 19
	month := (first - 1).String()[:7]
	for _, id := range a.institutions {
		path := "/v1/settlements/" + url.PathEscape(id) + "/" + month
		for _, call := range []struct {
			who  *client
			path string
		}{{a.clerk, "/close"}, {a.director, "/close"}, {a.clerk, "/payments"}, {a.director, "/payments"}} {
			if err := tolerated(call.who.post(ctx, path+call.path, struct{}{}, &json.RawMessage{})); err != nil {
				return err
			}
		}
	}
	return nil
}

// findings reads those of a state that are wanted, at most two hundred.
func (a *demoAgency) findings(ctx context.Context, who *client, state string, want func(demoFinding) bool) (list []demoFinding, err error) {
	enough := errors.New("enough")
	err = who.each(ctx, "/v1/findings", url.Values{"state": {state}, "suppressed": {"false"}, "limit": {"500"}}, func(item json.RawMessage) error {
		var f demoFinding
		if err := json.Unmarshal(item, &f); err != nil {
			return fmt.Errorf("read finding: %w", err)
		}
		if want(f) {
			list = append(list, f)
		}
		if len(list) == 200 {
			return enough
		}
		return nil
	})
	if errors.Is(err, enough) {
		err = nil
	}
	return list, err
}

// decided takes one decision of the officer about many and says about how many.
func (a *demoAgency) decided(ctx context.Context, action, reason string, list []demoFinding) (done int, err error) {
	if len(list) == 0 {
		return 0, nil
	}
	var seen []map[string]any
	for _, f := range list {
		seen = append(seen, map[string]any{"finding_id": f.FindingID, "expected_revision": f.Revision, "facts_sha256": f.FactsSHA256})
	}
	var answer struct {
		Items []struct{ Code string }
	}
	err = a.officer.post(ctx, "/v1/decisions", map[string]any{"action": action, "reason": reason, "findings": seen}, &answer)
	for _, item := range answer.Items {
		if item.Code == "" {
			done++
		}
	}
	return done, tolerated(err)
}

// tolerated is what people meet in a province that goes on meanwhile: a finding has
// changed, or a month has nothing to pay.
func tolerated(err error) error {
	var refusal *problem
	if errors.As(err, &refusal) && (refusal.Status == http.StatusConflict || refusal.Status == http.StatusUnprocessableEntity || refusal.Status == http.StatusForbidden) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("work as the agency: %w", err)
	}
	return nil
}

