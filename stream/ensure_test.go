package stream

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
	"claimwatch/stream/kafkatest"
)

func TestEnsureTopicsRefusesWhatWouldLoseSomething(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg := Local(cluster.Brokers...)
	cfg.Now = time.Now
	c := open(t, cfg)
	if err := c.EnsureTopics(t.Context()); err != nil {
		t.Fatalf("EnsureTopics() the second time error:\n%+v", err)
	}
	for _, tc := range []struct{ topic, name, bad, good string }{
		{claimwatch.TopicRecords, "retention.ms", "604800000", "-1"},
		{claimwatch.TopicRecords, "retention.bytes", "1000000", "-1"},
		{claimwatch.TopicJournal, "cleanup.policy", "compact", "delete"},
		{claimwatch.TopicJournal, "retention.ms", "1000", "-1"},
		{claimwatch.TopicTouched, "max.message.bytes", "100000", "1048588"},
		{claimwatch.TopicTouched, "retention.ms", "3600000", "-1"},
	} {
		t.Run(tc.topic+" "+tc.name, func(t *testing.T) {
			alter(t, c, tc.topic, tc.name, tc.bad)
			err := c.EnsureTopics(t.Context())
			var refused *TopicsError
			if !errors.As(err, &refused) || len(refused.Problems) != 1 {
				t.Fatalf("EnsureTopics() error is %v, want one problem", err)
			}
			p := refused.Problems[0]
			if diff := cmp.Diff([]string{tc.topic, tc.name, tc.bad}, []string{p.Topic, p.Setting, p.Found}); diff != "" {
				t.Errorf("problem (-want, +got):\n%s", diff)
			}
			if want := "--entity-name " + tc.topic + " --add-config " + tc.name + "=" + p.Wanted; !strings.Contains(err.Error(), want) {
				t.Errorf("the refusal does not tell the command %q:\n%v", want, err)
			}
			alter(t, c, tc.topic, tc.name, tc.good)
			if err := c.EnsureTopics(t.Context()); err != nil {
				t.Errorf("EnsureTopics() after mending error:\n%+v", err)
			}
		})
	}
}

// K1 and K14: all problems are told at once.
func TestEnsureTopicsRefusesShape(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 2)
	open(t, cfg)
	cfg.Partitions = map[string]int{topic: 4, claimwatch.TopicJournal: 1}
	cfg.Replication, cfg.MinInSync = 3, 2
	err := openOnly(t, cfg).EnsureTopics(t.Context())
	var refused *TopicsError
	if !errors.As(err, &refused) {
		t.Fatalf("EnsureTopics() error is %v, want a refusal", err)
	}
	var got []string
	for _, p := range refused.Problems {
		if p.Topic == topic {
			got = append(got, p.Setting+": "+p.Found+" for "+p.Wanted)
		}
	}
	want := []string{"partitions: 2 for 4", "replicas: 1 for at least 2", "min.insync.replicas: 1 for 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want, +got):\n%s", diff)
	}
}

func TestUncleanElectionIsRefusedWhereTheBrokerTells(t *testing.T) {
	cfg, topic := testConfig(t, sharedCluster(t), 1)
	c := openOnly(t, cfg)
	found := map[string]string{"unclean.leader.election.enable": "true"}
	for _, s := range settingsOf(topic, 1) {
		found[s.name] = s.value
	}
	problems := c.checkSettings(topic, found)
	if len(problems) != 1 || problems[0].Setting != "unclean.leader.election.enable" {
		t.Errorf("problems are %v", problems)
	}
	delete(found, "unclean.leader.election.enable")
	delete(found, "max.message.bytes")
	problems = c.checkSettings(topic, found)
	if len(problems) != 1 || problems[0].Found != "not set" {
		t.Errorf("problems are %v, want the setting that the broker did not tell", problems)
	}
}

// Processes are started together and the log is not always the first.
func TestEnsureTopicsWaitsForTheLog(t *testing.T) {
	cluster := kafkatest.Start(t)
	cfg, topic := testConfig(t, cluster, 1)
	cluster.Kill()
	restarted := make(chan error, 1)
	time.AfterFunc(500*time.Millisecond, func() { restarted <- cluster.Restart() })
	c := open(t, cfg)
	if err := <-restarted; err != nil {
		t.Fatalf("Restart() error:\n%+v", err)
	}
	write(t, c.Writer(topic), message(0))
}
