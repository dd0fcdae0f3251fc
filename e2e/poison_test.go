package e2e

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/stream"
)

// poison are messages that nobody should write, by what is told of them.
func poison(institution string) map[string][]claimwatch.Message {
	good := map[string]string{"v": "1", "receipt": "r_poison", "received_at": "2026-03-02T01:00:00.000Z", "chunk": "0/1", "refused": "0"}
	with := func(key, value string, change func(map[string]string)) claimwatch.Message {
		headers := maps.Clone(good)
		change(headers)
		return claimwatch.Message{Key: []byte(key), Value: []byte(value), Headers: headers}
	}
	none := func(map[string]string) {}
	record := "0\t" + feeLine("POISON1", "P1", "S1", badInputTime, "LAB1", `,"institution_id":"`+institution+`"`) + "\n"
	list := map[string][]claimwatch.Message{
		claimwatch.TopicRecords: {
			{Key: []byte(institution), Headers: good}, // a tombstone
			with(institution, "", none),
			with("not an institution", record, none),
			with("", record, none),
			with("SOMEBODY-ELSE", record, none), // the record names another than the key
			with(institution, record, func(h map[string]string) { h["v"] = "99" }),
			with(institution, record, func(h map[string]string) { delete(h, "v") }),
			with(institution, record, func(h map[string]string) { h["received_at"] = "yesterday" }),
			with(institution, record, func(h map[string]string) { h["chunk"] = "1/1" }),
			with(institution, "no number and no record\n", none),
			with(institution, "0\t{\"kind\":\"fee\"\n", none),
			with(institution, "0\t\xff\xfe\x00\n", none),
			with(institution, "0\t"+string(make([]byte, 800_000))+"\n", none),
		},
	}
	for _, topic := range []string{claimwatch.TopicTouched, claimwatch.TopicQuarantine, claimwatch.TopicJournal} {
		list[topic] = []claimwatch.Message{
			{Key: []byte("P1"), Headers: good},
			with("P1", "\x00\xff not { this\n", none),
			with("P1", `{"a":1}`, func(h map[string]string) { h["v"] = "99" }),
			with("", `{"a":1}`, func(h map[string]string) { clear(h) }),
		}
	}
	for topic := range list {
		for i := range list[topic] {
			list[topic][i].Topic = topic
		}
	}
	return list
}

// testPoison writes straight to the topics what no door let in: it is kept in
// quarantine, nothing of it counts, and what comes after is handled.
func testPoison(t *testing.T, p *server, log string, hospital *client) {
	const institution = "H3"
	before := p.waitIdle(t)
	known := p.quarantined(t)
	cfg := stream.Local(log)
	cfg.Now = time.Now
	client, err := stream.Open(cfg, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	messages := poison(institution)
	for _, topic := range slices.Sorted(maps.Keys(messages)) {
		if err := client.Writer(topic).Write(context.Background(), messages[topic]...); err != nil {
			t.Fatalf("write poison to %s: %v", topic, err)
		}
	}
	after := p.waitIdle(t)
	if after.Records.Stored != before.Records.Stored {
		t.Errorf("stored %d after poison, want %d", after.Records.Stored, before.Records.Stored)
	}
	codes := map[string]int{}
	var page struct {
		Items []struct {
			QuarantineID string `json:"quarantine_id"`
			Code         string `json:"code"`
			ReceiptID    string `json:"receipt_id"`
		} `json:"items"`
	}
	p.do(t, http.MethodGet, "/v1/quarantine?limit=1000&receipt_id=r_poison", "", nil).into(t, &page)
	for _, item := range page.Items {
		codes[item.Code]++
	}
	want := map[string]int{"empty": 3, "institution_mismatch": 3, "format": 6, "syntax": 2, "not_utf8": 2}
	if diff := cmp.Diff(want, codes); diff != "" {
		t.Errorf("codes of poison in quarantine (-want, +got):\n%s", diff)
	}
	if len(known) == 0 {
		t.Errorf("nothing was in quarantine before: the tests of bad input come first")
	}
	r := hospital.upload(t, feeLine("POISON1", "P1", "S1", badInputTime, "LAB1", ""))
	if r.Accepted != 1 || len(r.Refused) != 0 {
		t.Errorf("after poison: %+v", r)
	}
	if s := p.waitIdle(t); s.Records.Stored != before.Records.Stored+1 {
		t.Errorf("stored %d, want %d", s.Records.Stored, before.Records.Stored+1)
	}
	if a := p.do(t, http.MethodGet, "/livez", "", nil); a.status != http.StatusOK {
		t.Errorf("livez after poison: %d %s", a.status, a.body)
	}
	// The journal still decides.
	key := p.newKey(t, "--institution", "H4")
	if r := p.as(key).upload(t, feeLine("F1", "P1", "S1", badInputTime, "LAB1", "")); r.Accepted != 1 {
		t.Errorf("with a key made after poison: %+v", r)
	}
}
