package audit

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/journal"
	"claimwatch/audit/review"
)

type manyInput struct{ Body manyBody }

type manyBody struct {
	Action    string          `json:"action" enum:"notify,reject,release,extend,refer,assign,confirm,decline,reopen,claim,unclaim,uphold,overturn,upheld,overturned"`
	Reason    string          `json:"reason,omitempty" maxLength:"4000"`
	DueOn     *claimwatch.Day `json:"due_on,omitempty" doc:"extend: the new last day"`
	To        string          `json:"to,omitempty" maxLength:"256"`
	Findings  []seenFinding   `json:"findings,omitempty" minItems:"1" maxItems:"1000" nullable:"false" doc:"at least one"`
	Items     []seenFinding   `json:"items,omitempty" minItems:"1" maxItems:"1000" nullable:"false" doc:"another name of findings"`
	Decisions []seenFinding   `json:"decisions,omitempty" minItems:"1" maxItems:"1000" nullable:"false" doc:"another name of findings"`
}

// seenFinding names one finding of many, as seen.
type seenFinding struct {
	FindingID string     `json:"finding_id" minLength:"1"`
	Lines     []linePart `json:"lines,omitempty" nullable:"false" minItems:"1" doc:"reject: parts of lines; without them the whole finding"`
	Expectation
}

// manyResult is what became of one finding of many: a state, or the code and
// message of the refusal.
type manyResult struct {
	FindingID string           `json:"finding_id"`
	Revision  int              `json:"revision,omitempty"`
	State     claimwatch.State `json:"state,omitempty"`
	Proposed  *review.Proposal `json:"proposed,omitempty" doc:"the decision waits for a second person, the state is as before"`
	Code      claimwatch.Code  `json:"code,omitempty"`
	Message   string           `json:"message,omitempty"`
}

type manyAnswer struct {
	Body struct {
		Items []manyResult `json:"items" nullable:"false"`
		Next  string       `json:"next"`
	}
}

func (a *Audit) registerMany(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "decide-findings", Method: http.MethodPost, Path: "/v1/decisions", Tags: []string{"decisions"},
		Summary: "Decide about many findings for one reason",
		Description: "Each is done or refused by itself; the answer says which, in the order of the request. When nothing was done the answer is " +
			"the refusal of the first, 409 changed for example, and faults has all.",
		MaxBodyBytes: 4 << 20, Middlewares: rolesFirst(api, deciders),
	}, a.decideMany)
}

func (a *Audit) decideMany(ctx context.Context, in *manyInput) (*manyAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, deciders...)
	if err != nil {
		return nil, err
	}
	action := imperative(in.Body.Action)
	findings := slices.Concat(in.Body.Findings, in.Body.Items, in.Body.Decisions)
	if len(findings) == 0 {
		return nil, needed("findings")
	}
	results := make([]manyResult, len(findings))
	var commands []journal.Command
	var place []int
	for i, f := range findings {
		results[i].FindingID = f.FindingID
		command, err := a.decision(ctx, caller, f.FindingID, decisionBody{
			Action: action, Lines: f.Lines, Reason: in.Body.Reason, DueOn: in.Body.DueOn, To: in.Body.To, Expectation: f.Expectation,
		})
		if err != nil {
			if claimwatch.CodeOf(err) == claimwatch.CodeInternal {
				return nil, err
			}
			results[i].refuse(err)
			continue
		}
		commands, place = append(commands, command), append(place, i)
	}
	answers, err := a.deps.Journal.DoAll(ctx, commands)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	for i, answer := range answers {
		result := &results[place[i]]
		if answer.Refusal != nil {
			result.refuse(answer.Refusal)
			continue
		}
		standing := a.deps.Journal.Standing(result.FindingID, at)
		result.Revision, result.State = answer.Revision, standing.State
		result.Proposed = standing.ProposalFor(findings[place[i]].FactsSHA256)
	}
	for _, result := range results {
		a.met.decisions.WithLabelValues(action, outcomeOf(result)).Inc()
	}
	out := &manyAnswer{}
	out.Body.Items = results
	return out, nothingDone(results)
}

// nothingDone refuses a request of which every part was refused, as the first
// was: a caller who looks at the status alone must not take it for done.
func nothingDone(results []manyResult) error {
	faults := make([]claimwatch.Fault, len(results))
	for i, result := range results {
		if result.Code == "" {
			return nil
		}
		faults[i] = claimwatch.Fault{
			Column: fmt.Sprintf("findings[%d]", i), Code: result.Code, Message: result.FindingID + ": " + result.Message,
		}
	}
	return &claimwatch.Error{Code: results[0].Code, Message: "nothing was done: " + results[0].Message, Faults: faults}
}

func outcomeOf(r manyResult) string {
	if r.Code == "" {
		return "done"
	}
	return string(r.Code)
}

func (r *manyResult) refuse(err error) {
	r.Code = claimwatch.CodeOf(err)
	r.Message = strings.TrimPrefix(err.Error(), string(r.Code)+": ")
}
