package claimwatch

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Policies is the table of what the agency has set for its own procedure, by city
// and by date. What the law leaves open stands there, never in code.
const Policies = "policies"

// PolicyName names one thing that the agency may set.
type PolicyName string

// The policies, each with what it says; PolicyDefault is what holds where nothing
// is set.
const (
	// PolicySecondFrom: a rejection above this amount needs a second person. Yuan.
	PolicySecondFrom PolicyName = "second_person_from"
	// PolicyClaimHours: how long a finding stays claimed by whoever works on it.
	PolicyClaimHours PolicyName = "claim_hours"
	// PolicyBondBase: of what the 10 % of Shanxi Art. 33 are taken, "approved" or
	// "total"; its two sentences name both.
	PolicyBondBase PolicyName = "bond_base"
	// PolicyPayDay: the last day of the month on which a settlement is paid: 25
	// (Art. 33), 20 where payment goes through a platform.
	PolicyPayDay PolicyName = "pay_day"
	// PolicyHoldFrom: from which state on an undecided finding holds its money back
	// at the settlement, "notified" or "open".
	PolicyHoldFrom PolicyName = "hold_from"
	// PolicySuspensionCounts: what decides whether a fee of a stay that straddles the
	// first day of a suspension is settled, "service_date" or "admission_date".
	PolicySuspensionCounts PolicyName = "suspension_counts"
	// PolicySuspensionEnds: what ends the days of a suspension that was a sanction:
	// "acceptance" after the inspection of Shanxi Art. 45, or its "term" alone.
	PolicySuspensionEnds PolicyName = "suspension_ends"
	// PolicyOpeningsADay: about how many persons a day an institution that does not
	// treat them yet learns what they are entitled to, for visits that it opens
	// (Art. 26). Persons.
	PolicyOpeningsADay PolicyName = "openings_a_day"
	// PolicyFaceShare: from which share of the inpatients, or of the fees, of its city
	// on an institution is proposed for face recognition (Art. 26). Percent.
	PolicyFaceShare PolicyName = "face_share"
	// PolicyReviewBody: the body to which letters send whoever asks for administrative
	// review (Shanxi Art. 40). Which one it is follows from laws beside the measures.
	PolicyReviewBody PolicyName = "review_body"
)

const maxPolicyText = 64

// policy is how the value of a policy is spelled and what it may be.
type policy struct {
	name        PolicyName
	initial     string
	words       []string // one of them
	text        bool     // a name, as letters print it
	least, most int64    // an integer; both 0: an amount in yuan
}

var policies = []policy{
	{name: PolicySecondFrom, initial: "50000.00"},
	{name: PolicyClaimHours, initial: "24", least: 1, most: 24 * 30},
	{name: PolicyBondBase, initial: "approved", words: []string{"approved", "total"}},
	{name: PolicyPayDay, initial: "25", least: 1, most: 28},
	{name: PolicyHoldFrom, initial: "notified", words: []string{"notified", "open"}},
	{name: PolicySuspensionCounts, initial: "service_date", words: []string{"service_date", "admission_date"}},
	{name: PolicySuspensionEnds, initial: "acceptance", words: []string{"acceptance", "term"}},
	{name: PolicyOpeningsADay, initial: "50", least: 1, most: 10_000},
	{name: PolicyFaceShare, initial: "20", least: 1, most: 100},
	{name: PolicyReviewBody, initial: "有管辖权的行政复议机关", text: true},
}

// PolicyNames lists every policy.
func PolicyNames() []string {
	names := make([]string, len(policies))
	for i, p := range policies {
		names[i] = string(p.name)
	}
	return names
}

// PolicyDefault is the value where the agency has set none; empty for a name that
// is no policy.
func PolicyDefault(name PolicyName) string {
	at := slices.IndexFunc(policies, func(p policy) bool { return p.name == name })
	if at < 0 {
		return ""
	}
	return policies[at].initial
}

// CheckPolicy says what is wrong with the value of a policy; nil when it is good.
func CheckPolicy(name PolicyName, value string) error {
	at := slices.IndexFunc(policies, func(p policy) bool { return p.name == name })
	if at < 0 {
		return fmt.Errorf("no policy is called %q", name)
	}
	p := policies[at]
	switch {
	case p.words != nil:
		if !slices.Contains(p.words, value) {
			return fmt.Errorf("%s is one of %v", name, p.words)
		}
	case p.text:
		if n := utf8.RuneCountInString(value); n < 1 || n > maxPolicyText {
			return fmt.Errorf("%s is a name of 1 to %d characters", name, maxPolicyText)
		}
	case p.most > 0:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < p.least || n > p.most || strconv.FormatInt(n, 10) != value {
			return fmt.Errorf("%s is a whole number from %d to %d", name, p.least, p.most)
		}
	default:
		var amount Fen
		if err := amount.UnmarshalText([]byte(value)); err != nil || amount < 0 {
			return fmt.Errorf("%s is an amount in yuan, 0 or more", name)
		}
	}
	return nil
}
