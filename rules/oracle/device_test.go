package oracle

import (
	"strings"
	"testing"
)

func TestTooSoon(t *testing.T) {
	life := adding("items", stand("DEV", "category=device life_years=3"))
	const old = "device_fitting d1 2023-03-05T23:00 stay= amount=100\n"
	hit := []string{"DEV-001 h1|d2 v 03-04T08:00..03-04T08:00 100.00 d2:100.00 d1"}
	runCases(t, "DEV-001", []ruleCase{
		{name: "the last day of its life", ref: life, log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100", want: hit},
		{name: "3 years later", ref: life, log: old + "device_fitting d2 2026-03-05T00:00 stay= amount=100"},
		{name: "another part", ref: life, log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100 body_part=LEFT"},
		{name: "another person", ref: life, log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100 person=p2"},
		{name: "another item", ref: life, log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100 item_code=DEV2"},
		{name: "another institution", ref: life, log: strings.Replace(old, "stay=", "stay= inst=h2", 1) + "device_fitting d2 2026-03-04T08:00 stay= amount=100", want: hit},
		{name: "without an amount", ref: life, log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=0"},
		{name: "the one before without an amount", ref: life, log: strings.Replace(old, "amount=100", "amount=0", 1) + "device_fitting d2 2026-03-04T08:00 stay= amount=100"},
		{name: "29 February becomes 28 February", ref: life, log: "device_fitting d1 2020-02-29T08:00 stay= amount=100\ndevice_fitting d2 2023-02-28T08:00 stay= amount=100"},
		{
			name: "the one before counts, though itself too soon", ref: life,
			log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100\ndevice_fitting d3 2026-03-06T08:00 stay= amount=50",
			want: []string{
				"DEV-001 h1|d2 v 03-04T08:00..03-04T08:00 100.00 d2:100.00 d1",
				"DEV-001 h1|d3 v 03-06T08:00..03-06T08:00 50.00 d3:50.00 d2",
			},
		},
		{name: "no life given", log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100", ref: adding("items", stand("DEV", "category=device"))},
		{name: "waiting for its admission", ref: life, log: old + "device_fitting d2 2026-03-04T08:00 amount=100"},
		{name: "of a stay", ref: life, log: old + bedded + "device_fitting d2 2026-03-04T08:00 amount=100", want: hit},
	})
	runUntold(t, "DEV-001", []untoldCase{
		{name: "no row", log: old + bedded + "device_fitting d2 2026-03-04T08:00 amount=100", want: []string{"s1 row missing"}},
		{name: "no row needed: the first", log: bedded + "device_fitting d2 2026-03-04T08:00 amount=100"},
		{name: "no stay to say it of", log: old + "device_fitting d2 2026-03-04T08:00 stay= amount=100"},
	})
}

func TestInformalDevice(t *testing.T) {
	good := func(items string) func(Reference) {
		return adding("items", stand("DEV", items), "appraisals", "appraisal_id=ap person_id=p1 item_code=DEV approved_on=2027-01-01")
	}
	fit := func(record string, more ...string) string {
		return "device_fitting " + record + " 2026-03-04T08:00 stay= laser_mark=m " + strings.Join(more, " ") + "\n"
	}
	hit := func(severity, amount, lines string) []string {
		return []string{"DEV-003 h1|d " + severity + " 03-04T08:00..03-04T08:00 " + amount + " " + lines}
	}
	runCases(t, "DEV-003", []ruleCase{
		{name: "at the cap", ref: good("price_cap_1=100"), log: fit("d", "amount=100 photo_sha256=aa")},
		{name: "above the cap", ref: good("price_cap_1=99.995"), log: fit("d", "amount=100 photo_sha256=aa"), want: hit("v", "0.01", "d:0.01")},
		{name: "no cap", ref: good(""), log: fit("d", "amount=100 photo_sha256=aa")},
		{
			name: "no appraisal of the item: the whole amount", want: hit("v", "100.00", "d:100.00"), log: fit("d", "amount=100 photo_sha256=aa"),
			ref: adding("items", stand("DEV", "price_cap_1=50"), "appraisals", "appraisal_id=ap person_id=p1 item_code=OTHER\nappraisal_id=aq person_id=p2 item_code=DEV"),
		},
		{name: "no photo", ref: good(""), log: fit("d", "amount=100"), want: hit("s", "0.00", "d:0.00")},
		{name: "no laser mark", ref: good(""), log: fit("d", "amount=100 photo_sha256=aa laser_mark="), want: hit("s", "0.00", "d:0.00")},
		{name: "no photo, above the cap", ref: good("price_cap_1=60"), log: fit("d", "amount=100"), want: hit("v", "40.00", "d:40.00")},
		{
			name: "one photo for two", ref: good(""), log: fit("d", "amount=100 photo_sha256=aa") + fit("e", "amount=100 photo_sha256=aa inst=h2 person=p2"),
			want: []string{
				"DEV-003 h1|d s 03-04T08:00..03-04T08:00 0.00 d:0.00 e",
				"DEV-003 h2|e v 03-04T08:00..03-04T08:00 100.00 e:100.00 d", // p2 has no appraisal
			},
		},
		{name: "the other is cancelled", ref: good(""), log: fit("d", "amount=100 photo_sha256=aa") + fit("e", "photo_sha256=aa") + fit("e", "photo_sha256=aa cancelled= rev=2")},
		{name: "the other waits for its admission", ref: good(""), log: fit("d", "amount=100 photo_sha256=aa") + fit("e", "photo_sha256=aa stay=s9")},
	})
	runUntold(t, "DEV-003", []untoldCase{
		{
			name: "no row", log: bedded + "device_fitting d 2026-03-04T08:00 laser_mark=m photo_sha256=aa", want: []string{"s1 row missing"},
			ref: adding("appraisals", "appraisal_id=ap person_id=p1 item_code=DEV"),
		},
		{name: "a hit beats it", log: bedded + "device_fitting d 2026-03-04T08:00 laser_mark=m photo_sha256=aa", ref: adding("appraisals", "")},
		{name: "no table", log: bedded, want: []string{"s1 table not loaded"}},
	})
}
