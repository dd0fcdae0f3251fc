package claimwatch

// NotEvaluated is the third honest answer of a rule: for a stay it could not
// tell, and why (rules.md 1.23).
type NotEvaluated struct {
	Rule          string `json:"rule"`
	InstitutionID string `json:"institution_id"`
	PersonID      string `json:"person_id"`
	StayID        string `json:"stay_id"`
	Reason        string `json:"reason"`
}

// Hit says that a finding speaks of a stay: the stay is the one that its subject
// names, the one that it belongs to or that of a violating line; of a finding that
// belongs to an institution alone those whose admissions it names. Person and stay
// are empty where it names none.
type Hit struct {
	FindingID     string `json:"finding_id"`
	Rule          string `json:"rule"`
	InstitutionID string `json:"institution_id"`
	PersonID      string `json:"person_id"`
	StayID        string `json:"stay_id"`
}

// Due is when the passing of time could change what a rule says. With an
// institution it is due once that institution's present reaches At, without
// one once as_of does.
type Due struct {
	InstitutionID string
	At            Instant
}

// Evaluation is the whole answer of the library for one scope: what stands,
// what could not be told, and when time could change it. It answers the touched
// message at Offset; of two evaluations of a scope the greater offset counts.
type Evaluation struct {
	Scope        Scope
	Partition    int
	Offset       int64
	AsOf         Instant
	Findings     []Finding // sorted by ID
	Hits         []Hit     // sorted by finding and stay
	NotEvaluated []NotEvaluated
	Due          []Due
}

// Held is a finding as the store holds it: when it was first and last noticed,
// and its facts hash.
type Held struct {
	Finding
	Facts     string
	OpenedAt  Instant
	RevisedAt Instant
	Retracted *Instant // set when it is absent from the current evaluation of its scope
}

// Change is what an evaluation did to a finding.
type Change string

// The changes of the stream.
const (
	Opened        Change = "opened"
	Revised       Change = "revised"
	RetractedNow  Change = "retracted"
	DecidedChange Change = "decided"
)
