package audit

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
)

// FilterInput are the filters that every list of findings takes (exported, for the
// parameters of an embedded struct count only then).
type FilterInput struct {
	InstitutionID string `query:"institution_id"`
	PersonID      string `query:"person_id"`
	StayID        string `query:"stay_id"`
	Rule          string `query:"rule" example:"FEE-001"`
	State         string `query:"state" enum:"open,notified,explained,lapsed,rejected,released,appealed,upheld,overturned,retracted"`
	Severity      string `query:"severity" enum:"violation,suspicion,reminder"`
	From          string `query:"from" doc:"findings that reach this time or day, or later"`
	Until         string `query:"until" doc:"findings that begin before this time or day"`
	MinAmount     string `query:"min_amount" example:"100.00"`
	Suppressed    string `query:"suppressed" enum:"true,false" doc:"true: those that a whitelist row suppresses; false: the others"`
	PhysicianID   string `query:"physician_id" doc:"a violating fee or order names this physician; with item_code the same line. A hospital: a line of its own"`
	ItemCode      string `query:"item_code" doc:"a violating fee, order or device is of this item"`
	Mine          bool   `query:"mine" doc:"true: those that the caller claimed or that were assigned to the caller"`
}

type listInput struct {
	FilterInput
	Sort string `query:"sort" enum:"amount,due_on,severity,revised" doc:"amount: greatest first; due_on: nearest first, while nothing was decided since; severity: gravest first; revised: newest first. Without it by id"`
	claimwatch.PageQuery
}

type findingList struct {
	Body struct {
		Items []FindingView `json:"items" nullable:"false"`
		Next  string        `json:"next" doc:"cursor of the following page; empty: this is the last"`
	}
}

type findingInput struct {
	ID string `path:"id" doc:"finding_id"`
}

type findingAnswer struct{ Body FindingDetail }

func (a *Audit) registerFindings(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "list-findings", Method: http.MethodGet, Path: "/v1/findings", Tags: []string{"findings"},
		Summary:     "Findings in order of their ids, or as sort says",
		Description: "Officers see all, a hospital its own once it was told. Retracted findings are listed with state=retracted only.",
	}, a.list)
	huma.Register(api, huma.Operation{
		OperationID: "get-finding", Method: http.MethodGet, Path: "/v1/findings/{id}", Tags: []string{"findings"},
		Summary: "One finding with its history", Description: "Retracted ones too. A hospital gets 404 before it was told.",
	}, a.get)
	huma.Register(api, huma.Operation{
		OperationID: "get-digest", Method: http.MethodGet, Path: "/v1/digest", Tags: []string{"findings"},
		Summary: "One SHA-256 over findings, decisions and lists", Description: "Facts only: no times, actors, keys or hashes of the chain.",
	}, a.digest)
}

