package journal

import (
	"claimwatch/audit/matter"
)

// TypeMatter is a step of a matter: what people keep beside findings (Matter).
// Texts of people are the data (MatterTexts).
const TypeMatter Type = "matter"

// Matter is the payload of a step. Fields hold codes, days, ids and amounts; what
// people write is in the data.
type Matter struct {
	Kind          matter.Kind       `json:"kind"`
	MatterID      string            `json:"matter_id,omitempty"` // none: a new one
	Action        matter.Action     `json:"action"`
	InstitutionID string            `json:"institution_id,omitempty"`
	PersonID      string            `json:"person_id,omitempty"`
	Fields        map[string]string `json:"fields,omitempty"`
	Attachments   []string          `json:"attachments,omitempty"` // SHA-256 of each
	City          string            `json:"city,omitempty"`        // of the agency that opens it: what is of no institution is the city's
	Procedure     int               `json:"procedure,omitempty"`   // matter.Procedure of whoever wrote it; none: the first
}

// MatterTexts is the data of a step.
type MatterTexts struct {
	Reason string            `json:"reason,omitempty"`
	Texts  map[string]string `json:"texts,omitempty"`
}

// MatterAnswer is what became of a step.
type MatterAnswer struct {
	ID       string
	Revision int
}

// MatterID is the id of the matter that a command opens.
func MatterID(commandID string) string { return "m_" + hexSum([]byte(commandID))[:32] }
