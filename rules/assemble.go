package rules

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
)

// subject identifies a finding while its rows are gathered.
type subject struct {
	rule  string
	stay  uint32
	about string // the further parts, joined
}

// draft is a finding under way: rows of one rule and subject.
type draft struct {
	rule     *Rule
	stay     uint32
	belongs  uint32
	about    []string
	severity claimwatch.Severity // the worst of the rows
	day      claimwatch.Day
	from     *int64
	until    *int64
	evidence string
	lines    []line
	source   source
}

// source is with what a finding was made; it stands in the evidence and is no
// part of the facts.
type source struct {
	Parameters map[string]string `json:"parameters,omitempty"` // as published or by default, in their units
	Knowledge  uint64            `json:"knowledge_version"`    // journal entry of the newest reference load
}

// in adds the source to an evidence that is an object.
func (s source) in(evidence string) json.RawMessage {
	text, err := json.Marshal(s)
	inner, isObject := strings.CutSuffix(strings.TrimSpace(evidence), "}")
	if err != nil || !isObject || !json.Valid([]byte(evidence)) {
		return json.RawMessage(strconv.Quote(evidence))
	}
	if inner = strings.TrimSpace(inner); inner != "{" {
		inner += ","
	}
	return json.RawMessage(inner + string(text[1:]))
}

// line is a line of a finding with what belonging and span need of it.
type line struct {
	claimwatch.Line
	at   claimwatch.Instant
	stay uint32
}

// add takes one row in.
func (d *draft) add(r row) error {
	d.worsen(claimwatch.Severity(cmp.Or(r.severity, string(d.rule.Severity))))
	d.belongs = max(d.belongs, r.belongs)
	if r.day != 0 {
		d.day = claimwatch.Day(r.day)
	}
	if r.spanFrom != nil {
		d.from = r.spanFrom
	}
	if r.spanUntil != nil {
		d.until = r.spanUntil
	}
	// Every row of a finding may carry the evidence; where they differ the
	// smallest is taken, so that the order of rows changes nothing.
	if r.evidence != "" && (d.evidence == "" || r.evidence < d.evidence) {
		d.evidence = r.evidence
	}
	if r.kind == "" {
		return nil
	}
	kind, known := claimwatch.ParseKind(r.kind)
	role := claimwatch.Role(r.role)
	if !known || role != claimwatch.Violating && role != claimwatch.Involved {
		return fmt.Errorf("read row of %s: kind %q, role %q", d.rule.Code, r.kind, r.role)
	}
	owner := r.lineStay
	if owner == 0 {
		owner = r.stay
	}
	amount := claimwatch.Fen(r.amount)
	if role == claimwatch.Involved {
		amount = 0
	}
	d.lines = append(d.lines, line{
		Line: claimwatch.Line{Kind: kind, InstitutionID: r.institution, RecordID: r.record, Role: role, Amount: amount},
		at:   claimwatch.Instant(r.at), stay: owner,
	})
	return nil
}

// worsen takes a row's severity when it is worse than those before.
func (d *draft) worsen(severity claimwatch.Severity) {
	order := []claimwatch.Severity{"", claimwatch.Reminder, claimwatch.Suspicion, claimwatch.Violation}
	if slices.Index(order, severity) > slices.Index(order, d.severity) {
		d.severity = severity
	}
}

// hits are the stays for which a finding is a hit: the one that its subject
// names, the one that it belongs to, and those of its violating lines.
func (d *draft) hits() []uint32 {
	stays := []uint32{d.stay, d.owner()}
	for _, l := range d.lines {
		if l.Role == claimwatch.Violating {
			stays = append(stays, l.stay)
		}
	}
	return stays
}

// involve names the records that every finding of the rule names.
func (d *draft) involve(of claimwatch.Stay) {
	for range d.rule.Involves { // there is one choice: the admission
		d.lines = append(d.lines, line{at: of.AdmittedAt, stay: d.stay, Line: claimwatch.Line{
			Kind: claimwatch.Admission, InstitutionID: of.InstitutionID, RecordID: of.AdmissionID, Role: claimwatch.Involved,
		}})
	}
}

