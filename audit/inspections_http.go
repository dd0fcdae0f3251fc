package audit

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/inspection"
	"claimwatch/audit/matter"
)

type drawCandidate struct {
	InstitutionID string `json:"institution_id" minLength:"1" maxLength:"64"`
	Weight        int64  `json:"weight,omitempty" minimum:"1" maximum:"1000000" doc:"1 without it"`
}

type drawInspector struct {
	ID        string   `json:"id" minLength:"1" maxLength:"64" doc:"the number of an expert of the register, whose interests then count, or a key; no name of a person"`
	Conflicts []string `json:"conflicts,omitempty" nullable:"false" doc:"institutions to which the person is never sent, beside those of the register of experts"`
}

type commitInput struct {
	Body struct {
		Institutions []drawCandidate `json:"institutions,omitempty" nullable:"false" maxItems:"10000" doc:"without them every institution with an agreement in force, each with weight 1"`
		Inspectors   []drawInspector `json:"inspectors" nullable:"false" minItems:"1" maxItems:"10000"`
		Draw         int             `json:"draw" minimum:"1" doc:"how many institutions"`
		Each         int             `json:"each" minimum:"1" doc:"how many inspectors for each"`
		SeedSource   string          `json:"seed_source" minLength:"1" maxLength:"256" doc:"the public draw that gives the seed" example:"福利彩票双色球第2026137期"`
		SeedOn       claimwatch.Day  `json:"seed_on" doc:"the day of that draw, still to come"`
		Reason       string          `json:"reason" minLength:"1" maxLength:"4000"`
	}
}

type drawAnswer struct{ Body inspection.MadeDraw }

func (a *Audit) registerInspections(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "open-inspection", Method: http.MethodPost, Path: "/v1/inspections", Tags: []string{"registers"}, DefaultStatus: http.StatusCreated,
		Summary: "Commit a double-random draw (Art. 42)", MaxBodyBytes: 4 << 20,
		Description: "The list is fixed, and commitment is what is to be published now. The step reveal takes the seed, draws, and needs a second person.",
	}, a.commitDraw)
	huma.Register(api, huma.Operation{
		OperationID: "get-draw", Method: http.MethodGet, Path: "/v1/inspections/{id}/draw", Tags: []string{"registers"},
		Summary:     "A draw with everything that is needed to make it again",
		Description: "For everybody, without a key too, once it was held and published; before that for officers, or who is visited would know. claimwatch verify FILE checks it offline.",
		Security:    []map[string][]string{{}, {"key": {}}},
	}, a.draw)
}

func (a *Audit) commitDraw(ctx context.Context, in *commitInput) (*matterAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, deciders...)
	if err != nil {
		return nil, err
	}
	draw, err := a.drawInput(ctx, caller, in)
	if err != nil {
		return nil, err
	}
	commitment, err := draw.Commit()
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(draw)
	if err != nil {
		return nil, fmt.Errorf("write input of draw: %w", err)
	}
	view, err := a.step(ctx, caller, stepRequest{Kind: "inspection", Action: matter.Open, Reason: in.Body.Reason, asked: in.Body, Fields: map[string]string{
		"commitment": commitment, "seed_source": in.Body.SeedSource, "seed_on": in.Body.SeedOn.String(), "inputs": string(body),
	}})
	return &matterAnswer{Body: view}, err
}

