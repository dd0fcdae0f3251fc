package audit

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/review"
)

// linePart is the part of a line that a rejection names.
type linePart struct {
	RecordID      string         `json:"record_id" minLength:"1"`
	InstitutionID string         `json:"institution_id" minLength:"1"`
	Amount        claimwatch.Fen `json:"amount" example:"128.50" doc:"above 0, at most the line's amount"`
	Kind          string         `json:"kind,omitempty" enum:"fee,device_fitting" doc:"needed only when two records have one id"`
}

// Expectation is what the caller has seen: the decision is about these facts in
// this state.
type Expectation struct {
	ExpectedRevision int    `json:"expected_revision" minimum:"0" doc:"revision as seen"`
	FactsSHA256      string `json:"facts_sha256" minLength:"1" doc:"facts_sha256 as seen"`
}

type decisionBody struct {
	Action string          `json:"action" enum:"notify,reject,release,extend,refer,assign,confirm,decline,reopen,claim,unclaim,uphold,overturn,upheld,overturned"`
	Lines  []linePart      `json:"lines,omitempty" nullable:"false" minItems:"1" doc:"reject: parts of lines; without them the whole finding"`
	Reason string          `json:"reason,omitempty" maxLength:"4000" doc:"needed to reject, release, decline, reopen, uphold and overturn; the hospital reads it"`
	DueOn  *claimwatch.Day `json:"due_on,omitempty" doc:"extend: the new last day; without it five working days more"`
	To     string          `json:"to,omitempty" maxLength:"256" doc:"assign, refer: to whom"`
	Expectation
}

type decisionInput struct {
	ID   string `path:"id" doc:"finding_id"`
	Body decisionBody
}

type statementInput struct {
	ID   string `path:"id" doc:"finding_id"`
	Body struct {
		Text        string   `json:"text" minLength:"1" maxLength:"20000"`
		Attachments []string `json:"attachments,omitempty" nullable:"false" maxItems:"50" doc:"SHA-256 of files that were sent with PUT /v1/attachments"`
	}
}

func (a *Audit) registerDecisions(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "decide-finding", Method: http.MethodPost, Path: "/v1/findings/{id}/decisions", Tags: []string{"decisions"},
		Summary: "Decide about one finding",
		Description: "notify from open, and again for lines and institutions that came in since; reject from explained or lapsed only, and only " +
			"of who was heard or let the term pass; release from any state before rejected; refer, assign, extend, claim and unclaim change no " +
			"facts. A rejection above the policy second_person_from, and reopen always, is a proposal until a reviewer or director who did not " +
			"make it confirms it, or declines. An appeal is upheld or overturned by somebody who had no part in the rejection. " +
			"409 changed when the revision or the facts are not those seen any more.",
		Middlewares: rolesFirst(api, deciders),
	}, a.decide)
	a.registerMany(api)
	huma.Register(api, huma.Operation{
		OperationID: "explain-finding", Method: http.MethodPost, Path: "/v1/findings/{id}/statements", Tags: []string{"decisions"},
		Summary: "The hospital's statement", Description: "From notice until the end of due_on.",
	}, a.explain)
}

func (a *Audit) decide(ctx context.Context, in *decisionInput) (*findingAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, deciders...)
	if err != nil {
		return nil, err
	}
	return a.decideOne(ctx, caller, in.ID, in.Body)
}

func (a *Audit) decideOne(ctx context.Context, caller claimwatch.Caller, id string, body decisionBody) (*findingAnswer, error) {
	body.Action = imperative(body.Action)
	command, err := a.decision(ctx, caller, id, body)
	if err == nil {
		_, err = a.deps.Journal.Do(ctx, command)
	}
	a.count(body.Action, err)
	if err != nil {
		return nil, err
	}
	detail, err := a.detail(ctx, id, caller)
	if err != nil {
		return nil, err
	}
	return &findingAnswer{Body: detail}, nil
}

// imperative takes the state to which an appeal leads for the action that leads there.
func imperative(action string) string {
	switch claimwatch.State(action) {
	case claimwatch.StateUpheld:
		return string(claimwatch.ActionUphold)
	case claimwatch.StateOverturned:
		return string(claimwatch.ActionOverturn)
	default:
		return action
	}
}

func (a *Audit) count(action string, err error) {
	outcome := "done"
	if err != nil {
		outcome = string(claimwatch.CodeOf(err))
	}
	a.met.decisions.WithLabelValues(action, outcome).Inc()
}

func (a *Audit) explain(ctx context.Context, in *statementInput) (*findingAnswer, error) {
	caller := claimwatch.CallerFrom(ctx)
	if !caller.IsHospital() {
		if _, err := claimwatch.CallerWith(ctx, readers...); err != nil {
			return nil, err
		}
		return nil, claimwatch.Refuse(claimwatch.CodeForbidden, "only the hospital explains")
	}
	return a.speak(ctx, caller, in.ID, journal.TypeStatement, spoken{in.Body.Text, in.Body.Attachments, in.Body})
}

// spoken is what a hospital says, and the whole request in which it says it.
type spoken struct {
	text    string
	files   []string
	request any
}

// speak gives a hospital's statement or appeal to the journal.
func (a *Audit) speak(ctx context.Context, caller claimwatch.Caller, id string, kind journal.Type, said spoken) (*findingAnswer, error) {
	action := claimwatch.ActionExplain
	if kind == journal.TypeAppeal {
		action = claimwatch.ActionAppeal
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	held, _, standing, err := a.find(ctx, id, at, caller)
	if err != nil {
		return nil, err
	}
	wish := journal.Command{Type: kind, At: at, FindingID: id, Actor: journal.ActorOf(caller)}
	statement, answered := a.repeated(ctx, wish, said.request)
	if !answered {
		if err := readable("text", said.text); err != nil {
			return nil, err
		}
		if _, err := shown(held, standing).Next(action); err != nil {
			return nil, err
		}
		statement, err = command(ctx, wish, said.request, journal.Statement{Procedure: review.Procedure, Attachments: said.files}, []byte(said.text))
	}
	if err == nil {
		_, err = a.deps.Journal.Do(ctx, statement)
	}
	a.count(string(action), err)
	if err != nil {
		return nil, err
	}
	detail, err := a.detail(ctx, id, caller)
	if err != nil {
		return nil, err
	}
	return &findingAnswer{Body: detail}, nil
}

// readable refuses texts that are empty but for spaces, or hold control
// characters other than line ends and tabs.
func readable(field, text string) error {
	fault := func(code claimwatch.Code, message string) error {
		return &claimwatch.Error{
			Code: claimwatch.CodeInvalid, Field: field, Message: message,
			Faults: []claimwatch.Fault{{Column: field, Code: code, Message: message}},
		}
	}
	if strings.TrimSpace(text) == "" {
		return fault(claimwatch.CodeMissing, field+" must not be empty")
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' }) {
		return fault(claimwatch.CodeControlChar, field+" holds a control character")
	}
	return nil
}

// readableIfAny is readable for a text that may be left out.
func readableIfAny(field, text string) error {
	if text == "" {
		return nil
	}
	return readable(field, text)
}

// parts translates the lines of a request.
func parts(lines []linePart) []review.Part {
	var out []review.Part
	for _, line := range lines {
		kind, _ := claimwatch.ParseKind(line.Kind)
		out = append(out, review.Part{Kind: kind, InstitutionID: line.InstitutionID, RecordID: line.RecordID, Amount: line.Amount})
	}
	return out
}
