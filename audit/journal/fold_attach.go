package journal

import (
	"encoding/json"
	"fmt"
	"slices"

	"claimwatch"
)

// File is an attachment: kept by its hash, whoever sent it.
type File struct {
	SHA256    string `json:"sha256" doc:"64 hex digits"`
	MediaType string `json:"type" doc:"media type, as sniffed from the bytes"`
	Size      int    `json:"size" doc:"bytes"`
}

// attached is a file with those who have sent it.
type attached struct {
	File
	owners []string // institutions; "" for the agency
}

// doAttach folds an uploaded file. The state keeps no bytes.
func (s *State) doAttach(c Command, accepted *Accepted) error {
	var p Attachment
	if err := json.Unmarshal(c.Payload, &p); err != nil {
		return fmt.Errorf("read attachment: %w", err)
	}
	if c.DataSHA256 == "" || p.MediaType == "" {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the attachment has no bytes or no type")
	}
	if s.attached == nil {
		s.attached = map[string]*attached{}
	}
	known := s.attached[c.DataSHA256]
	if known == nil {
		known = &attached{File: File{SHA256: c.DataSHA256, MediaType: p.MediaType, Size: p.Size}}
		s.attached[c.DataSHA256] = known
	}
	if !slices.Contains(known.owners, c.Actor.InstitutionID) {
		known.owners = append(known.owners, c.Actor.InstitutionID)
	}
	file := known.File
	accepted.File = &file
	return nil
}

// checkAttached refuses files that an institution has not sent itself: whether
// another one has is not its business.
func (s *State) checkAttached(institution string, files []string) error {
	for i, sum := range files {
		known := s.attached[sum]
		if known == nil || !slices.Contains(known.owners, institution) {
			refused := claimwatch.Refuse(claimwatch.CodeInvalid, "attachment %s is not there: send the file with PUT /v1/attachments first", sum)
			refused.Field = fmt.Sprintf("attachments[%d]", i)
			return refused
		}
	}
	return nil
}
