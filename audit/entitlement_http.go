package audit

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/entitlement"
	"claimwatch/audit/journal"
)

// TreatedAs gives the visit number under which an institution has admitted a person
// last; ok is false when it has no admission of the person that is not cancelled.
type TreatedAs func(ctx context.Context, person, institution string) (stay string, ok bool, err error)

type entitlementInput struct {
	PersonID      string `path:"person_id" doc:"the fund's personal number"`
	StayID        string `query:"stay_id" doc:"a hospital that has no admission of the person yet names the visit that it opens"`
	InstitutionID string `query:"institution_id" doc:"the agency: for a visit at this institution; a hospital may leave it out"`
}

type entitlementAnswer struct{ Body EntitlementView }

type queriesInput struct {
	PersonID string `path:"person_id"`
	claimwatch.PageQuery
}

// EntitlementQuery is a question that somebody has asked about a person.
type EntitlementQuery struct {
	Seq           uint64              `json:"seq" doc:"number of the journal entry, which is older than the answer"`
	At            claimwatch.Instant  `json:"at"`
	By            string              `json:"by" doc:"id of the key"`
	InstitutionID string              `json:"institution_id,omitempty"`
	StayID        string              `json:"stay_id,omitempty" doc:"of the admission, or of the visit that was being opened"`
	Purpose       entitlement.Purpose `json:"purpose" enum:"treating,opening,review,unstated" doc:"unstated: neither an admission nor a visit; such a question is not answered"`
	Granted       bool                `json:"granted" doc:"it was answered, as far as the person was known"`
	Followed      *bool               `json:"followed,omitempty" doc:"of opening: whether an admission of the person has come since"`
}

type queriesAnswer struct {
	Body struct {
		Items []EntitlementQuery `json:"items" nullable:"false"`
		Next  string             `json:"next"`
	}
}

func (a *Audit) registerEntitlements(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "get-entitlement", Method: http.MethodGet, Path: "/v1/persons/{person_id}/entitlement", Tags: []string{"persons"},
		Summary: "What a hospital must know of a person at admission (Shanxi Art. 26)",
		Description: "For the institution that treats the person: it has uploaded an admission, or names in stay_id the visit that it opens. Every question " +
			"is an entry of the journal before it is answered. 404 says that the person is not known, or not treated by the caller, or that the caller has opened " +
			"visits of too many persons today (policy openings_a_day): it looks the same. 429 as POST /v1/check.",
	}, a.entitlement)
	huma.Register(api, huma.Operation{
		OperationID: "list-entitlement-queries", Method: http.MethodGet, Path: "/v1/persons/{person_id}/entitlement/queries", Tags: []string{"persons"},
		Summary: "Who has asked what a person is entitled to, and why", Description: "Answered or not, as the journal has it.",
	}, a.entitlementQueries)
}

// noEntitlement is the one answer to everything that is not answered: whoever tries
// numbers learns nothing from it.
func noEntitlement() error {
	return claimwatch.Refuse(claimwatch.CodeNotFound,
		"nothing is shown of this person: check the number; upload the admission, or name in stay_id the visit that is being opened; visits of very many persons a day are opened after their admission is uploaded")
}

