package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit"
	"claimwatch/ingest/wire"
	"claimwatch/store"
	"claimwatch/stream"
)

// originals reads what was uploaded out of the log: the store knows where it stands.
type originals struct {
	db     *store.DB
	stream *stream.Client
}

func (o originals) Receipt(ctx context.Context, id string) (claimwatch.Receipt, bool, error) {
	return o.db.Receipt(ctx, id)
}

func (o originals) Uploaded(ctx context.Context, records []claimwatch.Identity) ([]audit.Uploaded, error) {
	known, err := o.db.LookupIdentities(ctx, records)
	if err != nil {
		return nil, err
	}
	var list []audit.Uploaded
	messages := map[[2]int64]claimwatch.Message{}
	for _, id := range records {
		for _, revision := range known[id] {
			at := revision.Position
			place := [2]int64{int64(at.Partition), at.Offset}
			if _, read := messages[place]; !read {
				if messages[place], err = o.message(ctx, at); err != nil {
					return nil, err
				}
			}
			one, err := uploadedAt(messages[place], at, hex.EncodeToString(revision.Hash[:]))
			if err != nil {
				return nil, err
			}
			one.Record, one.Revision = id, revision.Revision
			list = append(list, one)
		}
	}
	slices.SortStableFunc(list, func(a, b audit.Uploaded) int {
		return cmp.Or(strings.Compare(a.Record.InstitutionID, b.Record.InstitutionID), cmp.Compare(a.Record.Kind, b.Record.Kind),
			strings.Compare(a.Record.RecordID, b.Record.RecordID), cmp.Compare(a.Revision, b.Revision))
	})
	return list, nil
}

// message reads the message at a position. The records of an atomic upload stand where
// its last message stands (ADR 3): the lines of those before are put in front.
func (o originals) message(ctx context.Context, at claimwatch.Position) (claimwatch.Message, error) {
	m, err := o.stream.At(ctx, claimwatch.TopicRecords, int(at.Partition), at.Offset)
	if err != nil {
		return m, err
	}
	upload, err := wire.ReadUpload(m)
	if err != nil || !upload.Atomic {
		return m, nil //nolint:nilerr // uploadedAt reads it again and tells
	}
	chunks := map[int][]byte{upload.Chunk: m.Value}
	for offset := at.Offset - 1; offset >= 0 && len(chunks) < upload.Chunks; offset-- {
		before, err := o.stream.At(ctx, claimwatch.TopicRecords, int(at.Partition), offset)
		if err != nil {
			return m, err
		}
		other, err := wire.ReadUpload(before)
		if err == nil && other.ReceiptID == upload.ReceiptID && other.InstitutionID == upload.InstitutionID {
			chunks[other.Chunk] = before.Value
		}
	}
	m.Value = nil
	for i := range upload.Chunks {
		m.Value = append(m.Value, chunks[i]...)
	}
	return m, nil
}

// uploadedAt takes a record out of its message. The hash is what the store has of it.
func uploadedAt(m claimwatch.Message, at claimwatch.Position, hash string) (audit.Uploaded, error) {
	upload, err := wire.ReadUpload(m)
	if err != nil {
		return audit.Uploaded{}, fmt.Errorf("read message at offset %d: %w", at.Offset, err)
	}
	rest, line := string(m.Value), wire.Line{}
	for range at.Index + 1 {
		line, rest = wire.CutLine(rest)
	}
	var sent string
	if upload.Signature != nil {
		line, sent, _ = line.Signed()
	}
	sum := sha256.Sum256([]byte(line.JSON))
	if hex.EncodeToString(sum[:]) != hash {
		return audit.Uploaded{}, fmt.Errorf("line %d of the message at offset %d of partition %d is not the record that was accepted", at.Index, at.Offset, at.Partition)
	}
	return audit.Uploaded{
		Canonical: []byte(line.JSON), SHA256: hash, ReceiptID: upload.ReceiptID, ReceivedAt: upload.ReceivedAt,
		Partition: at.Partition, Offset: at.Offset, Index: line.Index,
		Sent: []byte(sent), Signature: upload.Signature,
	}, nil
}
