package claimwatch

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Severity says how sure a rule is and what it asks for.
type Severity string

// The severities of rules.md 1.20.
const (
	Violation Severity = "violation" // deterministic
	Suspicion Severity = "suspicion" // an explanation is asked
	Reminder  Severity = "reminder"  // a look; amount 0
)

// Role is the part a line plays in a finding.
type Role string

// The roles of rules.md 1.17.
const (
	Violating Role = "violating" // at issue, with its amount
	Involved  Role = "involved"  // named by the definition, amount 0
)

// Line is one record of a finding.
type Line struct {
	Kind          Kind   `json:"kind"`
	InstitutionID string `json:"institution_id"`
	RecordID      string `json:"record_id"`
	Role          Role   `json:"role"`
	Amount        Fen    `json:"amount"`
}

// Basis is an article of law on which a finding rests, and whether it was in
// force on the service date (rules.md 1.24).
type Basis struct {
	Law     string `json:"law"`
	Article string `json:"article"`
	InForce bool   `json:"in_force"`
}

// Finding is what a rule says about a subject. ID is a function of rule and
// subject only; Facts are what the rule says now.
type Finding struct {
	ID            string          `json:"finding_id"`
	Rule          string          `json:"rule"`
	RuleVersion   int             `json:"rule_version"`
	Severity      Severity        `json:"severity"`
	SuppressedBy  *string         `json:"suppressed_by"` // the whitelist row that applies; no part of the facts
	InstitutionID string          `json:"institution_id"`
	PersonID      *string         `json:"person_id"`
	StayID        *string         `json:"stay_id"`
	Subject       string          `json:"subject"`
	From          *Instant        `json:"from"`
	Until         *Instant        `json:"until"`
	Amount        Fen             `json:"amount"` // gross, fen
	Lines         []Line          `json:"lines"`
	Evidence      json.RawMessage `json:"evidence"` // how the number came about; no part of the facts
	Basis         []Basis         `json:"basis"`
	Grounds       []string        `json:"grounds"`
}

// FindingID is f_ and the first 32 hex digits of SHA-256(rule|subject) (rules.md 1.16).
func FindingID(rule, subject string) string {
	sum := sha256.Sum256([]byte(rule + "|" + subject))
	return "f_" + hex.EncodeToString(sum[:16])
}

// Subject joins the parts of a subject; a missing part is empty.
func Subject(parts ...string) string { return strings.Join(parts, "|") }

// SortLines puts lines in their canonical order: violating first, then by kind,
// institution and record, identifiers compared bytewise.
func SortLines(lines []Line) {
	slices.SortFunc(lines, func(a, b Line) int {
		return cmp.Or(
			-strings.Compare(string(a.Role), string(b.Role)), // "violating" > "involved"
			cmp.Compare(a.Kind, b.Kind),
			strings.Compare(a.InstitutionID, b.InstitutionID),
			strings.Compare(a.RecordID, b.RecordID),
		)
	})
}

// FactsSHA256 is the hash of what the rule says now: rule, version, severity,
// belonging, from, until, lines and amounts. Evidence, law and the whitelist take
// no part.
// The hashed bytes are frozen (testdata/facts).
func (f *Finding) FactsSHA256() string {
	sum := sha256.Sum256(f.appendFacts(nil))
	return hex.EncodeToString(sum[:])
}

func (f *Finding) appendFacts(dst []byte) []byte {
	field := func(s string) { dst = appendString(dst, s); dst = append(dst, ',') }
	dst = append(dst, '[')
	field(f.Rule)
	field(strconv.Itoa(f.RuleVersion))
	field(string(f.Severity))
	field(f.InstitutionID)
	field(orEmpty(f.PersonID))
	field(orEmpty(f.StayID))
	field(f.Subject)
	field(instantOrEmpty(f.From))
	field(instantOrEmpty(f.Until))
	field(f.Amount.String())
	for _, line := range f.Lines {
		field(line.Kind.String())
		field(line.InstitutionID)
		field(line.RecordID)
		field(string(line.Role))
		field(line.Amount.String())
	}
	dst[len(dst)-1] = ']'
	return dst
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func instantOrEmpty(i *Instant) string {
	if i == nil {
		return ""
	}
	return string(i.AppendUTC(nil))
}
