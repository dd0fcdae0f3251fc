package audit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/audit/agreement"
	"claimwatch/audit/entitlement"
)

// EntitlementView is what a hospital must know of a person at admission, and no more:
// nothing that another institution has treated or charged.
type EntitlementView struct {
	PersonID    string              `json:"person_id"`
	On          claimwatch.Day      `json:"on" doc:"the day for which it is said"`
	Purpose     entitlement.Purpose `json:"purpose" enum:"treating,opening,review" doc:"why it was asked, as the journal has it"`
	NameMasked  string              `json:"name_masked" doc:"to compare with the person's paper"`
	Sex         string              `json:"sex" enum:"M,F"`
	InsuredCity string              `json:"insured_city"`
	Recognised  bool                `json:"recognised" doc:"there is a recognised injury case; without one it is paid only if recognition follows"`
	Cases       []EntitledCase      `json:"injury_cases" nullable:"false" doc:"the recognised ones"`
	Visit       *EntitledVisit      `json:"visit" doc:"what holds at the institution; null when the agency names none"`
}

// EntitledCase is a recognised injury case.
type EntitledCase struct {
	InjuryCaseID     string `json:"injury_case_id"`
	InjuredOn        string `json:"injured_on" format:"date"`
	RecognisedOn     string `json:"recognised_on" format:"date"`
	Prefixes         string `json:"diagnosis_prefixes,omitempty" doc:"beginnings of diagnoses that belong to the injury, separated by ;: what else is treated is not the fund's" example:"S72;T02"`
	StopWorkUntil    string `json:"stop_work_until,omitempty" format:"date"`
	RehabConfirmedOn string `json:"rehab_confirmed_on,omitempty" format:"date" doc:"missing: rehabilitation is not paid"`
}

// EntitledVisit is what holds for a visit at an institution that begins on the day.
type EntitledVisit struct {
	InstitutionID  string              `json:"institution_id"`
	Agreements     []EntitledAgreement `json:"agreements" nullable:"false" doc:"of the institution on that day; none: the fund pays emergencies only"`
	OutOfArea      bool                `json:"out_of_area" doc:"insured in another city: a referral is needed, but for emergencies (AGR-003)"`
	ReferralID     string              `json:"referral_id,omitempty" doc:"the referral to the institution that is valid for an admission on that day"`
	ReferredOn     string              `json:"referred_on,omitempty" format:"date"`
	EmergencyBy    claimwatch.Day      `json:"emergency_papers_by" doc:"of an emergency admitted on that day: formalities are made up until then (Art. 26)"`
	EmergencyGuess bool                `json:"emergency_papers_provisional" doc:"that day runs past the published calendar"`
}

// EntitledAgreement is how an agreement of the institution stands.
type EntitledAgreement struct {
	Kind     string           `json:"kind" enum:"medical,rehab,device"`
	Status   agreement.Status `json:"status" enum:"active,suspended,terminated"`
	Until    *claimwatch.Day  `json:"until" doc:"first day that the row does not cover"`
	Holdover bool             `json:"holdover"`
}

// rowsOf reads the current rows of a table with a person.
func (a *Audit) rowsOf(ctx context.Context, name, person string) (objects []map[string]string, err error) {
	t, err := table(name)
	if err != nil {
		return nil, err
	}
	rows, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: name, Where: map[string]string{"person_id": person}})
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", name, err)
	}
	for _, row := range rows {
		objects = append(objects, rowObject(t, row.Values))
	}
	return objects, nil
}

