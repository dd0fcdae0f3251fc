package main

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"claimwatch"
	"claimwatch/api"
	"claimwatch/audit"
	"claimwatch/audit/baseline"
	"claimwatch/audit/journal"
	"claimwatch/audit/reference"
	"claimwatch/audit/review"
	"claimwatch/ingest/wire"
	"claimwatch/store"
	"claimwatch/stream"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// productClock is now, or with the event clock as_of; before the first event it
// is now too, for then there is nothing that a date could be wrong for.
func (n *node) productClock(ctx context.Context) (claimwatch.Instant, error) {
	at, ok, err := n.asOf(ctx)
	if err == nil && !ok {
		at = claimwatch.InstantOf(clock())
	}
	return at, err
}

// journalHandled is the position of the journal's fold, its views written.
func (s *stages) journalHandled() map[int]int64 {
	next, settled := s.journal.Position()
	if !settled {
		next-- // something is still to be written
	}
	return map[int]int64{0: next}
}

// journalLog is the journal topic.
type journalLog struct{ client *stream.Client }

func (l journalLog) Write(ctx context.Context, messages ...claimwatch.Message) error {
	return l.client.Writer(claimwatch.TopicJournal).Write(ctx, messages...)
}

func (l journalLog) Tail(ctx context.Context, handle func(context.Context, []claimwatch.Message) error, caughtUp func()) error {
	return l.client.Tail(ctx, stream.TailConfig{Topic: claimwatch.TopicJournal, Name: "journal", Handle: handle, CaughtUp: caughtUp})
}

// touchByLoad has those evaluated again whom the changed rows of a reference load
// touch.
func (n *node) touchByLoad(ctx context.Context, load *reference.Outcome) error {
	scopes, err := n.db.TouchedBy(ctx, storeLoad(load, journal.Command{}))
	if err != nil {
		return err
	}
	return n.touchInBackground(ctx, load.Version, fmt.Sprintf("%s load %d", load.Table, load.Version), wire.ReasonReference, scopes)
}

func storeLoad(load *reference.Outcome, c journal.Command) store.ReferenceLoad {
	rows := make([]store.ReferenceRow, len(load.Changed))
	for i, row := range load.Changed {
		rows[i] = store.ReferenceRow{Void: row.Void, Values: row.Values}
	}
	return store.ReferenceLoad{Table: load.Table, Seq: load.Version, KnownFrom: c.At, Actor: c.Actor.Key, Rows: rows}
}

// journalRows keeps the views of the journal in the store.
type journalRows struct{ db *store.DB }

func (r journalRows) Head(ctx context.Context) (uint64, error) {
	row, _, err := r.db.JournalHead(ctx)
	return row.Seq, err
}

func (r journalRows) SaveViews(ctx context.Context, accepted []*journal.Accepted) error {
	var keys []store.KeyRow
	var reviews []store.ReviewRow
	var rejected []store.RejectedRow
	var matters []store.MatterRow
	for _, a := range accepted {
		if a.Matter != nil {
			row, err := matterRow(a)
			if err != nil {
				return err
			}
			matters = append(matters, row)
		}
		switch {
		case a.Load != nil:
			if err := r.db.SaveReference(ctx, storeLoad(a.Load, a.Command)); err != nil {
				return err
			}
		case a.Key != nil:
			keys = append(keys, keyRow(a))
		case a.Review != nil:
			row, err := reviewRow(a.Seq, a.Review)
			if err != nil {
				return err
			}
			reviews = append(reviews, row)
		}
		for i := range a.Erased {
			row, err := reviewRow(a.Seq, &a.Erased[i])
			if err != nil {
				return err
			}
			reviews = append(reviews, row)
		}
		lines, err := rejectedRows(a)
		if err != nil {
			return err
		}
		rejected = append(rejected, lines...)
		if err := r.saveFile(ctx, a); err != nil {
			return err
		}
		if err := r.saveLists(ctx, a); err != nil {
			return err
		}
		if err := r.saveMoney(ctx, a); err != nil {
			return err
		}
	}
	if err := r.db.SaveKeys(ctx, keys); err != nil {
		return err
	}
	if err := r.db.SaveReviews(ctx, reviews); err != nil {
		return err
	}
	if err := r.db.SaveMatters(ctx, matters); err != nil {
		return err
	}
	return r.db.SaveRejected(ctx, rejected)
}