func (a *Audit) list(ctx context.Context, in *listInput) (*findingList, error) {
	caller, filter, at, err := a.asked(ctx, &in.FilterInput)
	if err != nil {
		return nil, err
	}
	if err := in.order(&filter); err != nil {
		return nil, err
	}
	out := &findingList{}
	out.Body.Items = []FindingView{}
	switch {
	case filter.sort != "" || filter.mine:
		out.Body.Items, out.Body.Next, err = a.byRank(ctx, filter, at, caller)
	case caller.IsHospital():
		out.Body.Items, out.Body.Next, err = a.byIDs(ctx, filter, a.deps.Journal.Noticed(caller.InstitutionID), at, caller)
	case filter.state == "" || filter.state == claimwatch.StateOpen || filter.state == claimwatch.StateRetracted:
		out.Body.Items, out.Body.Next, err = a.byStore(ctx, filter, at, caller)
	default:
		out.Body.Items, out.Body.Next, err = a.byIDs(ctx, filter, a.deps.Journal.InState(filter.state, at), at, caller)
	}
	if err != nil {
		return nil, err
	}
	if !caller.IsHospital() {
		if err := a.attribute(ctx, at, out.Body.Items); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// byStore walks the store and looks up where each finding stands. The store
// pages by the number still missing, so its cursor is that of the list.
func (a *Audit) byStore(
	ctx context.Context, f findingFilter, at claimwatch.Instant, caller claimwatch.Caller,
) (items []FindingView, next string, err error) {
	query := f.FindingQuery
	if query.Cursor, err = decodeCursor('s', f.Cursor); err != nil {
		return nil, "", err
	}
	switch f.state {
	case claimwatch.StateRetracted:
		query.Retracted = OnlyRetracted
	case "":
		query.Retracted = WithRetracted // decided findings stay listed when their facts vanish
	default: // open: only what stands can be
	}
	items = []FindingView{}
	for len(items) < f.Limit {
		query.Limit = f.Limit - len(items)
		page, following, err := a.deps.Findings.Findings(ctx, query)
		if err != nil {
			return nil, "", fmt.Errorf("read findings: %w", err)
		}
		for _, held := range page {
			if !caller.Sees(held.InstitutionID) {
				continue
			}
			if v := view(held, a.deps.Journal.Standing(held.ID, at)); f.inState(v.State) {
				items = append(items, v)
			}
		}
		if query.Cursor = following; following == "" {
			break
		}
	}
	return items, encodeCursor('s', query.Cursor), nil
}

// byIDs walks findings that the journal knows. For a hospital the filter is held
// against its own view, so that no filter tells what the view hides.
func (a *Audit) byIDs(
	ctx context.Context, f findingFilter, ids []string, at claimwatch.Instant, caller claimwatch.Caller,
) (items []FindingView, next string, err error) {
	after, err := decodeCursor('i', f.Cursor)
	if err != nil {
		return nil, "", err
	}
	if err := a.lined(ctx, &f, caller); err != nil {
		return nil, "", err
	}
	begin, found := slices.BinarySearch(ids, after)
	if found {
		begin++
	}
	ids = ids[begin:]
	items = []FindingView{}
	for len(ids) > 0 && len(items) < f.Limit {
		chunk := ids[:min(len(ids), f.Limit)]
		views, err := a.views(ctx, chunk, at, caller)
		if err != nil {
			return nil, "", err
		}
		for _, id := range chunk {
			if len(items) == f.Limit {
				break
			}
			ids, after = ids[1:], id
			if v, ok := views[id]; ok && f.matches(v) {
				items = append(items, v)
			}
		}
	}
	if len(ids) == 0 {
		return items, "", nil
	}
	return items, encodeCursor('i', after), nil
}

func (a *Audit) views(ctx context.Context, ids []string, at claimwatch.Instant, caller claimwatch.Caller) (map[string]FindingView, error) {
	held, _, err := a.deps.Findings.Findings(ctx, FindingQuery{IDs: ids, Retracted: WithRetracted, Limit: len(ids)})
	if err != nil {
		return nil, fmt.Errorf("read %d findings: %w", len(ids), err)
	}
	views := make(map[string]FindingView, len(held))
	for _, h := range held {
		v := view(h, a.standing(h.ID, at, caller))
		switch {
		case caller.IsHospital():
			v = forHospital(v, caller.InstitutionID)
		case !caller.Sees(h.InstitutionID):
			continue
		}
		views[h.ID] = v
	}
	return views, nil
}

func (a *Audit) get(ctx context.Context, in *findingInput) (*findingAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	detail, err := a.detail(ctx, in.ID, caller)
	if err != nil {
		return nil, err
	}
	return &findingAnswer{Body: detail}, nil
}

func (a *Audit) detail(ctx context.Context, id string, caller claimwatch.Caller) (FindingDetail, error) {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return FindingDetail{}, fmt.Errorf("read clock: %w", err)
	}
	held, history, standing, err := a.find(ctx, id, at, caller)
	if err != nil {
		return FindingDetail{}, err
	}
	views := []FindingView{view(held, standing)}
	if !caller.IsHospital() {
		if err := a.attribute(ctx, at, views); err != nil {
			return FindingDetail{}, err
		}
	}
	detail := FindingDetail{
		FindingView: views[0], History: orEmpty(history), Journal: orEmpty(standing.History), Decided: standing.Decided,
	}
	if caller.IsHospital() {
		detail.FindingView = forHospital(detail.FindingView, caller.InstitutionID)
		detail.Journal = journalForHospital(detail.Journal, caller.InstitutionID)
		detail.History, detail.Decided = []FindingEvent{}, nil
		if detail.Charged, err = a.charged(ctx, at, detail.Lines); err != nil {
			return FindingDetail{}, err
		}
	}
	return detail, nil
}

// charged tells an institution what its lines stand for: it has record ids from us, and
// item and day from its own charges.
func (a *Audit) charged(ctx context.Context, at claimwatch.Instant, own []LineView) ([]ChargedLine, error) {
	lines := make([]claimwatch.Line, len(own))
	for i, line := range own {
		lines[i] = line.Line
	}
	facts, err := a.deps.Lines(ctx, at, lines)
	if err != nil {
		return nil, fmt.Errorf("read %d lines: %w", len(lines), err)
	}
	charged := []ChargedLine{}
	for i, fact := range facts {
		if fact.Found {
			charged = append(charged, ChargedLine{
				Kind: lines[i].Kind, RecordID: lines[i].RecordID, StayID: fact.StayID, OccurredAt: fact.OccurredAt,
				ItemCode: fact.ItemCode, ItemName: fact.ItemName, Net: fact.Net,
			})
		}
	}
	return charged, nil
}

// find gives a finding that the caller may know of; for a hospital there is none
// before it was told.
func (a *Audit) find(
	ctx context.Context, id string, at claimwatch.Instant, caller claimwatch.Caller,
) (claimwatch.Held, []FindingEvent, journal.Standing, error) {
	none := claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such finding")
	standing := a.standing(id, at, caller)
	if caller.IsHospital() && !a.wasTold(caller.InstitutionID, id) {
		return claimwatch.Held{}, nil, standing, none
	}
	held, history, ok, err := a.deps.Findings.Finding(ctx, id)
	if err != nil {
		return held, nil, standing, fmt.Errorf("read finding: %w", err)
	}
	if !ok || !caller.IsHospital() && !caller.Sees(held.InstitutionID) {
		return held, nil, standing, none
	}
	return held, history, standing, nil
}

// standing is where a finding stands for whoever asks: a hospital's is by its own
// notices, statement and appeal.
func (a *Audit) standing(id string, at claimwatch.Instant, caller claimwatch.Caller) journal.Standing {
	if caller.IsHospital() {
		return a.deps.Journal.StandingFor(id, caller.InstitutionID, at)
	}
	return a.deps.Journal.Standing(id, at)
}

func (a *Audit) wasTold(institution, id string) bool {
	_, told := slices.BinarySearch(a.deps.Journal.Noticed(institution), id)
	return told
}
