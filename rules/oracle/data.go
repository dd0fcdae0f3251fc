package oracle

import (
	"slices"

	"claimwatch"
)

// dataRules are section 8.
func dataRules() []rule {
	return []rule{
		{code: "DAT-001", wall: true, judge: perNumber(lateUpload)},
		{code: "DAT-002", judge: perNumber(incomplete)},
		{code: "DAT-003", wall: true, everywhere: true, judge: silentInstitution},
		{code: "DAT-004", wall: true, judge: perStay(changedLater)},
	}
}

// perNumber judges each stay number, with an admission or without (1.3). What it
// names is the finding; naming nothing is none.
func perNumber(judge func(*trial, key) *finding) func(*trial) {
	return func(t *trial) {
		for k := range t.own {
			if f := judge(t, k); len(f.involved) > 0 {
				t.found = append(t.found, f)
			}
		}
	}
}

// ofNumber is a finding about a stay number.
func ofNumber(code string, severity claimwatch.Severity, k key) *finding {
	f := findingOf(code, severity, k.text())
	f.home = k
	return f
}

// ofKind lists the live records of a stay number of a kind, in their order.
func (w *world) ofKind(k key, kind claimwatch.Kind) []*claimwatch.Record {
	var out []*claimwatch.Record
	for _, r := range w.own[k] {
		if r.Kind == kind {
			out = append(out, r)
		}
	}
	return out
}

// firstReceived is the first reception of the record's earliest revision, which is
// the one with the lowest number, not the one that came first.
func (w *world) firstReceived(r *claimwatch.Record) claimwatch.Instant {
	return w.histories[r.Identity()].inOrder()[0].ReceivedAt
}

// lateUpload is DAT-001: admissions and fees of any sort received more than 48 h
// after they happened.
func lateUpload(t *trial, k key) *finding {
	f := ofNumber("DAT-001", claimwatch.Reminder, k)
	for _, r := range slices.Concat(t.ofKind(k, claimwatch.Admission), t.ofKind(k, claimwatch.Fee)) {
		if t.firstReceived(r)-r.OccurredAt > 48*hour {
			f.involve(r)
		}
	}
	return f
}

// incomplete is DAT-002. Self-pay lines are no part of it (1.8), refunds are.
// Named are the discharge, the fees, and of a claim that differs also the fees
// that it was held against.
func incomplete(t *trial, k key) *finding {
	f := ofNumber("DAT-002", claimwatch.Suspicion, k)
	fees := slices.DeleteFunc(t.ofKind(k, claimwatch.Fee), selfPay)
	s := t.byKey[k]
	if s != nil && s.inBed() && s.discharge != nil && t.asOf >= s.discharge.OccurredAt+72*hour &&
		len(s.of(claimwatch.FrontPage)) == 0 {
		f.involve(s.discharge)
	}
	if s == nil && len(fees) > 0 && t.asOf >= fees[0].OccurredAt+72*hour {
		f.involve(fees...)
	}
	last := map[string]*claimwatch.Record{} // claim by month
	for _, claim := range t.ofKind(k, claimwatch.Claim) {
		last[claim.Field("month").Text] = claim
	}
	for month, claim := range last {
		var sum int64
		counted := slices.DeleteFunc(slices.Clone(fees), func(r *claimwatch.Record) bool {
			return r.OccurredAt.Day().Month() != month
		})
		for _, r := range counted {
			sum += r.Field("amount").Num
		}
		if sum != claim.Field("declared_amount").Num || int64(len(counted)) != claim.Field("line_count").Num {
			f.involve(claim)
			f.involve(counted...)
		}
	}
	return f
}

// silentInstitution is DAT-003: patients in bed and nothing received for 6 h. What
// counts as received is what was accepted: a duplicate says nothing new.
func silentInstitution(t *trial) {
	last := map[string]claimwatch.Instant{}
	for _, h := range t.histories {
		for _, r := range h.revisions {
			last[r.InstitutionID] = max(last[r.InstitutionID], r.ReceivedAt)
		}
	}
	for institution, stays := range byInstitution(t.stays()) {
		day := last[institution].Day()
		f := findingOf("DAT-003", claimwatch.Reminder, institution, day.String())
		f.home, f.alone = key{institutionID: institution}, true
		f.ofDay(day)
		for _, s := range stays {
			if s.inBed() && s.discharge == nil {
				f.involve(s.admission)
			}
		}
		if len(f.involved) > 0 && t.asOf-last[institution] > 6*hour {
			t.found = append(t.found, f)
		}
	}
}

// changedLater is DAT-004: a fee with a later revision, which may cancel it,
// received after the first claim of that revision's month, or a conflict about
// any record of the stay. Revisions that lie after as_of do not exist yet; a fee
// that was self-pay in all its revisions is no charge (1.8).
func changedLater(t *trial, s *stay) []*finding {
	f := newFinding("DAT-004", claimwatch.Suspicion, s)
	for _, h := range t.historiesOf(s) {
		newest := &h.newest().Record
		if newest.OccurredAt > t.asOf {
			continue
		}
		if h.conflict {
			f.involve(newest)
		}
		if newest.Kind == claimwatch.Fee && !h.alwaysSelfPay() {
			t.changedAfterClaim(s, h, f)
		}
	}
	if len(f.involved) == 0 {
		return nil
	}
	return []*finding{f}
}

// historiesOf are what the log says about the stay's records, also of those that
// were cancelled.
func (w *world) historiesOf(s *stay) []*history {
	if w.byNumber == nil {
		w.byNumber = map[key][]*history{}
		for _, h := range w.histories {
			k := keyOf(&h.first.Record)
			w.byNumber[k] = append(w.byNumber[k], h)
		}
	}
	return w.byNumber[s.key]
}

// changedAfterClaim names the fee and the first claims that came before its later revisions.
func (t *trial) changedAfterClaim(s *stay, h *history, f *finding) {
	for _, later := range h.inOrder()[1:] {
		claim := t.firstClaim(s, later.OccurredAt.Day().Month())
		if claim != nil && later.OccurredAt <= t.asOf && later.ReceivedAt > t.firstReceived(claim) {
			f.involve(&h.newest().Record, claim)
		}
	}
}

func (h *history) alwaysSelfPay() bool {
	return !slices.ContainsFunc(h.inOrder(), func(r *Received) bool { return !selfPay(&r.Record) })
}

// firstClaim is the live claim of the stay for a month that was received first, of
// several at one moment the first in the order of records; nil without one.
func (t *trial) firstClaim(s *stay, month string) *claimwatch.Record {
	var first *claimwatch.Record
	for _, claim := range s.of(claimwatch.Claim) {
		if claim.Field("month").Text == month && (first == nil || t.firstReceived(claim) < t.firstReceived(first)) {
			first = claim
		}
	}
	return first
}