func matterRow(a *journal.Accepted) (store.MatterRow, error) {
	body, err := json.Marshal(a.Matter)
	if err != nil {
		return store.MatterRow{}, fmt.Errorf("write matter: %w", err)
	}
	return store.MatterRow{
		Seq: a.Seq, MatterID: a.Matter.ID, Kind: string(a.Matter.Kind), Number: a.Matter.Number,
		InstitutionID: a.Matter.InstitutionID, City: a.Matter.City, State: string(a.Matter.State), Body: body,
	}, nil
}

func reviewRow(seq uint64, r *review.Review) (store.ReviewRow, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return store.ReviewRow{}, fmt.Errorf("write review: %w", err)
	}
	row := store.ReviewRow{Seq: seq, FindingID: r.FindingID, State: r.State, Body: body}
	if r.Decided != nil {
		row.InstitutionID = r.Decided.InstitutionID
	}
	return row, nil
}

func keyRow(a *journal.Accepted) store.KeyRow {
	roles := make([]string, len(a.Key.Roles))
	for i, role := range a.Key.Roles {
		roles[i] = string(role)
	}
	return store.KeyRow{
		Seq: a.Seq, Hash: a.Key.SHA256, InstitutionID: a.Key.InstitutionID, Label: a.Key.Label,
		Roles: roles, City: a.Key.City, CreatedAt: a.Command.At, Revoked: a.Revoked,
	}
}

func (r journalRows) SaveEntries(ctx context.Context, accepted []*journal.Accepted) error {
	rows := make([]store.JournalRow, len(accepted))
	for i, a := range accepted {
		rows[i] = store.JournalRow{
			Seq: a.Seq, At: a.Command.At, CommandID: a.Command.ID, Type: string(a.Command.Type), Actor: a.Command.Actor.Key,
			Body: a.Body, PrevHash: a.Prev, Hash: a.Hash,
		}
	}
	return r.db.SaveJournal(ctx, rows)
}

// auditEntries reads bodies of the chain.
func (n *node) auditEntries(ctx context.Context, q audit.EntryQuery) ([][]byte, error) {
	rows, err := n.db.Journal(ctx, store.JournalQuery(q))
	bodies := make([][]byte, len(rows))
	for i, row := range rows {
		bodies[i] = row.Body
	}
	return bodies, err
}

// auditLines reads lines as they were charged.
func (n *node) auditLines(ctx context.Context, asOf claimwatch.Instant, lines []claimwatch.Line) ([]audit.LineFacts, error) {
	read, err := n.db.Lines(ctx, asOf, lines)
	facts := make([]audit.LineFacts, len(read))
	for i, line := range read {
		facts[i] = audit.LineFacts{
			Revision: line.Revision, PersonID: line.PersonID, StayID: line.StayID, OccurredAt: line.OccurredAt,
			ItemCode: line.ItemCode, ItemName: line.ItemName, Net: line.Net, Found: line.Found,
		}
	}
	return facts, err
}

// stayLengths counts how long stays lasted, for baselines.
func (n *node) stayLengths(ctx context.Context, asOf claimwatch.Instant, discharged claimwatch.Interval) (audit.LengthsOfStay, error) {
	counted, err := n.db.StayLengths(ctx, asOf, discharged)
	out := audit.LengthsOfStay{NoGroup: counted.NoGroup, NoLevel: counted.NoLevel, Lengths: make([]baseline.Length, len(counted.Lengths))}
	for i, length := range counted.Lengths {
		out.Lengths[i] = baseline.Length(length)
	}
	return out, err
}

