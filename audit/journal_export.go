package audit

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/danielgtaylor/huma/v2"
	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/audit/export"
	"claimwatch/audit/journal"
)

// export streams the journal. What is read is the log, not the store: the store only
// remembers.
func (a *Audit) export(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	if _, err := province(ctx, journalReaders); err != nil {
		return nil, err
	}
	note, head, err := a.deps.Heads.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(out huma.Context) {
		out.SetHeader("Content-Type", "application/x-ndjson")
		out.SetHeader("Content-Disposition", fmt.Sprintf(`attachment; filename="journal-%d.ndjson"`, head.Size))
		if err := a.writeExport(out.Context(), out.BodyWriter(), head.Size, note); err != nil && out.Context().Err() == nil {
			a.log.Error("export journal", zap.Error(err)) // it ends without its last line, and so everybody sees that it was cut off
		}
	}}, nil
}

// errExported ends the reading of the topic: everything under the head is written.
var errExported = errors.New("exported")

// writeExport writes the first size entries out of the topic, with the data that is
// not erased.
func (a *Audit) writeExport(ctx context.Context, to io.Writer, size uint64, note []byte) error {
	writer, err := export.NewWriter(to, size, a.deps.Heads.Key())
	if err != nil {
		return err
	}
	var reader journal.Reader
	var last journal.Entry
	err = a.deps.Topic(ctx, func(messages []claimwatch.Message) error {
		for _, m := range messages {
			if last.Seq == size {
				return errExported
			}
			c, canonical := reader.Read(m)
			if c == nil {
				continue
			}
			seq, hash := a.deps.Journal.Outcome(c.ID)
			if seq == 0 {
				continue // refused
			}
			if last, err = journal.NewEntry(last.Seq+1, last.Hash, canonical); err != nil {
				return err
			}
			if last.Seq != seq || last.Hash != hash {
				return fmt.Errorf("export entry %d: the log has another command in its place", last.Seq)
			}
			if err := writer.Write(a.exported(c, last, size)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, errExported) {
		return fmt.Errorf("read the topic: %w", err)
	}
	if last.Seq != size {
		return fmt.Errorf("export %d entries: the log has %d", size, last.Seq)
	}
	return writer.Close(note)
}

// exported is an entry with its data as of a head: an erasure that came after the
// head cannot be shown by it.
func (a *Audit) exported(c *journal.Command, entry journal.Entry, size uint64) export.Item {
	item := export.Item{Seq: entry.Seq, SHA256: entry.Hash, Body: entry.Body, DataSHA256: c.DataSHA256, Data: c.Data, Withheld: c.Withheld()}
	if by := a.deps.Journal.Erased(entry.Seq); by <= size {
		item.ErasedBy = by
	}
	return item
}
