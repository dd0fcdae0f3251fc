package audit

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/duty"
	"claimwatch/audit/journal"
)

// journalReaders may read the journal.
var journalReaders = append(deciders[:len(deciders):len(deciders)], claimwatch.RoleSupervisor)

type journalInput struct {
	claimwatch.PageQuery
	Actor string `query:"actor" doc:"id of a key, or system"`
	Type  string `query:"type" doc:"of the entries"`
	From  string `query:"from" doc:"a time with an offset, or a day that stands for its midnight"`
	Until string `query:"until" doc:"likewise; before it"`
	Order string `query:"order" enum:"oldest,newest" default:"oldest" doc:"which entries come first"`
}

func (in *journalInput) query() (q EntryQuery, err error) {
	q = EntryQuery{Actor: in.Actor, Type: in.Type, Back: in.Order == "newest"}
	if q.Limit, err = in.PageSize(); err != nil {
		return q, err
	}
	if in.Cursor != "" {
		if q.After, err = strconv.ParseUint(in.Cursor, 10, 63); err != nil {
			return q, claimwatch.BadQuery("cursor", "cursor is a next of an earlier answer, or the number of an entry")
		}
	}
	if q.From, err = momentOf("from", in.From); err != nil {
		return q, err
	}
	q.Until, err = momentOf("until", in.Until)
	return q, err
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
		Summary: "The journal, with the hashes that chain it", Description: "The cursor is the number of an entry: those after it in the order asked for.",
	}, a.entries)
	huma.Register(api, huma.Operation{
		OperationID: "list-journal-people", Method: http.MethodGet, Path: "/v1/journal/people", Tags: []string{"journal"},
		Summary: "Who did what: the separation of duties, to be looked after (Shanxi Art. 30)",
		Description: "Of each key of the agency the entries by type and decision, amounts, how often it made and checked, how long notified findings waited for it; " +
			"and who checked whom, how often. For a supervisor or director of the province.",
	}, a.people)
}

type peopleInput struct {
	From  string `query:"from" doc:"a time with an offset, or a day that stands for its midnight; from the beginning without it"`
	Until string `query:"until" doc:"likewise; before it"`
}

type peopleAnswer struct{ Body duty.PeopleReport }

// controllers look after what others do.
var controllers = []claimwatch.CallerRole{claimwatch.RoleSupervisor, claimwatch.RoleDirector}

func (a *Audit) people(ctx context.Context, in *peopleInput) (*peopleAnswer, error) {
	if _, err := province(ctx, controllers); err != nil {
		return nil, err
	}
	within := claimwatch.Interval{From: math.MinInt64, Until: math.MaxInt64}
	from, err := momentOf("from", in.From)
	if err != nil {
		return nil, err
	}
	until, err := momentOf("until", in.Until)
	if err != nil {
		return nil, err
	}
	if from != nil {
		within.From = *from
	}
	if until != nil {
		within.Until = *until
	}
	return &peopleAnswer{Body: a.deps.Journal.Duties(within)}, nil
}

func (a *Audit) entries(ctx context.Context, in *journalInput) (*journalAnswer, error) {
	if _, err := province(ctx, journalReaders); err != nil {
		return nil, err
	}
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	bodies, err := a.deps.Entries(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("read journal after %d: %w", q.After, err)
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
	last := out.Body.Head.Seq
	if q.Back {
		last = 1
	}
	if n := len(bodies); n == q.Limit && out.Body.Items[n-1].Seq != last {
		out.Body.Next = strconv.FormatUint(out.Body.Items[n-1].Seq, 10)
	}
	return out, nil
}
