package oracle

import (
	"claimwatch"
)

// splitStays are ADM-001, ADM-002 and ADM-003: b admitted soon after a, for the
// same illness. They exclude each other, so they are judged together.
func splitStays(code string) func(*trial) {
	return func(t *trial) {
		for _, f := range t.splitStays() {
			if f.rule == code {
				t.found = append(t.found, f)
			}
		}
	}
}

func (w *world) splitStays() []*finding {
	var out []*finding
	for _, b := range w.stays {
		a := w.before(b)
		if a == nil || !sameIllnessAgain(a, b) {
			continue
		}
		days := b.admitted.Day() - a.discharge.OccurredAt.Day()
		switch {
		case reregistered(a, b):
			f := newFinding("ADM-003", claimwatch.Suspicion, b)
			f.charge(b.earlyLines(24*hour, "registration", "consultation", "exam", "lab"))
			out = append(out, f)
		case days >= 0 && days <= 7:
			f := newFinding("ADM-001", claimwatch.Suspicion, b)
			f.charge(repeated(a, b))
			out = append(out, f)
		case days > 7 && days <= 15 && stillTheSame(a, b):
			out = append(out, newFinding("ADM-002", claimwatch.Reminder, b))
		default:
			continue
		}
		f := out[len(out)-1]
		f.involve(a.admission, a.discharge, b.admission)
		f.wholeStay()
	}
	return out
}

// before is the stay before b among the person's stays of b's class at b's
// institution, in the order of stays; nil when b is the first.
func (w *world) before(b *stay) *stay {
	var a *stay
	for _, s := range w.stays {
		if s == b {
			return a
		}
		if b.inBed() && s.institutionID == b.institutionID && s.personID == b.personID && s.class == b.class {
			a = s
		}
	}
	return a
}

// sameIllnessAgain holds what the three rules have in common.
func sameIllnessAgain(a, b *stay) bool {
	if a.discharge == nil || a.discharge.Field("disposition").Text == "died" {
		return false
	}
	if b.admissionText("route") == "emergency" {
		return false
	}
	if series := b.admissionText("series_id"); series != "" && series == a.admissionText("series_id") {
		return false
	}
	if a.group() != "" && b.group() != "" {
		return a.group() == b.group()
	}
	return same(a, b, "injury_case_id")
}

// same says whether both admissions give the same, non-empty value.
func same(a, b *stay, field string) bool {
	return a.admissionText(field) != "" && a.admissionText(field) == b.admissionText(field)
}

// reregistered says whether ADM-003 holds for b after a.
func reregistered(a, b *stay) bool {
	pause := b.admitted - a.discharge.OccurredAt
	department := a.admissionText("department")
	for _, r := range a.of(claimwatch.Transfer) {
		department = r.Field("department").Text
	}
	return pause >= 0 && pause < 24*hour && b.admissionText("department") != department &&
		a.discharge.Field("disposition").Text != "cured"
}

// stillTheSame is the further condition of ADM-002.
func stillTheSame(a, b *stay) bool {
	codes := map[string]bool{}
	for _, l := range repeated(a, b) {
		codes[l.item] = true
	}
	return same(a, b, "physician_id") || (same(a, b, "ward") && same(a, b, "bed")) || len(codes) >= 3
}

// repeated are b's exam and lab lines of its first 48 h whose item was charged in a too.
func repeated(a, b *stay) []line {
	var out []line
	for _, l := range b.earlyLines(48*hour, "exam", "lab") {
		if a.charged(l.item) {
			out = append(out, l)
		}
	}
	return out
}

// earlyLines are the lines of some categories in [admitted_at, admitted_at + within).
func (s *stay) earlyLines(within claimwatch.Instant, categories ...string) []line {
	first := claimwatch.Interval{From: s.admitted, Until: s.admitted + within}
	return s.linesWhere(func(l *line) bool {
		return first.Contains(l.OccurredAt) && oneOf(l.category, categories...)
	})
}
