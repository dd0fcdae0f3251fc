package alerts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"claimwatch"
)

func TestOfFinding(t *testing.T) {
	row := "WL-1"
	for _, test := range []struct {
		name   string
		change func(*Finding)
		is     bool
	}{
		{"open", func(*Finding) {}, true},
		{"lapsed", func(f *Finding) { f.State = claimwatch.StateLapsed }, true},
		{"appealed", func(f *Finding) { f.State = claimwatch.StateAppealed }, true},
		{"retracted", func(f *Finding) { f.State = claimwatch.StateRetracted }, false},
		{"rejected", func(f *Finding) { f.State = claimwatch.StateRejected }, false},
		{"released", func(f *Finding) { f.State = claimwatch.StateReleased }, false},
		{"upheld", func(f *Finding) { f.State = claimwatch.StateUpheld }, false},
		{"overturned", func(f *Finding) { f.State = claimwatch.StateOverturned }, false},
		{"on trial", func(f *Finding) { f.Trial = true }, false},
		{"whitelisted", func(f *Finding) { f.SuppressedBy = &row }, false},
		{"just at the floor", func(f *Finding) { f.Amount = 50_00 }, true},
		{"below the floor", func(f *Finding) { f.Amount = 49_99 }, false},
		{"a reminder", func(f *Finding) { f.Severity = claimwatch.Reminder }, false},
	} {
		cfg := Default()
		cfg.Floor = 50_00
		f := finding("f_1", 60_00)
		test.change(&f)
		if _, is := OfFinding(cfg, &f); is != test.is {
			t.Errorf("%s: an alert %t, want %t", test.name, is, test.is)
		}
	}
}

// TestNoPersonIsNamed: whatever a finding knows of a person is not in its alert.
func TestNoPersonIsNamed(t *testing.T) {
	f := finding("f_1", 1)
	person, stay := "PERSON", "STAY"
	f.PersonID, f.StayID, f.Subject, f.Evidence = &person, &stay, "PERSON|STAY", []byte(`{"diagnosis":"CLINICAL"}`)
	one, _ := OfFinding(Default(), &f)
	for name, value := range one.Labels {
		one.Annotations[name] = value
	}
	for name, value := range one.Annotations {
		for _, secret := range []string{person, stay, "CLINICAL"} {
			if strings.Contains(value, secret) {
				t.Errorf("%s says %q", name, value)
			}
		}
	}
}

func TestBand(t *testing.T) {
	for amount, want := range map[claimwatch.Fen]string{
		-1: "0", 0: "0", 1: "below_1000", 999_99: "below_1000", 1_000_00: "1000_to_10000", 9_999_99: "1000_to_10000",
		10_000_00: "10000_to_50000", 49_999_99: "10000_to_50000", 50_000_00: "from_50000", 1 << 50: "from_50000",
	} {
		if got := Band(amount); got != want {
			t.Errorf("Band(%v) = %q, want %q", amount, got, want)
		}
	}
}

func TestOfDeadline(t *testing.T) {
	for _, test := range []struct {
		name    string
		left    int
		overdue bool
		want    []string
	}{
		{"far ahead", 4, false, nil},
		{"three working days", 3, false, []string{"officer yes false"}},
		{"two", 2, false, []string{"officer yes false"}},
		{"one", 1, false, []string{"officer yes false", "reviewer  false"}},
		{"the last day", 0, false, []string{"officer yes false", "reviewer  false"}},
		{"over", 0, true, []string{"officer yes false", "reviewer  false", "director  true"}},
	} {
		var got []string
		for _, one := range OfDeadline(Default(), &Deadline{Kind: "statement", InstitutionID: "H1", Of: "f_1", Left: test.left, Overdue: test.overdue, Told: true}) {
			got = append(got, one.Labels["escalation"]+" "+one.Labels["hospital"]+" "+one.Labels["lapsed"])
			if one.Annotations["link"] != "/findings/f_1" {
				t.Errorf("%s: link %q", test.name, one.Annotations["link"])
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want, +got):\n%s", test.name, diff)
		}
	}
	if secret := OfDeadline(Default(), &Deadline{Kind: "clue", Overdue: true}); secret[0].Labels["hospital"] != "" {
		t.Errorf("a hospital is told what it may not know: %v", secret)
	}
}

// TestFingerprint: of the labels only, whatever their order and however they are cut.
func TestFingerprint(t *testing.T) {
	a := Alert{Labels: map[string]string{"a": "1", "b": "2"}}
	b := Alert{Labels: map[string]string{"b": "2", "a": "1"}, Annotations: map[string]string{"x": "y"}}
	c := Alert{Labels: map[string]string{"a": `1""b""2`}}
	if a.Fingerprint() != b.Fingerprint() || a.Fingerprint() == c.Fingerprint() {
		t.Errorf("fingerprints %s %s %s", a.Fingerprint(), b.Fingerprint(), c.Fingerprint())
	}
}
