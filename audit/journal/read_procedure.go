package journal

import (
	"slices"

	"claimwatch"
	"claimwatch/audit/rejection"
)

// RejectedLine is a line that was rejected, with what stands rejected of it now and
// how often that was worked out.
type RejectedLine struct {
	rejection.LineKey
	Rejected claimwatch.Fen
	Changes  int
}

// RejectedLines gives at most n lines that were ever rejected, after the first skip
// ones, in the order in which they were.
func (j *Journal) RejectedLines(skip, n int) []RejectedLine {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.rejectedLines(j.state.rejections.Lines(skip, n))
}

// RejectedLinesOf gives the lines that a finding's rejection was about.
func (j *Journal) RejectedLinesOf(findingID string) []RejectedLine {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.rejectedLines(j.state.rejections.LinesOf(findingID))
}

func (s *State) rejectedLines(keys []rejection.LineKey) []RejectedLine {
	lines := make([]RejectedLine, len(keys))
	for i, key := range keys {
		lines[i].LineKey = key
		lines[i].Rejected, lines[i].Changes = s.rejections.Line(key)
	}
	return lines
}

// Attached finds a file by its hash; ok is false when the caller may not know of
// anybody who has sent it.
func (j *Journal) Attached(sha256 string, caller claimwatch.Caller) (file File, ok bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	known := j.state.attached[sha256]
	mine := func(owner string) bool {
		return owner == "" && !caller.IsHospital() || owner != "" && caller.Sees(owner)
	}
	if known == nil || !slices.ContainsFunc(known.owners, mine) {
		return File{}, false
	}
	return known.File, true
}

// WorkingDays counts the working days after a day, up to and with another.
func (j *Journal) WorkingDays(day, end claimwatch.Day) int {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return j.state.calendar.Count(day, end)
}
