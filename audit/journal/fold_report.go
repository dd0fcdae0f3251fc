package journal

import (
	"encoding/json"
	"fmt"

	"claimwatch"
	"claimwatch/audit/term"
)

// reported names a sealed report.
type reported struct {
	report, city string
	month        term.Month
}

// SealedReport is a report that was kept: nothing that is known later changes it.
type SealedReport struct {
	Seq    uint64 // of the entry
	SHA256 string // of its JSON
	At     claimwatch.Instant
	By     string // id of the key
}

// doReportSeal folds the sealing of a month's report. The state keeps no bytes. The
// first seal counts: a report that was handed out is not replaced.
func (s *State) doReportSeal(c Command, accepted *Accepted) error {
	var p ReportSeal
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read seal of a report: %w", err)
	}
	key := reported{p.Report, p.City, p.Month}
	switch _, sealed := s.reports[key]; {
	case c.DataSHA256 == "" || p.Report == "":
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the report has no bytes or no name")
	case sealed:
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "the report of %s was sealed before: read it", p.Month)
	case c.At < (p.Month + 1).First().Midnight():
		return claimwatch.Refuse(claimwatch.CodeIllegalTransition, "%s is not over: seal its report from %s on", p.Month, (p.Month + 1).First())
	}
	if s.reports == nil {
		s.reports = map[reported]SealedReport{}
	}
	s.reports[key] = SealedReport{Seq: accepted.Seq, SHA256: c.DataSHA256, At: c.At, By: c.Actor.Key}
	accepted.File = &File{SHA256: c.DataSHA256, MediaType: "application/json", Size: p.Size}
	return nil
}

// SealedReport gives the seal of a month's report of a city, empty for the province.
func (j *Journal) SealedReport(report string, month term.Month, city string) (seal SealedReport, ok bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	seal, ok = j.state.reports[reported{report, city, month}]
	return seal, ok
}
