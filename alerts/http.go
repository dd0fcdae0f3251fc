package alerts

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
)

var (
	// muters may mute: not officers, whose reminders they would be.
	muters = []claimwatch.CallerRole{claimwatch.RoleReviewer, claimwatch.RoleDirector, claimwatch.RoleAdministrator}
	keeper = []claimwatch.CallerRole{claimwatch.RoleAdministrator}
)

const (
	maxSilence = 90 * 24 * time.Hour
	maxReason  = 500
)

// rolesFirst refuses callers without one of the roles before their body is read.
func rolesFirst(api huma.API, roles []claimwatch.CallerRole) huma.Middlewares {
	return huma.Middlewares{func(c huma.Context, next func(huma.Context)) {
		if _, err := claimwatch.CallerWith(c.Context(), roles...); err != nil {
			_ = huma.WriteErr(api, c, http.StatusForbidden, "", err) // the caller has gone: nobody to tell
			return
		}
		next(c)
	}}
}

// Register declares every operation of the stage.
func (a *Alerts) Register(api huma.API) {
	tags := []string{"alerts"}
	huma.Register(api, huma.Operation{
		OperationID: "list-inbox", Method: http.MethodGet, Path: "/v1/inbox", Tags: tags, Summary: "What the caller was told, the latest first",
		Description: "Messages that the routes send to the inbox of one of the caller's roles, with the alerts of institutions that it sees. A hospital sees what is sent to hospitals about itself.",
	}, a.inbox)
	huma.Register(api, huma.Operation{
		OperationID: "read-inbox", Method: http.MethodPost, Path: "/v1/inbox/read", Tags: tags, Summary: "Mark messages of the inbox as read, for the caller only",
	}, a.markRead)
	huma.Register(api, huma.Operation{
		OperationID: "list-alerts", Method: http.MethodGet, Path: "/v1/alerts", Tags: tags, Summary: "What somebody was told and is still the case",
	}, a.list)
	huma.Register(api, huma.Operation{
		OperationID: "list-deliveries", Method: http.MethodGet, Path: "/v1/alerts/deliveries", Tags: tags,
		Summary: "Messages that are on their way, and how the latest deliveries ended",
	}, a.deliveries)
	huma.Register(api, huma.Operation{
		OperationID: "show-routes", Method: http.MethodGet, Path: "/v1/alerts/routes", Tags: tags, Summary: "The routes, and where labels come to",
	}, a.showRoutes)
	huma.Register(api, huma.Operation{
		OperationID: "test-receivers", Method: http.MethodPost, Path: "/v1/alerts/test", Tags: tags, Middlewares: rolesFirst(api, keeper),
		Summary: "Send a test message to each receiver and say what it answered",
	}, a.test)
	huma.Register(api, huma.Operation{
		OperationID: "list-silences", Method: http.MethodGet, Path: "/v1/alerts/silences", Tags: tags, Summary: "Who mutes what until when, with those that are over",
	}, a.silences)
	huma.Register(api, huma.Operation{
		OperationID: "add-silence", Method: http.MethodPost, Path: "/v1/alerts/silences", Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Mute alerts for a time", Description: "Deadlines go on running: a silence mutes what is told, nothing else. The inbox is muted too.", Middlewares: rolesFirst(api, muters),
	}, a.silence)
	huma.Register(api, huma.Operation{
		OperationID: "end-silence", Method: http.MethodDelete, Path: "/v1/alerts/silences/{id}", Tags: tags, DefaultStatus: http.StatusNoContent,
		Summary: "End a silence before its time",
	}, a.endSilence)
}

type inboxInput struct {
	Unread bool `query:"unread" doc:"only what is not marked as read"`
	claimwatch.PageQuery
}

type inboxAnswer struct {
	Body struct {
		Items  []InboxItem `json:"items" nullable:"false"`
		Next   string      `json:"next"`
		Unread int         `json:"unread" doc:"of all, not of this page"`
	}
}

func (a *Alerts) inbox(ctx context.Context, in *inboxInput) (*inboxAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, claimwatch.StaffRoles()...)
	if err != nil {
		return nil, err
	}
	all := a.book.Inbox(caller)
	out := &inboxAnswer{}
	for i := range all {
		if !all[i].Read {
			out.Body.Unread++
		}
	}
	if in.Unread {
		all = slices.DeleteFunc(all, func(i InboxItem) bool { return i.Read })
	}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(i InboxItem) string { return i.ID })
	return out, err
}

type readInput struct {
	Body struct {
		Items []string `json:"items" minItems:"1" maxItems:"1000" nullable:"false" doc:"ids of messages"`
	}
}

type readAnswer struct {
	Body struct {
		Unread int `json:"unread" doc:"what is left"`
	}
}

