package journal

import "claimwatch/audit/term"

// TypeReportSeal keeps a report for good: its JSON is the data.
const TypeReportSeal Type = "report_seal" // ReportSeal

// ReportSeal is the payload of report_seal. The hash of the report is the command's
// data_sha256.
type ReportSeal struct {
	Report string     `json:"report"` // supervision
	Month  term.Month `json:"month"`
	City   string     `json:"city,omitempty"` // empty: the whole province
	Size   int        `json:"size"`           // bytes
}
