package province

import (
	"claimwatch"
)

// slab hands out records and their values from large pieces, so that a stream
// of millions of lines does not ask for memory line by line. What it gave out
// stays valid.
type slab struct {
	records []claimwatch.Record
	values  []claimwatch.Value
}

const slabRecords = 2048

func (b *slab) record(kind claimwatch.Kind) *claimwatch.Record {
	if len(b.records) == 0 {
		b.records = make([]claimwatch.Record, slabRecords)
	}
	n := len(kind.Fields())
	if len(b.values) < n {
		b.values = make([]claimwatch.Value, 12*slabRecords)
	}
	r := &b.records[0]
	b.records = b.records[1:]
	r.Kind, r.Revision = kind, 1
	r.Values, b.values = b.values[:n:n], b.values[n:]
	return r
}

// clone copies a record, values too.
func (b *slab) clone(r *claimwatch.Record) *claimwatch.Record {
	c := b.record(r.Kind)
	values := c.Values
	*c = *r
	c.Values = values
	copy(values, r.Values)
	return c
}

// slots are the places of the fields in Record.Values, by kind.
var (
	admissionSlot = slotsOf(claimwatch.Admission, "class", "route", "department", "ward", "bed",
		"physician_id", "diagnoses", "injury_case_id", "series_id")
	dischargeSlot = slotsOf(claimwatch.Discharge, "disposition", "diagnoses")
	transferSlot  = slotsOf(claimwatch.Transfer, "department", "ward", "bed")
	leaveSlot     = slotsOf(claimwatch.Leave, "until", "approved_by")
	orderSlot     = slotsOf(claimwatch.Order, "class", "item_code", "physician_id", "days", "times_per_day",
		"nursing_level", "department", "prescription_id")
	feeSlot = slotsOf(claimwatch.Fee, "item_code", "item_name", "category", "quantity", "unit_price", "amount",
		"order_id", "physician_id", "department", "reverses", "self_pay", "prescription_id", "days_supply", "usage", "from", "until", "consent_id")
	checkSlot     = slotsOf(claimwatch.IdentityCheck, "method", "score", "liveness", "result", "device_id", "location")
	careSlot      = slotsOf(claimwatch.CareRecord, "type", "order_id")
	operationSlot = slotsOf(claimwatch.Operation, "until", "procedure_code", "surgeon_id", "room", "incision_no")
	reportSlot    = slotsOf(claimwatch.ExamReport, "reported_at", "modality", "body_part", "item_code", "order_id")
	pageSlot      = slotsOf(claimwatch.FrontPage, "length_of_stay", "total_amount", "diagnoses", "procedures")
	fittingSlot   = slotsOf(claimwatch.DeviceFitting, "item_code", "amount", "appraisal_id", "body_part", "photo_sha256", "laser_mark", "serial_no")
	claimSlot     = slotsOf(claimwatch.Claim, "month", "declared_amount", "line_count")
)

func slotsOf(kind claimwatch.Kind, names ...string) []int {
	slots := make([]int, len(names))
	for i, name := range names {
		slots[i] = kind.Slot(name)
	}
	return slots
}

// texts sets texts by their place in a list of slots; an empty one is absent.
func texts(r *claimwatch.Record, slots []int, from int, values ...string) {
	for i, text := range values {
		if text != "" {
			r.Values[slots[from+i]] = claimwatch.Value{Text: text, Set: true}
		}
	}
}

func number(r *claimwatch.Record, slot int, n int64) {
	r.Values[slot] = claimwatch.Value{Num: n, Set: true}
}

// list sets a list of codes; it may be empty.
func list(r *claimwatch.Record, slot int, text string) {
	r.Values[slot] = claimwatch.Value{Text: text, Set: true}
}

// places among feeSlot.
const (
	feeItem = iota
	feeName
	feeCategory
	feeQuantity
	feePrice
	feeAmount
	feeOrder
	feePhysician
	feeDepartment
	feeReverses
	feeSelfPay
	feePrescription
	feeSupply
	feeUsage
	feeFrom
	feeUntil
	feeConsent
)

// AppendLine appends a record as a hospital sends it: one line of JSON and its end.
func AppendLine(dst []byte, r *claimwatch.Record) []byte {
	return append(claimwatch.AppendCanonical(dst, r), '\n')
}
