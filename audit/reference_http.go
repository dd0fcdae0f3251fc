package audit

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/reference"
)

type loadInput struct {
	Table       string `path:"table" example:"items"`
	ContentType string `header:"Content-Type"`
	RawBody     []byte `contentType:"text/csv"`
}

type loadAnswer struct {
	Body struct {
		Table     string             `json:"table"`
		Rows      int                `json:"rows"`
		Changed   int                `json:"changed"`
		Unchanged int                `json:"unchanged"`
		Version   uint64             `json:"version" doc:"the journal entry of the load"`
		Warnings  []claimwatch.Fault `json:"warnings,omitempty" doc:"rows that name what is not loaded; the first hundred"`
	}
}

type rowsInput struct {
	Table string `path:"table" example:"items"`
	Void  bool   `query:"void" doc:"withdrawn rows too, as they were withdrawn"`
	claimwatch.PageQuery
}

// rowView is a row of a reference table.
type rowView struct {
	Row       map[string]string  `json:"row" doc:"columns by name, as in CSV; absent ones are left out"`
	Void      bool               `json:"void"`
	Version   uint64             `json:"version" doc:"the journal entry of its load"`
	KnownFrom claimwatch.Instant `json:"known_from"`
	By        string             `json:"by" doc:"id of the key that loaded it"`
}

type rowsAnswer struct {
	Body struct {
		Items []rowView `json:"items" nullable:"false"`
		Next  string    `json:"next"`
	}
}

type historyInput struct {
	Table string `path:"table" example:"items"`
	Key   string `query:"key" doc:"key cells of one row in order, joined by |; without it the loads of the table"`
	claimwatch.PageQuery
}

// historyItem is one load of a table, or one version of a row.
type historyItem struct {
	Version   uint64             `json:"version"`
	At        claimwatch.Instant `json:"at"`
	By        string             `json:"by"`
	Rows      *int               `json:"rows,omitempty"`
	Changed   *int               `json:"changed,omitempty"`
	Unchanged *int               `json:"unchanged,omitempty"`
	Row       map[string]string  `json:"row,omitempty"`
	Void      *bool              `json:"void,omitempty"`
}

type historyAnswer struct {
	Body struct {
		Items []historyItem `json:"items" nullable:"false"`
		Next  string        `json:"next"`
	}
}

func (a *Audit) registerReference(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "load-reference", Method: http.MethodPut, Path: "/v1/reference/{table}", Tags: []string{"reference"},
		Summary:      "Load rows of a reference table",
		Description:  "CSV or NDJSON; an upsert by key. A faulty file changes nothing, and every fault is named with its line.",
		MaxBodyBytes: a.cfg.MaxReferenceBytes, Middlewares: rolesFirst(api, administrators),
	}, a.load)
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	if body := api.OpenAPI().Paths["/v1/reference/{table}"].Put.RequestBody; body != nil {
		body.Content = map[string]*huma.MediaType{"text/csv": text, "application/x-ndjson": text}
		body.Required = false // NDJSON without a line is a load without rows
	}
	huma.Register(api, huma.Operation{
		OperationID: "list-reference-tables", Method: http.MethodGet, Path: "/v1/reference", Tags: []string{"reference"},
		Summary: "The reference tables, their columns and when each was loaded last",
	}, func(ctx context.Context, in *claimwatch.PageQuery) (*tablesAnswer, error) {
		if _, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...); err != nil {
			return nil, err
		}
		return a.tables(in)
	})
	huma.Register(api, huma.Operation{
		OperationID: "list-reference", Method: http.MethodGet, Path: "/v1/reference/{table}", Tags: []string{"reference"},
		Summary: "Current rows of a reference table",
	}, func(ctx context.Context, in *rowsInput) (*rowsAnswer, error) {
		if _, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...); err != nil {
			return nil, err
		}
		return a.rows(ctx, in)
	})
	huma.Register(api, huma.Operation{
		OperationID: "get-reference-history", Method: http.MethodGet, Path: "/v1/reference/{table}/history", Tags: []string{"reference"},
		Summary: "Loads of a table, or versions of one row", Description: "Who, when, what changed.",
	}, func(ctx context.Context, in *historyInput) (*historyAnswer, error) {
		if _, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...); err != nil {
			return nil, err
		}
		return a.history(ctx, in)
	})
}

func (a *Audit) load(ctx context.Context, in *loadInput) (*loadAnswer, error) {
	caller, err := province(ctx, administrators)
	if err != nil {
		return nil, err
	}
	t, err := table(in.Table)
	if err != nil {
		return nil, err
	}
	if t.Name == claimwatch.RuleParameters {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "values of parameters are published by POST /v1/rules/{code}/parameters, which knows what a rule takes")
	}
	format, err := reference.FormatOf(in.ContentType)
	if err != nil {
		return nil, err
	}
	rows, err := reference.Parse(t, format, in.RawBody)
	if err != nil {
		a.met.faulty.WithLabelValues(t.Name).Inc()
		return nil, err
	}
	load, err := a.loadRows(ctx, caller, t, rows)
	if err != nil {
		return nil, err
	}
	out := &loadAnswer{}
	out.Body.Table, out.Body.Rows, out.Body.Version = t.Name, load.Rows, load.Version
	out.Body.Changed, out.Body.Unchanged = load.Changed, load.Unchanged
	out.Body.Warnings = a.deps.Journal.Warnings(t, rows)
	return out, nil
}

