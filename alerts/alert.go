package alerts

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
)

// The names of alerts, in the label alertname.
const (
	NameFinding  = "Finding"  // a rule found something that nobody has decided
	NameDeadline = "Deadline" // something is due, or was
	NameSilence  = "Silence"  // a hospital has uploaded nothing for too long
	NameTest     = "Test"     // claimwatch alerts test
)

// Who should act, in the label escalation.
const (
	ToOfficer  = "officer"
	ToReviewer = "reviewer"
	ToDirector = "director"
)

// Alert is one thing that is the case. Its labels are its identity and what it is
// routed by; annotations say what people read. No person and no clinical text is in it.
type Alert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
}

// Fingerprint identifies an alert by its labels: 16 hex digits.
func (a *Alert) Fingerprint() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(a.Labels)) {
		text.WriteString(strconv.Quote(name) + strconv.Quote(a.Labels[name]))
	}
	sum := sha256.Sum256([]byte(text.String()))
	return hex.EncodeToString(sum[:8])
}

// Finding is a finding as alerts look at it.
type Finding struct {
	claimwatch.Held
	State claimwatch.State // retracted when it is not the case any more and was not decided
	Trial bool             // its rule does not touch money yet
	City  string
	// Title is the name of its rule in Chinese and English.
	Title [2]string
}

// bands are the bounded values of the label amount, each with its first fen.
var bands = []struct {
	from claimwatch.Fen
	name string
}{{0, "0"}, {1, "below_1000"}, {1_000_00, "1000_to_10000"}, {10_000_00, "10000_to_50000"}, {50_000_00, "from_50000"}}

// Band is the value of the label amount for an amount.
func Band(amount claimwatch.Fen) string {
	name := bands[0].name
	for _, b := range bands {
		if amount >= b.from {
			name = b.name
		}
	}
	return name
}

// OfFinding derives the alert of a finding. There is none, or none any more, when it
// is retracted or decided, below the floor, of a severity that is not asked for,
// suppressed by the whitelist, or of a rule on trial: none of these is anybody's task.
func OfFinding(cfg Config, f *Finding) (Alert, bool) {
	waits := f.State == claimwatch.StateOpen || f.State == claimwatch.StateNotified || f.State == claimwatch.StateExplained ||
		f.State == claimwatch.StateLapsed || f.State == claimwatch.StateAppealed
	if !waits || f.Trial || f.SuppressedBy != nil || f.Amount < cfg.Floor || !slices.Contains(cfg.Severities, f.Severity) {
		return Alert{}, false
	}
	return Alert{
		Labels: map[string]string{
			"alertname": NameFinding, "finding_id": f.ID, "rule": f.Rule, "severity": string(f.Severity), "amount": Band(f.Amount),
			"institution_id": f.InstitutionID, "city": f.City, "escalation": ToOfficer,
		},
		Annotations: map[string]string{
			"title_zh": f.Title[0], "title_en": f.Title[1], "amount_yuan": f.Amount.String(), "link": cfg.Console + "/findings/" + f.ID,
		},
	}, true
}

// Deadline is something that is due.
type Deadline struct {
	Kind          string
	On            claimwatch.Day // the last local day that is in time
	InstitutionID string
	City          string
	Of            string // what it is the deadline of
	Law           string
	Overdue       bool
	Told          bool // the institution may know of it
	// Left counts the working days after today up to and with On; 0 from On itself on.
	Left int
}

// steps say who is told when a deadline comes near. Whoever was told before goes on
// being responsible: an alert of an earlier step ends with the deadline, not with the
// next step.
func steps(cfg Config, d *Deadline) []string {
	switch {
	case d.Overdue:
		return []string{ToOfficer, ToReviewer, ToDirector}
	case d.Left <= cfg.ReviewerDays:
		return []string{ToOfficer, ToReviewer}
	case d.Left <= cfg.OfficerDays:
		return []string{ToOfficer}
	}
	return nil
}

// OfDeadline derives the alerts of a deadline, one for each step of escalation that
// it has reached.
func OfDeadline(cfg Config, d *Deadline) []Alert {
	var out []Alert
	for _, to := range steps(cfg, d) {
		a := Alert{
			Labels: map[string]string{
				"alertname": NameDeadline, "kind": d.Kind, "of": d.Of, "due_on": d.On.String(), "institution_id": d.InstitutionID, "city": d.City,
				"escalation": to, "severity": string(claimwatch.Reminder), "lapsed": strconv.FormatBool(to == ToDirector),
			},
			Annotations: map[string]string{
				"title_zh": "期限将至: " + d.Kind, "title_en": "Coming due: " + d.Kind, "due_on": d.On.String(), "law": d.Law,
				"link": cfg.Console + linkOf(d),
			},
		}
		if to == ToDirector {
			a.Annotations["title_zh"], a.Annotations["title_en"] = "期限已过: "+d.Kind, "Lapsed: "+d.Kind
		}
		if d.Told && to == ToOfficer {
			a.Labels["hospital"] = "yes"
		}
		out = append(out, a)
	}
	return out
}

func linkOf(d *Deadline) string {
	if strings.HasPrefix(d.Of, "f_") {
		return "/findings/" + d.Of
	}
	return "/deadlines"
}

// Quiet is a hospital that has uploaded nothing for a time.
type Quiet struct {
	InstitutionID, City string
	Since               claimwatch.Instant // its latest upload
}

// OfQuiet derives the alert of a hospital that is silent.
func OfQuiet(cfg Config, q *Quiet) Alert {
	return Alert{
		Labels: map[string]string{
			"alertname": NameSilence, "institution_id": q.InstitutionID, "city": q.City, "escalation": ToOfficer,
			"severity": string(claimwatch.Suspicion),
		},
		Annotations: map[string]string{
			"title_zh": "医院停止上传", "title_en": "Hospital uploads nothing", "since": string(q.Since.AppendUTC(nil)),
			"link": cfg.Console + "/institutions/" + q.InstitutionID,
		},
	}
}