// settle drops repeats of a record, violating wins, and puts the lines into the
// order of records.
func (d *draft) settle() {
	type record struct {
		kind            claimwatch.Kind
		institution, id string
	}
	best := map[record]line{}
	for _, l := range d.lines {
		key := record{l.Kind, l.InstitutionID, l.RecordID}
		held, seen := best[key]
		if !seen || l.Role == claimwatch.Violating && (held.Role != claimwatch.Violating || l.Amount > held.Amount) {
			best[key] = l
		}
	}
	d.lines = d.lines[:0]
	for _, l := range best {
		d.lines = append(d.lines, l)
	}
	slices.SortFunc(d.lines, func(a, b line) int {
		switch {
		case a.at != b.at:
			return int(max(-1, min(1, a.at-b.at)))
		case a.RecordID != b.RecordID:
			return strings.Compare(a.RecordID, b.RecordID)
		case a.InstitutionID != b.InstitutionID:
			return strings.Compare(a.InstitutionID, b.InstitutionID)
		default:
			return int(a.Kind) - int(b.Kind)
		}
	})
}

// finding makes the finding: subject, belonging, span, amount, order of lines
// and basis are the same for every rule (rules.md 1.16 to 1.19, 1.24).
func (d *draft) finding(stays map[uint32]claimwatch.Stay, known knowledge) (claimwatch.Finding, error) {
	d.settle()
	f := claimwatch.Finding{
		Rule: d.rule.Code, RuleVersion: d.rule.Version, Severity: d.severity,
		Grounds: slices.Clone(d.rule.Grounds), Lines: make([]claimwatch.Line, len(d.lines)),
	}
	if f.Grounds == nil {
		f.Grounds = []string{}
	}
	parts := d.about
	if s, named := stays[d.stay]; named {
		parts = append([]string{s.InstitutionID, s.PersonID, s.StayID}, d.about...)
	}
	f.Subject = claimwatch.Subject(parts...)
	f.ID = claimwatch.FindingID(f.Rule, f.Subject)
	owner, named := stays[d.owner()]
	switch {
	case d.rule.Belongs == scopeInstitution && len(d.about) > 0:
		f.InstitutionID = d.about[0]
	case !named:
		return f, fmt.Errorf("settle finding of %s: it belongs to no stay of the slice", d.rule.Code)
	default:
		f.InstitutionID, f.PersonID = owner.InstitutionID, &owner.PersonID
		if owner.StayID != "" { // a device may be fitted outside of any stay
			f.StayID = &owner.StayID
		}
	}
	f.From, f.Until = d.span(stays)
	for i, l := range d.lines {
		f.Lines[i] = l.Line
		f.Amount += l.Amount
	}
	claimwatch.SortLines(f.Lines)
	f.Evidence = d.source.in(cmp.Or(d.evidence, "{}"))
	serviceDate := owner.AdmittedAt.Day()
	if f.From != nil {
		serviceDate = f.From.Day()
	}
	f.Basis = known.basisOf(d.rule, serviceDate)
	f.SuppressedBy = known.suppresses(&f, owner)
	return f, nil
}

// owner is the stay to which the finding belongs: that of its last violating
// line, else the one that the query names, else that of the subject, else that
// of the last line (rules.md 1.18).
func (d *draft) owner() uint32 {
	for i := len(d.lines) - 1; i >= 0; i-- {
		if d.lines[i].Role == claimwatch.Violating {
			return d.lines[i].stay
		}
	}
	if named := cmp.Or(d.belongs, d.stay); named != 0 || len(d.lines) == 0 {
		return named
	}
	return d.lines[len(d.lines)-1].stay
}

// span gives from and until in the way that the rule says.
func (d *draft) span(stays map[uint32]claimwatch.Stay) (from, until *claimwatch.Instant) {
	switch d.rule.Span {
	case SpanDay:
		first, next := d.day.Midnight(), (d.day + 1).Midnight()
		return &first, &next
	case SpanGiven:
		return instant(d.from), instant(d.until)
	case SpanStay:
		s := stays[d.stay]
		return &s.AdmittedAt, s.DischargedAt
	default:
		return d.spanOfLines()
	}
}

// spanOfLines is the smallest and the largest time of the violating lines, else
// of all.
func (d *draft) spanOfLines() (from, until *claimwatch.Instant) {
	role := claimwatch.Violating
	if !slices.ContainsFunc(d.lines, func(l line) bool { return l.Role == role }) {
		role = claimwatch.Involved
	}
	for _, l := range d.lines {
		if l.Role != role {
			continue
		}
		at := l.at
		if from == nil {
			from = &at
		}
		until = &at
	}
	return from, until
}

func instant(ms *int64) *claimwatch.Instant {
	if ms == nil {
		return nil
	}
	at := claimwatch.Instant(*ms)
	return &at
}
