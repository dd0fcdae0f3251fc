package oracle

import (
	"claimwatch"
)

const scoreAtLeast = 6_000 // 0.60 in 1/10,000

// successful says whether a check is successful (1.13).
func successful(check *claimwatch.Record) bool {
	if check.Field("result").Text != "match" {
		return false
	}
	return check.Field("method").Text != "face" || (!notAlive(check) && !lowScore(check))
}

// failed says whether a check is failed (1.13).
func failed(check *claimwatch.Record) bool {
	result := check.Field("result").Text
	return check.Field("method").Text == "face" && result != "unavailable" &&
		(result == "mismatch" || notAlive(check) || lowScore(check))
}

func notAlive(check *claimwatch.Record) bool {
	liveness := check.Field("liveness")
	return liveness.Set && liveness.Num == 0
}

func lowScore(check *claimwatch.Record) bool {
	score := check.Field("score")
	return score.Set && score.Num < scoreAtLeast
}

// whereFacesAreRequired judges the stays of institutions with face_required (1.23 v).
func whereFacesAreRequired(judge func(*trial, *stay) []*finding) func(*trial) {
	return perStay(func(t *trial, s *stay) []*finding {
		if !truth(t.ref.institutions[s.institutionID]["face_required"]) {
			t.notTold(s.key, ReasonFaceOptional)
			return nil
		}
		return judge(t, s)
	})
}

// faceMismatch is IDN-001: failed checks of which two lie within 24 h. A failed
// check is one of those when another lies at most 24 h away.
func faceMismatch(_ *trial, s *stay) []*finding {
	var checks []*claimwatch.Record
	for _, r := range s.of(claimwatch.IdentityCheck) {
		if failed(r) {
			checks = append(checks, r)
		}
	}
	f := newFinding("IDN-001", claimwatch.Suspicion, s)
	days := map[claimwatch.Day]bool{}
	for _, a := range checks {
		for _, b := range checks {
			if a != b && max(a.OccurredAt, b.OccurredAt)-min(a.OccurredAt, b.OccurredAt) <= 24*hour {
				f.involve(a)
				days[a.OccurredAt.Day()] = true
			}
		}
	}
	if len(days) == 0 {
		return nil
	}
	f.charge(s.linesWhere(func(l *line) bool { return days[l.day()] }))
	f.ofLines()
	return []*finding{f}
}

// checkMissing is IDN-002: more than 24 h between successful checks.
func checkMissing(_ *trial, s *stay) []*finding {
	var checks []claimwatch.Instant
	for _, r := range s.of(claimwatch.IdentityCheck) {
		if successful(r) {
			checks = append(checks, r.OccurredAt)
		}
	}
	takenOut := merged(append(s.intensiveDays(), s.leaves...))
	f := newFinding("IDN-002", claimwatch.Suspicion, s)
	var long []gap
	for _, g := range s.gaps(checks) {
		if g.length(takenOut) > 24*hour {
			long = append(long, g)
			f.charge(s.dayUnitsIn(g.Interval, takenOut))
		}
	}
	if len(long) == 0 {
		return nil
	}
	f.from, f.until = s.gapSpan(long)
	f.involve(s.admission)
	return []*finding{f}
}

// intensiveDays are the local days touched by an active nursing order of level 0
// or by an operation, each from midnight to midnight.
func (s *stay) intensiveDays() []claimwatch.Interval {
	var spans []claimwatch.Interval
	for _, order := range s.of(claimwatch.Order) {
		level := order.Field("nursing_level")
		if order.Field("class").Text == "nursing" && level.Set && level.Num == 0 {
			spans = append(spans, s.active(order))
		}
	}
	for _, operation := range s.of(claimwatch.Operation) {
		spans = append(spans, claimwatch.Interval{
			From: operation.OccurredAt, Until: instant(operation, "until"),
		})
	}
	var days []claimwatch.Interval
	for day := s.admitted.Day(); day <= s.ended.Day(); day++ {
		for _, span := range spans {
			if span.Touches(day) {
				days = append(days, claimwatch.Interval{From: day.Midnight(), Until: (day + 1).Midnight()})
			}
		}
	}
	return days
}
