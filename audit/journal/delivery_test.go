package journal

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

// TestNoticeDelivered: only the system proves a delivery, of findings that the notice
// names; it moves nothing else, and no address is in the chain.
func TestNoticeDelivered(t *testing.T) {
	s := &State{}
	fold := func(c Command) (Taken, bool) {
		t.Helper()
		taken := apply(t, s, c)
		return taken, taken.Accepted != nil
	}
	at := instant(t, "2026-03-02T10:00:00+08:00")
	f := sample("S1|A1")
	if taken, ok := fold(decision(t, "c_n", f, claimwatch.ActionNotify, 0, at)); !ok {
		t.Fatalf("notify: %v", taken.Answer.Refusal)
	}
	batch := s.notices.batches[0]
	due := batch.Items[0].At
	good := NoticeDelivery{
		NoticeID: batch.ID, Message: "a_1", Channel: ChannelWebhook, Findings: []string{f.ID}, AnswerSHA256: strings.Repeat("0", 64), DeliveredAt: at + 1000,
	}
	for name, change := range map[string]func(*NoticeDelivery, *Command){
		"by an officer":     func(_ *NoticeDelivery, c *Command) { c.Actor = officer },
		"of another notice": func(d *NoticeDelivery, _ *Command) { d.NoticeID = "n_0" },
		"another finding":   func(d *NoticeDelivery, _ *Command) { d.Findings = []string{"f_0"} },
		"no finding":        func(d *NoticeDelivery, _ *Command) { d.Findings = nil },
		"by pigeon":         func(d *NoticeDelivery, _ *Command) { d.Channel = "pigeon" },
		"no answer":         func(d *NoticeDelivery, _ *Command) { d.AnswerSHA256 = "0" },
		"no message":        func(d *NoticeDelivery, _ *Command) { d.Message = "" },
	} {
		d, c := good, Command{ID: "c_" + name, Type: TypeNoticeDelivered, At: at, Actor: system}
		change(&d, &c)
		if _, ok := fold(build(t, c, d, nil)); ok || len(batch.Deliveries) > 0 {
			t.Errorf("%s: it is accepted", name)
		}
	}
	c := build(t, Command{ID: "c_d", Type: TypeNoticeDelivered, At: at, Actor: system}, good, nil)
	proven, _ := fold(c)
	fold(c) // a repeat has no effect
	if len(batch.Deliveries) != 1 || batch.Deliveries[0].Message != "a_1" || batch.Deliveries[0].At != at+1000 {
		t.Errorf("deliveries %+v", batch.Deliveries)
	}
	if got := s.noticeOf(batch); got.Items[0].At != due || len(got.Deliveries) != 1 {
		t.Errorf("the notice is %+v", got)
	}
	want := `{"command_id":"c_d","type":"notice_delivered","at":"2026-03-02T10:00:00.000+08:00","actor":{"key":"system"},"payload":{"notice_id":"` + batch.ID +
		`","message":"a_1","channel":"webhook","findings":["` + f.ID + `"],"answer_sha256":"` + strings.Repeat("0", 64) + `","delivered_at":"2026-03-02T10:00:01.000+08:00"}}`
	if canonical := string(proven.Canonical); canonical != want {
		t.Errorf("the bytes in the chain (-got, +want):\n%s", cmp.Diff(canonical, want))
	}
}
