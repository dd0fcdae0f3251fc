package slice

import (
	"claimwatch"
)

// Head is what every record has, and where it stands in the log.
type Head struct {
	InstitutionID, PersonID, StayID, RecordID string

	At         claimwatch.Instant
	ReceivedAt claimwatch.Instant // of this revision
	// FirstReceived is the first reception of the record's earliest revision.
	FirstReceived claimwatch.Instant
	Revision      uint32
	Cancelled     bool
	Offset        int64
	Index         int32
}

// Common gives the head of any fact.
func (h *Head) Common() *Head { return h }

// Field is a further field of a kind of record and the place for its value.
type Field struct {
	Name  string
	Place any
}

// Fact is a record with the fields that this package reads.
type Fact interface {
	Common() *Head
	// Own are the fields besides the head. An absent text is empty.
	Own() []Field
}

// Admission begins a stay.
type Admission struct {
	Head
	Class, Route, Department, Ward, Bed, PhysicianID string
	Diagnoses                                        []string
	InjuryCaseID, SeriesID                           string
}

// Own are the fields of an admission.
func (f *Admission) Own() []Field {
	return []Field{
		{"class", &f.Class},
		{"route", &f.Route},
		{"department", &f.Department},
		{"ward", &f.Ward},
		{"bed", &f.Bed},
		{"physician_id", &f.PhysicianID},
		{"diagnoses", &f.Diagnoses},
		{"injury_case_id", &f.InjuryCaseID},
		{"series_id", &f.SeriesID},
	}
}

// Transfer moves a person within a stay.
type Transfer struct {
	Head
	Department, Ward, Bed string
}

// Own are the fields of a transfer.
func (f *Transfer) Own() []Field {
	return []Field{{"department", &f.Department}, {"ward", &f.Ward}, {"bed", &f.Bed}}
}

// Leave is time away from the hospital.
type Leave struct {
	Head
	Until claimwatch.Instant
}

// Own are the fields of a leave.
func (f *Leave) Own() []Field { return []Field{{"until", &f.Until}} }

// Discharge ends a stay.
type Discharge struct {
	Head
	Disposition string
	Diagnoses   []string
}

// Own are the fields of a discharge.
func (f *Discharge) Own() []Field {
	return []Field{{"disposition", &f.Disposition}, {"diagnoses", &f.Diagnoses}}
}

// Order is what a physician orders.
type Order struct {
	Head
	Class, ItemCode, PhysicianID string
	Until                        *claimwatch.Instant
	Days, NursingLevel           *int32
	Quantity, TimesPerDay        *int64
}

// Own are the fields of an order.
func (f *Order) Own() []Field {
	return []Field{
		{"class", &f.Class},
		{"item_code", &f.ItemCode},
		{"physician_id", &f.PhysicianID},
		{"until", &f.Until},
		{"days", &f.Days},
		{"nursing_level", &f.NursingLevel},
		{"quantity", &f.Quantity},
		{"times_per_day", &f.TimesPerDay},
	}
}

// Fee is a fee line as uploaded; Reverses names the line that a refund takes
// back, From and Until are of a charge by time.
type Fee struct {
	Head
	ItemCode, Category                             string
	Quantity, UnitPrice, Amount                    int64
	OrderID, PrescriptionID, PhysicianID, Reverses string
	Usage, ConsentID                               string
	SelfPay                                        bool
	DaysSupply                                     *int32
	From, Until                                    *claimwatch.Instant
}

// Own are the fields of a fee line.
func (f *Fee) Own() []Field {
	return []Field{
		{"item_code", &f.ItemCode},
		{"category", &f.Category},
		{"quantity", &f.Quantity},
		{"unit_price", &f.UnitPrice},
		{"amount", &f.Amount},
		{"order_id", &f.OrderID},
		{"prescription_id", &f.PrescriptionID},
		{"physician_id", &f.PhysicianID},
		{"reverses", &f.Reverses},
		{"usage", &f.Usage},
		{"consent_id", &f.ConsentID},
		{"self_pay", &f.SelfPay},
		{"days_supply", &f.DaysSupply},
		{"from", &f.From},
		{"until", &f.Until},
	}
}

// Check is an identity check.
type Check struct {
	Head
	Method, Result string
	Score          *int64
	Liveness       *bool
}

// Own are the fields of an identity check.
func (f *Check) Own() []Field {
	return []Field{{"method", &f.Method}, {"result", &f.Result}, {"score", &f.Score}, {"liveness", &f.Liveness}}
}

// CareRecord is an entry of nursing or a round.
type CareRecord struct {
	Head
	Type string
}

// Own are the fields of a care record.
func (f *CareRecord) Own() []Field { return []Field{{"type", &f.Type}} }

// Operation is a stretch of time in the theatre.
type Operation struct {
	Head
	Until claimwatch.Instant
}

// Own are the fields of an operation.
func (f *Operation) Own() []Field { return []Field{{"until", &f.Until}} }

// ExamReport is the result of an examination.
type ExamReport struct {
	Head
	Modality, BodyPart, ItemCode, OrderID string
}

// Own are the fields of an exam report.
func (f *ExamReport) Own() []Field {
	return []Field{{"modality", &f.Modality}, {"body_part", &f.BodyPart}, {"item_code", &f.ItemCode}, {"order_id", &f.OrderID}}
}

// FrontPage is the summary of a stay; that there is one is all that matters.
type FrontPage struct{ Head }

// Own are no fields.
func (*FrontPage) Own() []Field { return nil }

// Fitting is a device fitted; it may belong to no stay.
type Fitting struct {
	Head
	ItemCode, BodyPart, Photo, LaserMark string
	Amount                               int64
}

// Own are the fields of a fitting.
func (f *Fitting) Own() []Field {
	return []Field{
		{"item_code", &f.ItemCode},
		{"body_part", &f.BodyPart},
		{"photo_sha256", &f.Photo},
		{"laser_mark", &f.LaserMark},
		{"amount", &f.Amount},
	}
}

// Claim is the settlement list of a stay for a month (YYYY-MM).
type Claim struct {
	Head
	Month          string
	DeclaredAmount int64
	LineCount      int32
}

// Own are the fields of a claim.
func (f *Claim) Own() []Field {
	return []Field{{"month", &f.Month}, {"declared_amount", &f.DeclaredAmount}, {"line_count", &f.LineCount}}
}
