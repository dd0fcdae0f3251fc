package slice

import (
	"fmt"
	"slices"

	"claimwatch"
)

// Clone gives facts with slices of their own. The rows are the same ones: of
// them WorldOf changes nothing but FirstReceived, which every world works out anew.
func (f *Facts) Clone() Facts {
	return Facts{
		Admissions: slices.Clone(f.Admissions), Transfers: slices.Clone(f.Transfers), Leaves: slices.Clone(f.Leaves),
		Discharges: slices.Clone(f.Discharges), Orders: slices.Clone(f.Orders), Fees: slices.Clone(f.Fees),
		Checks: slices.Clone(f.Checks), CareRecords: slices.Clone(f.CareRecords), Operations: slices.Clone(f.Operations),
		ExamReports: slices.Clone(f.ExamReports), FrontPages: slices.Clone(f.FrontPages), Fittings: slices.Clone(f.Fittings),
		Claims: slices.Clone(f.Claims),
	}
}

// Add puts a record that no table holds beside the facts.
func (f *Facts) Add(r *claimwatch.Record, at claimwatch.Position, receivedAt claimwatch.Instant) error {
	switch r.Kind {
	case claimwatch.Admission:
		return add(&f.Admissions, r, at, receivedAt)
	case claimwatch.Transfer:
		return add(&f.Transfers, r, at, receivedAt)
	case claimwatch.Leave:
		return add(&f.Leaves, r, at, receivedAt)
	case claimwatch.Discharge:
		return add(&f.Discharges, r, at, receivedAt)
	case claimwatch.Order:
		return add(&f.Orders, r, at, receivedAt)
	case claimwatch.Fee:
		return add(&f.Fees, r, at, receivedAt)
	case claimwatch.IdentityCheck:
		return add(&f.Checks, r, at, receivedAt)
	case claimwatch.CareRecord:
		return add(&f.CareRecords, r, at, receivedAt)
	case claimwatch.Operation:
		return add(&f.Operations, r, at, receivedAt)
	case claimwatch.ExamReport:
		return add(&f.ExamReports, r, at, receivedAt)
	case claimwatch.FrontPage:
		return add(&f.FrontPages, r, at, receivedAt)
	case claimwatch.DeviceFitting:
		return add(&f.Fittings, r, at, receivedAt)
	case claimwatch.Claim:
		return add(&f.Claims, r, at, receivedAt)
	default:
		return fmt.Errorf("add record of kind %s", r.Kind)
	}
}

// add makes a row of a record, as the store would read it.
func add[T any, F interface {
	*T
	Fact
}](rows *[]F, r *claimwatch.Record, at claimwatch.Position, receivedAt claimwatch.Instant) error {
	row := F(new(T))
	*row.Common() = Head{
		InstitutionID: r.InstitutionID, PersonID: r.PersonID, StayID: r.StayID, RecordID: r.RecordID,
		At: r.OccurredAt, ReceivedAt: receivedAt, Revision: uint32(r.Revision), Cancelled: r.Cancelled,
		Offset: at.Offset, Index: at.Index,
	}
	for _, field := range row.Own() {
		if err := put(field.Place, r.Field(field.Name)); err != nil {
			return fmt.Errorf("add %s of a %s: %w", field.Name, r.Kind, err)
		}
	}
	*rows = append(*rows, row)
	return nil
}

// put puts a value into the place of a field. Absent is empty, 0 or nil, as in
// the columns of the store.
func put(place any, v claimwatch.Value) error {
	switch place := place.(type) {
	case *string:
		*place = v.Text
	case *[]string:
		if *place = v.List(); *place == nil {
			*place = []string{}
		}
	case *bool:
		*place = v.Num != 0
	case *int32:
		*place = int32(v.Num)
	case *int64:
		*place = v.Num
	case *claimwatch.Instant:
		*place = claimwatch.Instant(v.Num)
	case **bool:
		*place = given(v, v.Num != 0)
	case **int32:
		*place = given(v, int32(v.Num))
	case **int64:
		*place = given(v, v.Num)
	case **claimwatch.Instant:
		*place = given(v, claimwatch.Instant(v.Num))
	default:
		return fmt.Errorf("no value fits a %T", place)
	}
	return nil
}

// given is a value that may be absent.
func given[V any](v claimwatch.Value, value V) *V {
	if !v.Set {
		return nil
	}
	return &value
}
