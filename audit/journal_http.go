package audit

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
)

// journalReaders may read the journal.
var journalReaders = append(deciders[:len(deciders):len(deciders)], claimwatch.RoleSupervisor)

type journalInput struct {
	Cursor string `query:"cursor" doc:"next of the answer before, or the number of an entry: those after it"`
	Limit  string `query:"limit" doc:"1 to 1000, 100 by default"`
}

// entryView is an entry of the chain. Entry holds the very bytes that are hashed.
type entryView struct {
	Seq       uint64             `json:"seq"`
	SHA256    string             `json:"sha256" doc:"SHA-256 of entry"`
	Prev      string             `json:"prev_sha256" doc:"that of the entry before; 64 zeros before the first"`
	At        claimwatch.Instant `json:"at"`
	Type      journal.Type       `json:"type"`
	Actor     string             `json:"actor" doc:"id of the key, or system"`
	FindingID string             `json:"finding_id,omitempty"`
	Reason    string             `json:"reason,omitempty"`
	Entry     string             `json:"entry" doc:"the canonical bytes: number, hash of the entry before, command"`
}

type journalAnswer struct {
	Body struct {
		Items []entryView `json:"items" nullable:"false"`
		Next  string      `json:"next"`
		Head  struct {
			Seq    uint64 `json:"seq"`
			SHA256 string `json:"sha256"`
		} `json:"head" doc:"the latest entry: note it down, and nothing before it can change unseen"`
	}
}

func (a *Audit) registerJournal(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-journal", Method: http.MethodGet, Path: "/v1/journal", Tags: []string{"journal"},
		Summary: "The journal, with the hashes that chain it",
	}, a.entries)
}

func (a *Audit) entries(ctx context.Context, in *journalInput) (*journalAnswer, error) {
	if _, err := province(ctx, journalReaders); err != nil {
		return nil, err
	}
	limit, err := limitOf(in.Limit)
	if err != nil {
		return nil, err
	}
	var after uint64
	if in.Cursor != "" {
		if after, err = strconv.ParseUint(in.Cursor, 10, 63); err != nil {
			return nil, badQuery("cursor", "cursor is a next of an earlier answer, or the number of an entry")
		}
	}
	bodies, err := a.deps.Entries(ctx, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read journal after %d: %w", after, err)
	}
	out := &journalAnswer{}
	out.Body.Items = make([]entryView, len(bodies))
	for i, body := range bodies {
		entry, command, err := journal.ParseEntry(body)
		if err != nil {
			return nil, err
		}
		out.Body.Items[i] = entryView{
			Seq: entry.Seq, SHA256: entry.Hash, Prev: entry.Prev, At: command.At, Type: command.Type, Actor: command.Actor.Key,
			FindingID: command.FindingID, Reason: command.Reason, Entry: string(body),
		}
	}
	out.Body.Head.Seq, out.Body.Head.SHA256 = a.deps.Journal.Head()
	if n := len(bodies); n == limit && out.Body.Items[n-1].Seq < out.Body.Head.Seq {
		out.Body.Next = strconv.FormatUint(out.Body.Items[n-1].Seq, 10)
	}
	return out, nil
}
