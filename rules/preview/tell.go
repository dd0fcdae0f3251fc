package preview

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"claimwatch"
	"claimwatch/rules"
)

// allowed names what of a rule's evidence may be told although other
// institutions have to do with it: the person's own supply and limits.
var allowed = map[string][]string{
	"RX-003":  {"days_left", "days_supplied"},
	"RX-009":  {"limits"},
	"REH-002": {"limits"},
	"DEV-001": {"renewable_on"},
	"EXM-001": {"days", "allowed_reports"},
}

// teller takes from findings what one institution may be told.
type teller struct {
	library *rules.Library
	own     string
	foreign []string // what names other institutions: their ids, and stays there
}

func newTeller(library *rules.Library, own string, stays map[uint32]claimwatch.Stay) teller {
	foreign := map[string]bool{}
	for _, s := range stays {
		if s.InstitutionID != own {
			foreign[s.InstitutionID], foreign[s.StayID] = true, true
		}
	}
	for _, s := range stays { // a number that both use tells nothing
		if s.InstitutionID == own {
			delete(foreign, s.StayID)
		}
	}
	delete(foreign, "")
	return teller{library: library, own: own, foreign: slices.Collect(maps.Keys(foreign))}
}

// tell gives a finding of a person as the institution may see it; false when the
// institution has nothing to do with it.
func (t teller) tell(f *claimwatch.Finding, person string) (claimwatch.Foreseen, bool) {
	rule, _ := t.library.Rule(f.Rule)
	told := claimwatch.Foreseen{
		Rule: f.Rule, RuleVersion: f.RuleVersion, Name: claimwatch.Bilingual(rule.Name), Severity: f.Severity,
		InstitutionID: t.own, PersonID: person, Basis: f.Basis, Lines: []claimwatch.Line{},
	}
	for _, line := range f.Lines {
		if line.InstitutionID == t.own {
			told.Lines = append(told.Lines, line)
			told.Amount += line.Amount
		}
	}
	if f.InstitutionID != t.own && len(told.Lines) == 0 {
		return told, false
	}
	if f.InstitutionID == t.own && f.StayID != nil {
		told.StayID = *f.StayID
	}
	if t.elsewhere(f, len(told.Lines)) {
		told.Elsewhere = true
		told.Evidence = ownEvidence(f)
		told.Message = elsewhereMessage(f, told.Evidence)
		return told, true
	}
	told.FindingID, told.Subject, told.From, told.Until, told.Evidence = f.ID, f.Subject, f.From, f.Until, f.Evidence
	told.Message = claimwatch.Bilingual{
		Chinese: fmt.Sprintf("上传后将触发规则%s“%s”。", f.Rule, rule.Name.Chinese),
		English: fmt.Sprintf("these records would cause a finding of %s, %s", f.Rule, rule.Name.English),
	}
	return told, true
}

// elsewhere says whether anything of a finding is about another institution: its
// belonging, a line, a part of its subject, a word of its evidence. Then even
// its id tells, to who tries the ids of all institutions.
func (t teller) elsewhere(f *claimwatch.Finding, ownLines int) bool {
	if f.InstitutionID != t.own || ownLines != len(f.Lines) {
		return true
	}
	parts := strings.Split(f.Subject, "|")
	return slices.ContainsFunc(t.foreign, func(id string) bool {
		return slices.Contains(parts, id) || bytes.Contains(f.Evidence, []byte(strconv.Quote(id)))
	})
}

// ownEvidence is what of the evidence may be told, nil for nothing.
func ownEvidence(f *claimwatch.Finding) json.RawMessage {
	var all map[string]json.RawMessage
	if json.Unmarshal(f.Evidence, &all) != nil {
		return nil // a text: it has no parts that could be told
	}
	kept := map[string]json.RawMessage{}
	for _, name := range allowed[f.Rule] {
		if value, has := all[name]; has {
			kept[name] = value
		}
	}
	text, err := json.Marshal(kept)
	if err != nil || len(kept) == 0 {
		return nil
	}
	return text
}

const dayMillis = 24 * 60 * 60 * 1000

// elsewhereMessage says no more than what the person could say.
func elsewhereMessage(f *claimwatch.Finding, evidence json.RawMessage) claimwatch.Bilingual {
	var says struct {
		DaysLeft    string `json:"days_left"`
		RenewableOn string `json:"renewable_on"`
	}
	if evidence != nil && json.Unmarshal(evidence, &says) != nil {
		return neutral
	}
	left, err := strconv.ParseInt(says.DaysLeft, 10, 32)
	switch {
	case err == nil && f.From != nil:
		until := (*f.From + claimwatch.Instant(left*dayMillis)).Day()
		return claimwatch.Bilingual{
			Chinese: fmt.Sprintf("该人员此药品的余量至少可用至%s。", until),
			English: fmt.Sprintf("the person still has supply of this drug until %s at least", until),
		}
	case says.RenewableOn != "":
		return claimwatch.Bilingual{
			Chinese: fmt.Sprintf("该人员的同类器具%s起方可更换。", says.RenewableOn),
			English: fmt.Sprintf("the person's device of this kind can be renewed from %s on", says.RenewableOn),
		}
	default:
		return neutral
	}
}

var neutral = claimwatch.Bilingual{
	Chinese: "与该人员的其他记录冲突，请向本人核实。",
	English: "this does not fit other records of the person: ask the person",
}

// changes are the findings after that are not there before or are not the same,
// in the order of rule, person and lines.
func changes(before, after map[string]claimwatch.Foreseen) []claimwatch.Foreseen {
	found := []claimwatch.Foreseen{}
	for id, f := range after {
		held, stood := before[id]
		switch {
		case !stood:
			f.Change = claimwatch.Opened
		case !reflect.DeepEqual(held, f):
			f.Change = claimwatch.Revised
		default:
			continue
		}
		found = append(found, f)
	}
	slices.SortFunc(found, func(a, b claimwatch.Foreseen) int {
		return cmp.Or(
			strings.Compare(a.Rule, b.Rule), strings.Compare(a.PersonID, b.PersonID), strings.Compare(a.StayID, b.StayID),
			strings.Compare(a.Subject, b.Subject), compareLines(a.Lines, b.Lines),
		)
	})
	return found
}

// compareLines orders findings of which no subject is told.
func compareLines(a, b []claimwatch.Line) int {
	return slices.CompareFunc(a, b, func(x, y claimwatch.Line) int {
		return cmp.Or(strings.Compare(x.RecordID, y.RecordID), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Amount, y.Amount))
	})
}