// drawInput is the list that is committed, with a nonce that nobody can guess.
func (a *Audit) drawInput(ctx context.Context, caller claimwatch.Caller, in *commitInput) (inspection.DrawInput, error) {
	draw := inspection.DrawInput{
		Format: inspection.Format, Draw: in.Body.Draw, Each: in.Body.Each, SeedSource: in.Body.SeedSource, SeedOn: in.Body.SeedOn,
		Nonce: hex.EncodeToString(nonce()),
	}
	for _, c := range in.Body.Institutions {
		if !idForm.MatchString(c.InstitutionID) {
			return draw, invalid("institutions", "institution_id is 1-64 of A-Za-z0-9._:-")
		}
		if !caller.Sees(c.InstitutionID) {
			return draw, claimwatch.Refuse(claimwatch.CodeForbidden, "this key draws among the institutions of %s only", caller.City)
		}
		draw.Institutions = append(draw.Institutions, inspection.Candidate{InstitutionID: c.InstitutionID, Weight: max(c.Weight, 1)})
	}
	for _, p := range in.Body.Inspectors {
		if !idForm.MatchString(p.ID) {
			return draw, invalid("inspectors", "an inspector is named by a key or a number, 1-64 of A-Za-z0-9._:-")
		}
		conflicts, err := a.interests(p)
		if err != nil {
			return draw, err
		}
		draw.Inspectors = append(draw.Inspectors, inspection.Inspector{ID: p.ID, Conflicts: conflicts})
	}
	if len(draw.Institutions) > 0 {
		return draw, nil
	}
	on, err := a.dayOf(ctx, "")
	if err != nil {
		return draw, err
	}
	last := ""
	for _, v := range a.deps.Journal.Agreements("", on) {
		if v.Status != agreement.Terminated && v.InstitutionID != last && caller.Sees(v.InstitutionID) {
			last = v.InstitutionID
			draw.Institutions = append(draw.Institutions, inspection.Candidate{InstitutionID: last, Weight: 1})
		}
	}
	return draw, nil
}

// interests are the institutions to which an inspector is never sent: those that the
// register of experts names (Art. 3, 13), and those that are typed in beside them.
func (a *Audit) interests(p drawInspector) ([]string, error) {
	all := slices.Clone(p.Conflicts)
	for _, m := range a.deps.Journal.Matters("expert", "", 0) {
		if m.ID != p.ID && m.Number != p.ID {
			continue
		}
		if m.State != "active" {
			return nil, invalid("inspectors", m.Number+" is not in the pool any more")
		}
		all = append(all, nonEmpty(strings.Split(m.Fields["conflicts"], ";")...)...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func nonce() []byte {
	bytes := make([]byte, sha256.Size)
	_, _ = rand.Read(bytes) // never fails: the runtime ends the process instead
	return bytes
}

// reveal fills the fields of the step reveal: only the seed is the caller's, the
// rest is drawn. A draw whose list was erased cannot be made.
func reveal(m *matter.Matter, given map[string]string) (map[string]string, error) {
	for name := range given {
		if name != "seed" {
			return nil, invalid(name, "reveal takes the seed; what is drawn follows from it")
		}
	}
	if strings.TrimSpace(given["seed"]) == "" {
		return nil, invalid("seed", "reveal needs the seed as it was published")
	}
	var in inspection.DrawInput
	if err := json.Unmarshal([]byte(m.Texts["inputs"]), &in); err != nil {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "the list of this draw is not there any more: cancel it and commit anew")
	}
	draw, err := inspection.Make(in, given["seed"])
	if err != nil {
		return nil, err
	}
	if draw.Commitment != m.Fields["commitment"] {
		return nil, claimwatch.Refuse(claimwatch.CodeInvalid, "the list does not have the commitment that was published")
	}
	body, sum, err := draw.Bytes()
	if err != nil {
		return nil, err
	}
	people := map[string]bool{}
	var inspectors []string
	for _, v := range draw.Visits {
		for _, id := range v.Inspectors {
			if !people[id] {
				people[id] = true
				inspectors = append(inspectors, id)
			}
		}
	}
	return map[string]string{
		"seed": draw.Seed, "institutions": strings.Join(draw.Institutions(), ";"), "inspectors": strings.Join(inspectors, ";"),
		"draw": string(body), "draw_sha256": sum,
	}, nil
}

func (a *Audit) draw(ctx context.Context, in *matterInput) (*drawAnswer, error) {
	caller := claimwatch.CallerFrom(ctx)
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	standing, ok := a.deps.Journal.Matter(in.ID, at)
	drawn := standing.State == "published" || standing.State == "drawn" && caller.Has(readers...)
	if !ok || standing.Kind != "inspection" || !drawn {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such draw, or it is still to come")
	}
	out := &drawAnswer{}
	if err := json.Unmarshal([]byte(standing.Texts["draw"]), &out.Body); err != nil {
		return nil, claimwatch.Refuse(claimwatch.CodeNotFound, "the draw was erased; its hash is %s", standing.Fields["draw_sha256"])
	}
	return out, nil
}