func (a *Alerts) markRead(ctx context.Context, in *readInput) (*readAnswer, error) {
	seen, err := a.inbox(ctx, &inboxInput{PageQuery: claimwatch.PageQuery{Limit: "1"}})
	if err != nil {
		return nil, err
	}
	caller := claimwatch.CallerFrom(ctx)
	own := map[string]bool{}
	for _, item := range a.book.Inbox(caller) {
		own[item.ID] = !item.Read
	}
	var fresh []string
	for _, id := range in.Body.Items {
		unread, is := own[id]
		if !is {
			return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no message %.40q in this inbox", id)
		}
		if unread {
			fresh = append(fresh, id)
			own[id] = false
		}
	}
	if len(fresh) > 0 {
		if err := a.write(ctx, &record{Type: recordRead, By: caller.KeyID, Items: fresh}); err != nil {
			return nil, unavailable(err)
		}
	}
	out := &readAnswer{}
	out.Body.Unread = seen.Body.Unread - len(fresh)
	return out, nil
}

func unavailable(cause error) error {
	refused := claimwatch.Refuse(claimwatch.CodeUnavailable, "the log does not answer; send it again")
	refused.Cause = cause
	return refused
}

type listInput struct {
	Name          string `query:"alertname" enum:"Finding,Deadline,Silence,Test"`
	InstitutionID string `query:"institution_id"`
	claimwatch.PageQuery
}

// Firing is an alert that somebody was told of.
type Firing struct {
	Fingerprint string `json:"fingerprint"`
	Alert
	Muted bool `json:"muted" doc:"a silence holds for it now"`
}

type listAnswer struct {
	Body struct {
		Items []Firing `json:"items" nullable:"false"`
		Next  string   `json:"next"`
	}
}

func (a *Alerts) list(ctx context.Context, in *listInput) (*listAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...)
	if err != nil {
		return nil, err
	}
	if in.InstitutionID != "" && !caller.Sees(in.InstitutionID) {
		return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "this key sees the institutions of %s only", caller.City)
	}
	all, muted := []Firing{}, a.book.mutes(a.now())
	told := a.book.firing()
	for _, fingerprint := range sortedNames(told) {
		one := told[fingerprint]
		institution := one.Labels["institution_id"]
		if in.Name != "" && one.Labels["alertname"] != in.Name || in.InstitutionID != "" && institution != in.InstitutionID {
			continue
		}
		if caller.Sees(institution) || institution == "" && one.Labels["city"] == caller.City {
			all = append(all, Firing{fingerprint, one, muted(ctx, setOf(one.Labels))})
		}
	}
	out := &listAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, in.PageQuery, func(f Firing) string { return f.Fingerprint })
	return out, err
}

// Waiting is a message that is on its way.
type Waiting struct {
	ID          string             `json:"id"`
	Integration string             `json:"integration"`
	DecidedAt   claimwatch.Instant `json:"decided_at"`
	Alerts      int                `json:"alerts"`
}

type deliveriesAnswer struct {
	Body struct {
		Waiting []Waiting `json:"waiting" nullable:"false" doc:"decided and not delivered, the oldest first; at most 1,000"`
		Ended   []Outcome `json:"ended" nullable:"false" doc:"the latest first; at most 1,000"`
	}
}

func (a *Alerts) deliveries(ctx context.Context, _ *struct{}) (*deliveriesAnswer, error) {
	if _, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...); err != nil {
		return nil, err
	}
	out := &deliveriesAnswer{}
	out.Body.Waiting, out.Body.Ended = []Waiting{}, append([]Outcome{}, a.book.Outcomes()...)
	for _, p := range a.book.Undelivered() {
		out.Body.Waiting = append(out.Body.Waiting, Waiting{p.ID, p.Integration, p.DecidedAt, len(p.Alerts)})
	}
	out.Body.Waiting = out.Body.Waiting[:min(claimwatch.MaxPage, len(out.Body.Waiting))]
	out.Body.Ended = out.Body.Ended[:min(claimwatch.MaxPage, len(out.Body.Ended))]
	return out, nil
}

type routesInput struct {
	Labels string `query:"labels" example:"alertname=Finding,severity=violation" doc:"say which routes these labels come to"`
}

type routesAnswer struct {
	Body struct {
		Items []RouteView `json:"items" nullable:"false" doc:"the first route, and those below it in order"`
	}
}

func (a *Alerts) showRoutes(ctx context.Context, in *routesInput) (*routesAnswer, error) {
	if _, err := claimwatch.CallerWith(ctx, claimwatch.StaffRoles()...); err != nil {
		return nil, err
	}
	asked := map[string]string{}
	for part := range strings.SplitSeq(in.Labels, ",") {
		name, value, ok := strings.Cut(part, "=")
		if !ok && in.Labels != "" {
			return nil, claimwatch.BadQuery("labels", "labels are name=value, with commas between them")
		}
		if ok {
			asked[strings.TrimSpace(name)] = value
		}
	}
	out := &routesAnswer{}
	out.Body.Items = a.routes.Load().Tree(asked)
	return out, nil
}
