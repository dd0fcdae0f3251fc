package main

import (
	"context"
	"encoding/json"
	"fmt"

	"claimwatch/audit/journal"
	"claimwatch/audit/rejection"
	"claimwatch/store"
)

// rejectedRows gives what an entry changed on the open rejected-fee lists.
func rejectedRows(a *journal.Accepted) ([]store.RejectedRow, error) {
	rows := make([]store.RejectedRow, len(a.Listed))
	for i, item := range a.Listed {
		body, err := json.Marshal(item)
		if err != nil {
			return nil, fmt.Errorf("write rejected line: %w", err)
		}
		rows[i] = store.RejectedRow{
			Seq: a.Seq, InstitutionID: item.InstitutionID, Month: item.Month, FindingID: item.FindingID,
			Kind: item.Kind, RecordID: item.RecordID, Amount: item.Rejected, Void: item.Void, Body: body,
		}
	}
	return rows, nil
}

// saveFile keeps the bytes of an attached file, or lets go of erased ones.
func (r journalRows) saveFile(ctx context.Context, a *journal.Accepted) error {
	var rows []store.AttachmentRow
	if a.File != nil {
		rows = append(rows, store.AttachmentRow{SHA256: a.File.SHA256, Seq: a.Seq, MediaType: a.File.MediaType, Body: a.Command.Data})
	}
	if a.ErasedFile != "" {
		rows = append(rows, store.AttachmentRow{SHA256: a.ErasedFile, Seq: a.Seq, Erased: true})
	}
	return r.db.SaveAttachments(ctx, rows)
}

// saveLists keeps a list that was sealed, and those from which a text was erased.
func (r journalRows) saveLists(ctx context.Context, a *journal.Accepted) error {
	lists := a.Resealed
	if a.Sealed != nil {
		lists = []rejection.RejectedList{*a.Sealed}
	}
	rows := make([]store.RejectedListRow, len(lists))
	for i, list := range lists {
		body, err := json.Marshal(list)
		if err != nil {
			return fmt.Errorf("write sealed list: %w", err)
		}
		rows[i] = store.RejectedListRow{
			Seq: a.Seq, InstitutionID: list.InstitutionID, Month: list.Month, Number: *list.Number, Total: list.Total, SHA256: list.SHA256, Body: body,
		}
	}
	return r.db.SaveRejectedLists(ctx, rows)
}