func (a *Audit) entitlementView(ctx context.Context, ask entitlement.Ask, at claimwatch.Instant) (EntitlementView, error) {
	day := at.Day()
	view := EntitlementView{PersonID: ask.PersonID, On: day, Purpose: ask.Purpose, Cases: []EntitledCase{}}
	persons, err := a.rowsOf(ctx, "persons", ask.PersonID)
	switch {
	case err != nil:
		return view, err
	case len(persons) == 0:
		return view, noEntitlement()
	}
	person := persons[0]
	view.NameMasked, view.Sex, view.InsuredCity = person["name_masked"], person["sex"], person["insured_city"]
	cases, err := a.rowsOf(ctx, "injury_cases", ask.PersonID)
	if err != nil {
		return view, err
	}
	for _, c := range cases {
		// Days are written YYYY-MM-DD: their texts have their order.
		if c["recognised_on"] == "" || c["recognised_on"] > day.String() {
			continue
		}
		view.Cases = append(view.Cases, EntitledCase{
			InjuryCaseID: c["injury_case_id"], InjuredOn: c["injured_on"], RecognisedOn: c["recognised_on"], Prefixes: c["diagnosis_prefixes"],
			StopWorkUntil: c["stop_work_until"], RehabConfirmedOn: c["rehab_confirmed_on"],
		})
	}
	slices.SortFunc(view.Cases, func(x, y EntitledCase) int {
		return cmp.Or(strings.Compare(y.InjuredOn, x.InjuredOn), strings.Compare(x.InjuryCaseID, y.InjuryCaseID))
	})
	view.Recognised = len(view.Cases) > 0
	if ask.InstitutionID == "" {
		return view, nil
	}
	view.Visit, err = a.entitledVisit(ctx, ask, view.InsuredCity, day)
	return view, err
}

// entitledVisit says what holds for a visit at an institution.
func (a *Audit) entitledVisit(ctx context.Context, ask entitlement.Ask, insured string, day claimwatch.Day) (*EntitledVisit, error) {
	known, there := a.deps.Journal.Institution(ask.InstitutionID)
	v := &EntitledVisit{InstitutionID: ask.InstitutionID, Agreements: []EntitledAgreement{}, OutOfArea: there && known.City != insured}
	for _, one := range a.deps.Journal.Agreements(ask.InstitutionID, day) {
		v.Agreements = append(v.Agreements, EntitledAgreement{Kind: one.Kind, Status: one.Status, Until: one.Until, Holdover: one.Holdover})
	}
	papers := a.deps.Journal.EmergencyPapers(day)
	v.EmergencyBy, v.EmergencyGuess = papers.On, papers.Provisional
	days, err := a.referralDays(ctx, known.City, day)
	if err != nil {
		return nil, err
	}
	referrals, err := a.rowsOf(ctx, "referrals", ask.PersonID)
	if err != nil {
		return nil, err
	}
	for _, r := range referrals {
		approved := r["approved_on"]
		valid := approved <= day.String() && approved >= (day-days).String()
		if r["to_institution_id"] == ask.InstitutionID && valid && approved > v.ReferredOn {
			v.ReferralID, v.ReferredOn = r["referral_id"], approved
		}
	}
	return v, nil
}

// referralDays is for how long a referral is valid: what AGR-003 takes in a city, on
// a day.
func (a *Audit) referralDays(ctx context.Context, city string, on claimwatch.Day) (claimwatch.Day, error) {
	if a.deps.Book == nil {
		return 0, nil // nobody says: none is shown as valid but today's
	}
	rule, err := a.rule("AGR-003")
	if err != nil {
		return 0, err
	}
	value := ""
	for _, p := range rule.Parameters {
		if p.Name == "days" {
			value = p.Default
		}
	}
	published, err := a.published(ctx, "AGR-003")
	if err != nil {
		return 0, err
	}
	own := false
	for _, p := range published { // later ones go before, and the city's before those for everywhere
		covers := p.WithdrawnAt == nil && p.Name == "days" && p.From <= on && (p.Until == nil || on < *p.Until)
		if covers && (p.City == city || p.City == "" && !own) {
			value, own = p.Value, p.City == city
		}
	}
	days, err := strconv.Atoi(value)
	return claimwatch.Day(days), err
}