func (a *Audit) entitlement(ctx context.Context, in *entitlementInput) (*entitlementAnswer, error) {
	caller, err := claimwatch.CallerOrHospital(ctx, readers...)
	if err != nil {
		return nil, err
	}
	if a.deps.MayAsk != nil {
		if err := a.deps.MayAsk(caller); err != nil {
			return nil, err
		}
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	ask, err := a.entitlementAsk(ctx, caller, in)
	if err != nil {
		return nil, err
	}
	c, err := command(ctx, journal.Command{Type: journal.TypeEntitlementAsked, At: at, Actor: journal.ActorOf(caller)}, in, ask, nil)
	if err != nil {
		return nil, err
	}
	answer, err := a.deps.Journal.Do(ctx, c)
	if err != nil {
		return nil, err
	}
	if !answer.Granted {
		return nil, noEntitlement()
	}
	view, err := a.entitlementView(ctx, ask, at)
	if err == nil && !a.seesPerson(caller, ask, view) {
		err = noEntitlement()
	}
	return &entitlementAnswer{Body: view}, err
}

// entitlementAsk says why somebody asks, by what the store knows of the caller's
// admissions. A visit number under which somebody else was admitted is not being opened.
func (a *Audit) entitlementAsk(ctx context.Context, caller claimwatch.Caller, in *entitlementInput) (entitlement.Ask, error) {
	ask := entitlement.Ask{PersonID: in.PersonID, InstitutionID: in.InstitutionID, StayID: in.StayID, Purpose: entitlement.Review}
	for name, id := range map[string]string{"person_id": in.PersonID, "stay_id": in.StayID, "institution_id": in.InstitutionID} {
		if (id != "" || name == "person_id") && !idForm.MatchString(id) {
			return ask, invalid(name, name+" is 1-64 of A-Za-z0-9._:-")
		}
	}
	if claimwatch.IsIdentityCard(in.PersonID) {
		return ask, invalid("person_id", "person_id is an identity-card number: name the fund's personal number instead")
	}
	if in.InstitutionID != "" && !caller.Sees(in.InstitutionID) {
		return ask, claimwatch.Refuse(claimwatch.CodeForbidden, "this key does not ask for %s", in.InstitutionID)
	}
	if !caller.IsHospital() {
		ask.StayID = ""
		return ask, nil
	}
	ask.InstitutionID = caller.InstitutionID
	stay, treated, err := a.deps.TreatedAs(ctx, in.PersonID, caller.InstitutionID)
	if err != nil {
		return ask, err
	}
	if treated {
		ask.Purpose, ask.StayID = entitlement.Treating, stay
		return ask, nil
	}
	ask.Purpose = entitlement.Unstated
	if in.StayID != "" {
		taken, err := a.stayTaken(ctx, caller.InstitutionID, in.StayID)
		if err != nil {
			return ask, err
		}
		if !taken {
			ask.Purpose = entitlement.Opening
		}
	}
	return ask, nil
}

// stayTaken says whether somebody was admitted under a visit number.
func (a *Audit) stayTaken(ctx context.Context, institution, stay string) (bool, error) {
	if a.deps.Stays == nil {
		return false, nil
	}
	records, err := a.deps.Stays.StayRecords(ctx, institution, stay)
	if err != nil {
		return false, fmt.Errorf("read records of a stay: %w", err)
	}
	for _, one := range records {
		if one.Record.Kind == claimwatch.Admission && !one.Record.Cancelled {
			return true, nil
		}
	}
	return false, nil
}

// seesPerson says whether an agency may look at a person: the province at all, a
// city's at those insured there, and at those who are, or are to be, treated there.
func (a *Audit) seesPerson(caller claimwatch.Caller, ask entitlement.Ask, view EntitlementView) bool {
	return caller.IsHospital() || caller.SeesAll() || ask.InstitutionID != "" || view.InsuredCity == caller.City
}

func (a *Audit) entitlementQueries(ctx context.Context, in *queriesInput) (*queriesAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	list := []EntitlementQuery{}
	for _, asked := range a.deps.Journal.Asked(in.PersonID) {
		if !caller.SeesAll() && (asked.InstitutionID == "" || !caller.Sees(asked.InstitutionID)) {
			continue
		}
		q := EntitlementQuery{
			Seq: asked.Seq, At: asked.At, By: asked.By, InstitutionID: asked.InstitutionID, StayID: asked.StayID, Purpose: asked.Purpose, Granted: asked.Granted,
		}
		if asked.Purpose == entitlement.Opening {
			_, followed, err := a.deps.TreatedAs(ctx, in.PersonID, asked.InstitutionID)
			if err != nil {
				return nil, err
			}
			q.Followed = &followed
		}
		list = append(list, q)
	}
	out := &queriesAnswer{}
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(list, in.PageQuery, func(q EntitlementQuery) string { return fmt.Sprint(q.Seq) })
	return out, err
}
