package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/wire"
	"claimwatch/province"
	"claimwatch/rules"
	"claimwatch/stream"
	"claimwatch/stream/embedded"
)

// TestSimulator lets a node work through a province of a year that another one
// received, in which every scene is played: as of its end all that was planted is
// found, with its amount, none of what is only near, and nothing in the wards.
// rules/oracle holds the same province against the text, finding by finding.
func TestSimulator(t *testing.T) {
	t.Parallel()
	all := province.Generate(province.Config{Seed: 23, Persons: 12, From: 20_240, Days: 400, ViolationRate: 0.5, Rounds: 1})
	s := setup{data: t.TempDir(), clock: "wall", address: freeAddress(t)}
	receive(t, filepath.Join(s.data, "log"), all)
	p := start(t, s)
	p.prepare(t, &world{reference: all.Reference})
	p.waitIdle(t)
	out, code := run(t, "evaluate", "--as-of", all.Until.String(), "--json", "--server", p.url, "--data", p.data)
	if code != 0 {
		t.Fatalf("claimwatch evaluate: exit %d", code)
	}
	var found []finding
	for line := range strings.Lines(out) {
		var f finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("read finding %s: %v", line, err)
		}
		found = append(found, f)
	}
	count(t, all.Plants, found)
	now := time.Now().Format(time.RFC3339)
	swept, _ := run(t, "evaluate", "--as-of", now, "--digest", "--server", p.url, "--data", p.data)
	if live := p.digest(t, "?findings=true"); swept != live+"\n" {
		t.Errorf("the live findings have the digest %s, a sweep as of %s has %s", live, now, swept)
	}
}

// receive writes the records of a province into a log as the door would have
// done when they were sent: DAT-001, DAT-003 and DAT-004 depend on that.
func receive(t *testing.T, dir string, all province.Log) {
	t.Helper()
	broker, err := embedded.Start(dir, "", zap.NewNop())
	if err != nil {
		t.Fatalf("Start() error:\n%+v", err)
	}
	config := stream.Local(broker.Addr())
	config.Now = time.Now
	client, err := stream.Open(config, zap.NewNop(), prometheus.NewRegistry())
	if err != nil {
		t.Fatalf("Open() error:\n%+v", err)
	}
	if err := client.EnsureTopics(t.Context()); err != nil {
		t.Fatalf("EnsureTopics() error:\n%+v", err)
	}
	var messages []claimwatch.Message
	for i := range all.Records {
		var packed wire.Records
		packed.Add(0, &all.Records[i])
		messages = append(messages, packed.Messages(claimwatch.Upload{
			ReceiptID: fmt.Sprintf("r%d", i), InstitutionID: all.Records[i].InstitutionID, ReceivedAt: all.ReceivedAt[i],
		})...)
	}
	if err := client.Writer(claimwatch.TopicRecords).Write(t.Context(), messages...); err != nil {
		t.Fatalf("Write() error:\n%+v", err)
	}
	if err := client.Close(); err != nil {
		t.Fatalf("Close() of the client error:\n%+v", err)
	}
	if err := broker.Close(); err != nil {
		t.Fatalf("Close() of the log error:\n%+v", err)
	}
}

// count holds findings against what was planted and prints a table of it, with
// all rules of the library.
func count(t *testing.T, plants []province.Plant, found []finding) {
	t.Helper()
	library, err := rules.Embedded()
	if err != nil {
		t.Fatalf("Embedded() error:\n%+v", err)
	}
	type tally struct{ planted, found, near, wrong int }
	tallies, planted := map[string]*tally{}, map[string]province.Plant{}
	for _, rule := range library.Active() {
		tallies[rule.Code] = &tally{}
	}
	for _, plant := range plants {
		switch of := tallies[plant.Rule]; {
		case of == nil:
		case plant.Near:
			of.near++
		default:
			of.planted++
			planted[plant.FindingID] = plant
		}
	}
	for _, f := range found {
		plant, wanted := planted[f.FindingID]
		if !wanted || plant.Priced && plant.Amount.String() != f.Amount {
			tallies[f.Rule].wrong++
			t.Errorf("%s is found about %s with %s; planted: %v, with %s", f.Rule, f.Subject, f.Amount, wanted, plant.Amount)
			continue
		}
		tallies[f.Rule].found++
		delete(planted, f.FindingID)
	}
	for _, plant := range planted {
		t.Errorf("%s is not found about %s", plant.Rule, plant.Subject)
	}
	t.Log("rule     planted found near wrongly found")
	for _, code := range slices.Sorted(maps.Keys(tallies)) {
		of := tallies[code]
		t.Logf("%s %8d %5d %4d %13d", code, of.planted, of.found, of.near, of.wrong)
		if of.planted == 0 || of.near == 0 {
			t.Errorf("%s: %d planted, %d near, want some of both", code, of.planted, of.near)
		}
	}
}
