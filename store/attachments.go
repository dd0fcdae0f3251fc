package store

import (
	"context"
)

// AttachmentRow is a file by its hash.
type AttachmentRow struct {
	SHA256    string
	Seq       uint64 // the journal entry; the greatest counts
	MediaType string
	Erased    bool // its bytes are gone
	Body      []byte
}

// SaveAttachments writes files, one insert each: they may be large.
func (db *DB) SaveAttachments(ctx context.Context, rows []AttachmentRow) error {
	for _, row := range rows {
		err := db.insert(ctx, "attachments",
			column{"sha256", "String", []string{row.SHA256}},
			column{"seq", "UInt64", []uint64{row.Seq}},
			column{"media_type", "String", []string{row.MediaType}},
			column{"erased", "Bool", []bool{row.Erased}},
			column{"body", "String", []string{string(row.Body)}})
		if err != nil {
			return err
		}
	}
	return nil
}

// Attachment gives the bytes of a file; ok is false when there is none, or none any
// more.
func (db *DB) Attachment(ctx context.Context, sha256 string) (body []byte, ok bool, err error) {
	var text string
	var erased bool
	read := func() error {
		body, ok = []byte(text), !erased
		return nil
	}
	err = db.each(ctx, read, []any{&text, &erased}, `
		SELECT body, erased FROM attachments WHERE sha256 = {sha256:String} ORDER BY seq DESC LIMIT 1`, named("sha256", sha256))
	if err != nil || !ok {
		return nil, false, wrap("read attachment", err)
	}
	return body, true, nil
}