// loadRows puts checked rows into a table, as one command of the journal.
func (a *Audit) loadRows(ctx context.Context, caller claimwatch.Caller, t claimwatch.Table, rows []reference.Row) (*journal.LoadAnswer, error) {
	return a.loadBecause(ctx, caller, t, rows, "")
}

// loadBecause is loadRows with a reason, which stands in the entry.
func (a *Audit) loadBecause(
	ctx context.Context, caller claimwatch.Caller, t claimwatch.Table, rows []reference.Row, reason string,
) (*journal.LoadAnswer, error) {
	data, err := reference.AppendRows([]byte{}, t, rows)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	payload := journal.ReferenceLoad{Table: t.Name, Columns: reference.ColumnNames(t), Rows: len(rows)}
	wish, err := command(ctx, journal.Command{
		Type: journal.TypeReferenceLoad, At: at, Actor: journal.ActorOf(caller), Reason: reason,
	}, append([]byte(t.Name+"\n"), data...), payload, data)
	if err != nil {
		return nil, err
	}
	answer, err := a.deps.Journal.Do(ctx, wish)
	if err != nil {
		a.met.faulty.WithLabelValues(t.Name).Inc()
		return nil, err
	}
	return answer.Load, nil
}

func (a *Audit) rows(ctx context.Context, in *rowsInput) (*rowsAnswer, error) {
	t, err := table(in.Table)
	if err != nil {
		return nil, err
	}
	limit, err := in.PageSize()
	if err != nil {
		return nil, err
	}
	rows, next, err := a.deps.Tables.Rows(ctx, RowQuery{Table: t.Name, WithVoid: in.Void, Cursor: in.Cursor, Limit: limit})
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", t.Name, err)
	}
	out := &rowsAnswer{}
	out.Body.Items, out.Body.Next = make([]rowView, len(rows)), next
	for i, row := range rows {
		out.Body.Items[i] = rowView{
			Row: rowObject(t, row.Values), Void: row.Void, Version: row.Seq, KnownFrom: row.KnownFrom, By: row.Actor,
		}
	}
	return out, nil
}

func (a *Audit) history(ctx context.Context, in *historyInput) (*historyAnswer, error) {
	t, err := table(in.Table)
	if err != nil {
		return nil, err
	}
	var all []historyItem
	if in.Key == "" {
		all = a.loads(t)
	} else if all, err = a.versions(ctx, t, in.Key); err != nil {
		return nil, err
	}
	out := &historyAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(i historyItem) string { return strconv.FormatUint(i.Version, 10) })
	return out, err
}

func (a *Audit) loads(t claimwatch.Table) (all []historyItem) {
	for _, load := range a.deps.Journal.Loads(t.Name) {
		all = append(all, historyItem{
			Version: load.Version, At: load.At, By: load.By, Rows: &load.Rows, Changed: &load.Changed, Unchanged: &load.Unchanged,
		})
	}
	return all
}

func (a *Audit) versions(ctx context.Context, t claimwatch.Table, text string) (all []historyItem, err error) {
	key, err := keyOf(t, text)
	if err != nil {
		return nil, err
	}
	rows, err := a.deps.Tables.RowHistory(ctx, t.Name, key)
	if err != nil {
		return nil, fmt.Errorf("read history of table %s: %w", t.Name, err)
	}
	for _, row := range rows {
		all = append(all, historyItem{
			Version: row.Seq, At: row.KnownFrom, By: row.Actor, Row: rowObject(t, row.Values), Void: &row.Void,
		})
	}
	return all, nil
}

// keyOf reads the key cells of a row, in the order of the table.
func keyOf(t claimwatch.Table, text string) ([]claimwatch.Value, error) {
	cells := strings.Split(text, "|")
	var key []claimwatch.Value
	for _, column := range t.Columns {
		if !column.Key {
			continue
		}
		if len(key) == len(cells) {
			return nil, claimwatch.BadQuery("key", "the key of "+t.Name+" has more cells: join them with |")
		}
		value, fault := reference.ParseCell(column, cells[len(key)])
		if fault != nil {
			return nil, claimwatch.BadQuery("key", column.Name+": "+fault.String())
		}
		key = append(key, value)
	}
	if len(key) != len(cells) {
		return nil, claimwatch.BadQuery("key", "the key of "+t.Name+" has fewer cells")
	}
	return key, nil
}
