package door

import (
	"context"
	"encoding/base64"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

// QuarantineQuery filters refused records; empty members do not filter.
type QuarantineQuery struct {
	InstitutionID string
	Code          string
	ReceiptID     string
	QuarantineID  string
	From, Until   *claimwatch.Instant // received_at in [From, Until)
	Cursor        string
	Limit         int // default 100, at most 1,000
}

// QuarantineItem is a refused record as the API gives it (contract, section 6).
type QuarantineItem struct {
	QuarantineID  string             `json:"quarantine_id"`
	InstitutionID string             `json:"institution_id"`
	ReceivedAt    claimwatch.Instant `json:"received_at" doc:"when the upload was received"`
	ReceiptID     string             `json:"receipt_id" doc:"empty when the message named none"`
	Index         int                `json:"index" doc:"counts the records of the upload from 0"`
	RecordID      string             `json:"record_id,omitempty"`
	Code          claimwatch.Code    `json:"code"`
	Field         string             `json:"field,omitempty"`
	Message       string             `json:"message"`
	Raw           *string            `json:"raw,omitempty" doc:"the record as it was sent"`
	RawBase64     *string            `json:"raw_base64,omitempty" doc:"instead of raw when it is not UTF-8"`
}

type receiptInput struct {
	ReceiptID string `path:"receipt_id" maxLength:"64" doc:"from the answer to an upload"`
	Wait      int    `query:"wait" minimum:"0" maximum:"30" doc:"seconds to wait until the receipt is settled"`
}

type receiptOutput struct{ Body claimwatch.Receipt }

type quarantineInput struct {
	InstitutionID string `query:"institution_id" maxLength:"64"`
	Code          string `query:"code" maxLength:"64"`
	ReceiptID     string `query:"receipt_id" maxLength:"64"`
	Cursor        string `query:"cursor" maxLength:"512" doc:"next of the page before"`
	Limit         int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

type quarantinePage struct {
	Items []QuarantineItem `json:"items" nullable:"false"`
	Next  string           `json:"next" doc:"cursor of the next page, empty on the last"`
}

type quarantineOutput struct{ Body quarantinePage }

// Register adds the receipts and the quarantine to an API.
func (d *Door) Register(api huma.API) {
	d.describe(api)
	common := []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden,
		http.StatusTooManyRequests, http.StatusServiceUnavailable,
	}
	huma.Register(api, huma.Operation{
		OperationID: "receipt", Method: http.MethodGet, Path: "/v1/receipts/{receipt_id}",
		Summary: "The receipt of an upload", Tags: []string{"records"},
		Errors: append([]int{http.StatusNotFound}, common...),
	}, d.receipt)
	huma.Register(api, huma.Operation{
		OperationID: "quarantine", Method: http.MethodGet, Path: "/v1/quarantine",
		Summary: "Refused records, newest first", Tags: []string{"records"}, Errors: common,
	}, d.quarantine)
}

func (d *Door) receipt(ctx context.Context, in *receiptInput) (*receiptOutput, error) {
	receipt, err := d.ReceiptFor(ctx, in.ReceiptID, seconds(in.Wait))
	if err != nil {
		return nil, err
	}
	return &receiptOutput{Body: receipt}, nil
}

// ReceiptFor gives a receipt to the caller of ctx, after waiting so long for it
// to be settled. The error is a *claimwatch.Error: forbidden, not_found also for
// the receipt of another hospital, or unavailable while it cannot be known.
func (d *Door) ReceiptFor(ctx context.Context, receiptID string, wait time.Duration) (claimwatch.Receipt, error) {
	caller := claimwatch.CallerFrom(ctx)
	if err := mayRead(caller); err != nil {
		return claimwatch.Receipt{}, err
	}
	receipt, err := d.lookUp(ctx, receiptID, wait)
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	if !caller.Sees(receipt.InstitutionID) {
		return claimwatch.Receipt{}, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such receipt")
	}
	if receipt.Refused == nil {
		receipt.Refused = []claimwatch.Refusal{}
	}
	return receipt, nil
}

func (d *Door) quarantine(ctx context.Context, in *quarantineInput) (*quarantineOutput, error) {
	caller := claimwatch.CallerFrom(ctx)
	if err := mayRead(caller); err != nil {
		return nil, err
	}
	q := QuarantineQuery{
		InstitutionID: in.InstitutionID, Code: in.Code, ReceiptID: in.ReceiptID, Cursor: in.Cursor, Limit: in.Limit,
	}
	out := &quarantineOutput{Body: quarantinePage{Items: []QuarantineItem{}}}
	if caller.IsHospital() {
		if q.InstitutionID != "" && q.InstitutionID != caller.InstitutionID {
			return out, nil // as if the other institution had none
		}
		q.InstitutionID = caller.InstitutionID
	}
	items, next, err := d.cfg.Quarantine(ctx, q)
	if err != nil {
		if claimwatch.CodeOf(err) != claimwatch.CodeInternal {
			return nil, err
		}
		return nil, unavailable("the quarantine cannot be read at the moment: ask again later", err)
	}
	out.Body.Next = next
	for i := range items {
		if !caller.Sees(items[i].InstitutionID) {
			continue // of another city
		}
		out.Body.Items = append(out.Body.Items, itemOf(&items[i]))
	}
	return out, nil
}

func mayRead(caller claimwatch.Caller) error {
	if caller.IsHospital() && caller.Has(claimwatch.RoleHospital) || caller.Has(claimwatch.RoleOfficer) {
		return nil
	}
	return claimwatch.Refuse(claimwatch.CodeForbidden, "receipts and quarantine are for hospitals and officers")
}

func itemOf(q *claimwatch.Quarantined) QuarantineItem {
	item := QuarantineItem{
		QuarantineID: q.ID, InstitutionID: q.InstitutionID, ReceivedAt: q.ReceivedAt, ReceiptID: q.ReceiptID,
		Index: q.Refusal.Index, RecordID: q.Refusal.RecordID, Code: q.Refusal.Code, Field: q.Refusal.Field,
		Message: q.Refusal.Message,
	}
	raw := string(q.Raw)
	if utf8.ValidString(raw) {
		item.Raw = &raw
	} else {
		packed := base64.StdEncoding.EncodeToString(q.Raw)
		item.RawBase64 = &packed
	}
	return item
}