// auditFindings reads findings for the audit stage.
type auditFindings struct{ db *store.DB }

func (f auditFindings) Findings(ctx context.Context, q audit.FindingQuery) ([]claimwatch.Held, string, error) {
	return f.db.Findings(ctx, storeQuery(q))
}

func storeQuery(q audit.FindingQuery) store.FindingQuery {
	return store.FindingQuery{
		InstitutionID: q.InstitutionID, PersonID: q.PersonID, StayID: q.StayID, Rule: q.Rule, Severity: q.Severity,
		From: q.From, Until: q.Until, MinAmount: q.MinAmount, Suppressed: q.Suppressed, IDs: q.IDs, Retracted: store.RetractedMode(q.Retracted),
		Limit: q.Limit, Cursor: q.Cursor, PhysicianID: q.PhysicianID, ItemCode: q.ItemCode, LinesOf: q.LinesOf,
	}
}

// findingPlaces reads what findings are counted and ordered by.
func (n *node) findingPlaces(ctx context.Context, q audit.FindingQuery, yield func(audit.Place) error) error {
	return n.db.FindingPlaces(ctx, storeQuery(q), func(p store.FindingPlace) error { return yield(audit.Place(p)) })
}

func (f auditFindings) Finding(ctx context.Context, id string) (claimwatch.Held, []audit.FindingEvent, bool, error) {
	held, history, ok, err := f.db.Finding(ctx, id)
	events := make([]audit.FindingEvent, len(history))
	for i, event := range history {
		events[i] = audit.FindingEvent(event)
	}
	return held, events, ok, err
}

func (f auditFindings) Claiming(ctx context.Context, persons, institutions []string) ([]claimwatch.Finding, error) {
	return f.db.Claiming(ctx, persons, institutions)
}

func (f auditFindings) AllFacts(ctx context.Context, yield func(id, facts, suppressedBy string) error) error {
	return f.db.AllFacts(ctx, yield)
}

// auditTables reads reference tables for the audit stage.
type auditTables struct{ db *store.DB }

func (t auditTables) Rows(ctx context.Context, q audit.RowQuery) ([]audit.StoredRow, string, error) {
	rows, next, err := t.db.Reference(ctx, store.ReferenceQuery{Table: q.Table, AsOfSeq: q.AsOf, Where: q.Where, WithVoid: q.WithVoid, Cursor: q.Cursor, Limit: q.Limit})
	return storedRows(rows), next, err
}

func (t auditTables) RowHistory(ctx context.Context, table string, key []claimwatch.Value) ([]audit.StoredRow, error) {
	rows, err := t.db.ReferenceHistory(ctx, table, key)
	return storedRows(rows), err
}

func storedRows(rows []store.ReferenceRow) []audit.StoredRow {
	stored := make([]audit.StoredRow, len(rows))
	for i, row := range rows {
		stored[i] = audit.StoredRow(row)
	}
	return stored
}

// answers remembers what was answered to Idempotency-Keys.
type answers struct{ db *store.DB }

func (a answers) Answer(ctx context.Context, scope, key string) (api.Answer, bool, error) {
	row, ok, err := a.db.Idempotent(ctx, scope, key, claimwatch.InstantOf(clock()))
	answer := api.Answer{Status: row.Status, ContentType: row.Headers["Content-Type"], Body: row.Body, At: row.At.Time()}
	if sum, bad := hex.DecodeString(row.BodyHash); bad == nil {
		copy(answer.BodySHA256[:], sum)
	}
	return answer, ok, err
}

func (a answers) SaveAnswer(ctx context.Context, scope, key string, answer api.Answer) error {
	return a.db.SaveIdempotent(ctx, store.IdempotentAnswer{
		Scope: scope, Key: key, BodyHash: hex.EncodeToString(answer.BodySHA256[:]), Status: answer.Status,
		Headers: map[string]string{"Content-Type": answer.ContentType}, Body: answer.Body, At: claimwatch.InstantOf(answer.At),
	})
}
