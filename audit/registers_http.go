package audit

import (
	"context"
	"slices"

	"claimwatch"
	"claimwatch/audit/matter"
)

// registerView is a register as it is declared.
type registerView struct {
	Kind    matter.Kind     `json:"kind"`
	Path    string          `json:"path" example:"/v1/clues"`
	Doc     string          `json:"description"`
	Initial matter.State    `json:"initial"`
	Final   []matter.State  `json:"final" nullable:"false" doc:"no deadline runs in these"`
	Fields  []registerField `json:"fields" nullable:"false"`
	Steps   []registerStep  `json:"steps" nullable:"false"`
}

type registerField struct {
	Name  string   `json:"name"`
	Type  string   `json:"type" doc:"id, item, text, word, bool, int, amount, price, number, day, time, month, list, hash; free for what people write"`
	Words []string `json:"words,omitempty"`
	Doc   string   `json:"description,omitempty"`
}

type registerStep struct {
	Action   matter.Action           `json:"action"`
	From     []matter.State          `json:"from,omitempty"`
	To       matter.State            `json:"to,omitempty" doc:"empty: the state stays"`
	By       []claimwatch.CallerRole `json:"by" nullable:"false"`
	Second   []claimwatch.CallerRole `json:"second,omitempty" doc:"who may confirm it; none: one person decides"`
	Needs    []string                `json:"needs,omitempty"`
	Takes    []string                `json:"takes,omitempty"`
	Deadline string                  `json:"deadline,omitempty" doc:"what is due from the step on"`
	Law      string                  `json:"law" example:"shanxi-2022-measures 18"`
	Doc      string                  `json:"description"`
}

type registersAnswer struct {
	Body struct {
		Items []registerView `json:"items" nullable:"false"`
		Next  string         `json:"next"`
	}
}

var columnTypes = map[claimwatch.ColumnType]string{
	claimwatch.ColumnID: "id", claimwatch.ColumnItem: "item", claimwatch.ColumnText: "text", claimwatch.ColumnWord: "word",
	claimwatch.ColumnBool: "bool", claimwatch.ColumnInt: "int", claimwatch.ColumnAmount: "amount", claimwatch.ColumnPrice: "price",
	claimwatch.ColumnNumber: "number", claimwatch.ColumnDay: "day", claimwatch.ColumnTime: "time", claimwatch.ColumnMonth: "month",
	claimwatch.ColumnList: "list", claimwatch.ColumnHash: "hash",
}

func (a *Audit) registers(ctx context.Context, in *claimwatch.PageQuery) (*registersAnswer, error) {
	if _, err := claimwatch.CallerOrHospital(ctx, claimwatch.StaffRoles()...); err != nil {
		return nil, err
	}
	var all []registerView
	for _, spec := range matter.Specs() {
		view := registerView{Kind: spec.Kind, Path: "/v1/" + spec.Plural, Doc: spec.Doc, Initial: spec.Initial, Final: orEmpty(spec.Final), Fields: []registerField{}}
		for _, f := range spec.Fields {
			field := registerField{Name: f.Name, Type: columnTypes[f.Type], Words: f.Words, Doc: f.Doc}
			if f.Free {
				field.Type = "free"
			}
			view.Fields = append(view.Fields, field)
		}
		for _, s := range spec.Steps {
			step := registerStep{Action: s.Action, From: s.From, To: s.To, By: s.By, Second: s.Second, Needs: slices.Concat(s.Needs, s.Asks), Takes: s.Takes, Law: s.Law, Doc: s.Doc}
			if s.Term != nil {
				step.Deadline = s.Term.Doc
			}
			view.Steps = append(view.Steps, step)
		}
		all = append(all, view)
	}
	out := &registersAnswer{}
	var err error
	out.Body.Items, out.Body.Next, err = claimwatch.PageOf(all, *in, func(r registerView) string { return string(r.Kind) })
	return out, err
}
