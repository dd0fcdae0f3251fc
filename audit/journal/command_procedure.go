package journal

import "claimwatch"

// The types of commands of the procedure that came after the first release.
const (
	TypeAppeal          Type = "appeal"           // Statement; the text is the data
	TypeAttachment      Type = "attachment"       // Attachment; the file is the data
	TypeAdjustRejection Type = "adjust_rejection" // Adjustment
)

// Statement is the payload of a hospital's statement or appeal.
type Statement struct {
	Procedure   int      `json:"procedure"`             // review.Procedure
	Attachments []string `json:"attachments,omitempty"` // SHA-256 of files that the hospital has uploaded
}

// Attachment is the payload of an uploaded file. Its hash is the command's
// data_sha256, the institution that of the actor.
type Attachment struct {
	MediaType string `json:"media_type"` // as sniffed from its bytes
	Size      int    `json:"size"`       // bytes
}

// Adjustment is the payload of adjust_rejection: a rejected line is worth less now
// than what was rejected of it.
type Adjustment struct {
	Kind          claimwatch.Kind `json:"kind"`
	InstitutionID string          `json:"institution_id"`
	RecordID      string          `json:"record_id"`
	Net           claimwatch.Fen  `json:"net"` // of refunds; 0 for a line that was cancelled
}
