package province

import (
	"claimwatch"
)

// found notes what the rule of the scene finds about a stay, or nearly does:
// subject are what comes after the stay.
func (st *story) found(c *course, amount claimwatch.Fen, subject ...string) {
	st.note(st.scene.rule, c, amount, append([]string{c.home.id, c.patient, c.id}, subject...)...)
}

// told notes a finding whose subject does not begin with the stay.
func (st *story) told(c *course, amount claimwatch.Fen, subject ...string) {
	st.note(st.scene.rule, c, amount, subject...)
}

func (st *story) note(rule string, c *course, amount claimwatch.Fen, parts ...string) {
	subject := claimwatch.Subject(parts...)
	if st.scene.near {
		amount = 0
	}
	wall := rule == "DAT-001" || rule == "DAT-003" || rule == "DAT-004"
	st.plants = append(st.plants, Plant{
		Rule: rule, Near: st.scene.near, InstitutionID: c.home.id, PersonID: c.patient, StayID: c.id, Subject: subject,
		FindingID: claimwatch.FindingID(rule, subject), Wall: wall, Priced: !st.scene.near, Amount: amount,
	})
}

// stayText is a stay as a member of a pair.
func (c *course) stayText() string { return claimwatch.Subject(c.home.id, c.patient, c.id) }

// recordText is a record by itself.
func (c *course) recordText(r *claimwatch.Record) string {
	return claimwatch.Subject(c.home.id, r.RecordID)
}

// paired puts the texts of two members in their order.
func paired(a, b string) []string { return []string{min(a, b), max(a, b)} }

// amountOf is what a fee line charges.
func amountOf(r *claimwatch.Record) claimwatch.Fen {
	return claimwatch.Fen(r.Values[feeSlot[feeAmount]].Num)
}

// hit and near make scenes that need no more than their story.
func hit(rule string, tell func(*story)) scene { return scene{rule: rule, tell: tell} }

func near(rule string, tell func(*story)) scene { return scene{rule: rule, near: true, tell: tell} }
