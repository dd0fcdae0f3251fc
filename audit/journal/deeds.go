package journal

import (
	"claimwatch"
	"claimwatch/audit/duty"
	"claimwatch/audit/matter"
)

// noteDeed keeps who has done what by an accepted entry (Shanxi Art. 30). What
// institutions do is no duty of the agency.
func (s *State) noteDeed(a *Accepted, answer *Answer) {
	c := &a.Command
	if c.Actor.InstitutionID != "" {
		return
	}
	d := duty.Deed{Seq: a.Seq, At: c.At, Key: c.Actor.Key, Type: string(c.Type), Rejected: answer.Rejected}
	switch {
	case a.Review != nil:
		deedOfReview(&d, a)
	case c.Type == TypeMatter && a.Matter != nil:
		deedOfStep(&d, a.Matter)
	case a.Money != nil && len(a.Money.By) > 1:
		d.Maker = a.Money.By[0]
	case a.Load != nil:
		d.What = a.Load.Table
	}
	s.duties.Add(d, c.Actor.Roles)
}

func deedOfReview(d *duty.Deed, a *Accepted) {
	r := a.Review
	e := &r.History[len(r.History)-1]
	d.What, d.Maker, d.Declined = string(e.Action), e.ProposedBy, e.Action == claimwatch.ActionDecline
	if e.Proposed {
		d.What += " (proposed)"
		return
	}
	if e.Action == claimwatch.ActionRelease && r.Decided != nil {
		d.Released = r.Decided.Amount
	}
	if (e.Action == claimwatch.ActionReject || e.Action == claimwatch.ActionRelease) && len(r.Notices) > 0 {
		d.Waited = int64(e.At - r.Notices[0].At)
	}
}

func deedOfStep(d *duty.Deed, m *matter.Matter) {
	e := &m.History[len(m.History)-1]
	d.What, d.Maker, d.Declined = string(m.Kind)+" "+string(e.Action), e.Maker, e.Action == matter.Decline
	if e.Of != "" {
		d.What += " " + string(e.Of)
	}
	if e.Proposed {
		d.What += " (proposed)"
	}
}

// Duties is who did what within an interval of the product's clock.
func (j *Journal) Duties(in claimwatch.Interval) duty.PeopleReport {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.duties.Within(in)
}
