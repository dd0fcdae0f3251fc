package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const acrossItems = itemsHead +
	"BED1,,2020-01-01,bed,%s,日,true,false,false,false,false,50,50,50,false\n" +
	"LEG1,,2020-01-01,leg,device,each,true,false,false,false,false,900,900,900,false\n" +
	"LAB1,,2020-01-01,blood count,lab,each,true,false,false,false,false,20,20,20,false\n"

// bedded is the admission of a person in bed 1 of the ward of the hospital.
func bedded(person, stay, at string) string {
	return strings.Replace(admission(person, stay, at), `"department"`, `"ward":"W","bed":"1","department"`, 1)
}

func fitting(id, person, at string) string {
	return fmt.Sprintf(`{"kind":"device_fitting","record_id":%q,"person_id":%q,"occurred_at":%q,"item_code":"LEG1","amount":"900","photo_sha256":%q,"laser_mark":"M-%s"}`,
		id, person, at, strings.Repeat("a", 64), id)
}

// about lists the findings of a rule: subject, amount and what they name.
func (c *client) about(t testing.TB, rule string) (found []string) {
	t.Helper()
	for _, f := range c.findings(t, "rule="+rule) {
		var lines []string
		for _, l := range f.Lines {
			lines = append(lines, l.RecordID+":"+l.Amount)
		}
		slices.Sort(lines)
		found = append(found, f.Subject+" "+f.Amount+" "+strings.Join(lines, " "))
	}
	slices.Sort(found)
	return found
}

// TestAcrossPersons lets records of one person change what is found about
// another, and about the institution. After each step the live findings are
// those of a sweep, and in the end those of a replay.
func TestAcrossPersons(t *testing.T) {
	t.Parallel()
	s := newSetup(t, "event")
	p := start(t, s)
	loadReference(t, p.client)
	p.load(t, "items", fmt.Sprintf(acrossItems, "bed"))
	p.load(t, "appraisals", "appraisal_id,person_id,item_code,approved_on\n1,P1,LEG1,2026-01-01\n2,P2,LEG1,2026-01-01\n")
	first, second := p.as(p.newKey(t, "--institution", "H1")), p.as(p.newKey(t, "--institution", "H2"))
	bedFee := func(id, person, stay, day string) string {
		return strings.Replace(feeLine(id, person, stay, "2026-03-0"+day+"T12:00:00+08:00", "BED1", ""), `"lab"`, `"bed"`, 1)
	}
	refund := func(id, at, of string, revision int) string {
		return fmt.Sprintf(`{"kind":"fee","record_id":%q,"revision":%d,"person_id":"P1","stay_id":"S1","occurred_at":%q,"item_code":"LAB1","item_name":"n","category":"lab","quantity":"-1","unit_price":"12.50","amount":"-12.50","reverses":%q}`,
			id, revision, at, of)
	}
	const shared = "H1|P1|S1|H1|P2|S2 "
	for _, step := range []struct {
		name   string
		of     *client
		sends  []string
		loads  string
		rule   string
		stands []string
	}{
		{"alone in bed", first, []string{bedded("P1", "S1", "2026-03-02T08:00:00+08:00"), bedFee("B1", "P1", "S1", "2"), bedFee("B2", "P1", "S1", "3")}, "", "ADM-012", nil},
		{
			"another in the bed", first, []string{bedded("P2", "S2", "2026-03-02T20:00:00+08:00"), bedFee("B3", "P2", "S2", "3")}, "", "ADM-012",
			[]string{shared + "12.50 B3:12.50 adm-S1:0.00 adm-S2:0.00"},
		},
		{"a bed that is none", nil, nil, fmt.Sprintf(acrossItems, "nursing"), "ADM-012", []string{shared + "0.00 adm-S1:0.00 adm-S2:0.00"}},
		{"it is one again", nil, nil, fmt.Sprintf(acrossItems, "bed"), "ADM-012", []string{shared + "12.50 B3:12.50 adm-S1:0.00 adm-S2:0.00"}},
		{
			"the first had left", first,
			[]string{`{"kind":"discharge","record_id":"D1","person_id":"P1","stay_id":"S1","occurred_at":"2026-03-02T21:59:00+08:00","disposition":"improved","diagnoses":[]}`},
			"", "ADM-012", nil,
		},
		{"a refund of nothing", first, []string{refund("R1", "2026-03-02T12:00:00+08:00", "F9", 1)}, "", "FEE-028", nil},
		{
			"a line of a stay that has not begun", first, []string{feeLine("F9", "P3", "S3", "2026-03-03T09:00:00+08:00", "LAB1", "")}, "", "FEE-028", nil,
		},
		{
			"it has", first, []string{admission("P3", "S3", "2026-03-03T08:00:00+08:00")}, "", "FEE-028",
			[]string{"H1|F9 0.00 F9:0.00 R1:0.00"},
		},
		{"a photograph", first, []string{fitting("G1", "P1", "2026-03-03T10:00:00+08:00")}, "", "DEV-003", nil},
		{
			"the same elsewhere", second, []string{fitting("G2", "P2", "2026-03-03T10:30:00+08:00"), admission("P4", "S4", "2026-03-03T11:00:00+08:00")}, "", "DEV-003",
			[]string{"H1|G1 0.00 G1:0.00 G2:0.00", "H2|G2 0.00 G1:0.00 G2:0.00"},
		},
	} {
		if step.loads != "" {
			p.load(t, "items", step.loads)
		} else {
			step.of.upload(t, step.sends...)
		}
		asOf := *p.waitIdle(t).AsOf
		if diff := cmp.Diff(step.stands, p.about(t, step.rule)); diff != "" {
			t.Errorf("%s: findings of %s (-want, +got):\n%s", step.name, step.rule, diff)
		}
		var swept struct{ Digest string }
		p.do(t, "GET", "/v1/evaluate?digest=true&as_of="+queryEscape(asOf), "", nil).into(t, &swept)
		if live := p.digest(t, "?findings=true"); live != swept.Digest {
			t.Errorf("%s: the live findings have the digest %s, a sweep as of %s has %s", step.name, live, asOf, swept.Digest)
		}
	}
	wanted := p.digest(t, "")
	p.stop(t)
	args := []string{"replay", "--from-log", "--clock", "event", "--data", s.data}
	if s.kafka != nil {
		args = []string{"replay", "--from-log", "--clock", "event", "--config", s.configFile()}
	}
	if out, code := run(t, args...); code != 0 || out != wanted+"\n" {
		t.Errorf("replay printed %q (exit %d), want %s", out, code, wanted)
	}
}
