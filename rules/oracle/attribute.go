package oracle

import (
	"cmp"
	"slices"
	"strings"

	"claimwatch"
)

// LineRef names a line of a finding.
type LineRef struct {
	Kind          claimwatch.Kind
	InstitutionID string
	RecordID      string
}

// Net are the net amounts, in fen, of the lines that the fund pays, and the
// amounts of fittings, as a log has them as of a moment.
func Net(log []Received, asOf claimwatch.Instant) map[LineRef]claimwatch.Fen {
	w := newWorld(log, Reference{}, asOf)
	net := map[LineRef]claimwatch.Fen{}
	for _, s := range w.stays {
		for _, l := range s.lines {
			net[refOf(l.Record)] = claimwatch.Fen(l.amount)
		}
	}
	for _, r := range w.existing(claimwatch.DeviceFitting) {
		net[refOf(r)] = claimwatch.Fen(r.Field("amount").Num)
	}
	return net
}

func refOf(r *claimwatch.Record) LineRef { return LineRef{r.Kind, r.InstitutionID, r.RecordID} }

// Attribute deducts one yuan once (1.21): violations before suspicions, then the
// order of the tables, then the subject bytewise; each takes at most what is left
// of a line's net amount. excluded are findings that are suppressed, released or
// retracted. The answer is what each finding takes of each of its violating lines.
func Attribute(
	findings []claimwatch.Finding, net map[LineRef]claimwatch.Fen, excluded func(id string) bool,
) map[string]map[LineRef]claimwatch.Fen {
	severities := []claimwatch.Severity{claimwatch.Violation, claimwatch.Suspicion, claimwatch.Reminder}
	ordered := slices.Clone(findings)
	slices.SortFunc(ordered, func(a, b claimwatch.Finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(severities, a.Severity), slices.Index(severities, b.Severity)),
			cmp.Compare(slices.Index(tableOrder[:], a.Rule), slices.Index(tableOrder[:], b.Rule)),
			strings.Compare(a.Subject, b.Subject),
		)
	})
	taken := map[LineRef]claimwatch.Fen{}
	out := map[string]map[LineRef]claimwatch.Fen{}
	for _, f := range ordered {
		if excluded(f.ID) {
			continue
		}
		out[f.ID] = map[LineRef]claimwatch.Fen{}
		for _, l := range f.Lines {
			if l.Role != claimwatch.Violating {
				continue
			}
			ref := LineRef{l.Kind, l.InstitutionID, l.RecordID}
			out[f.ID][ref] = min(l.Amount, net[ref]-taken[ref])
			taken[ref] += out[f.ID][ref]
		}
	}
	return out
}
