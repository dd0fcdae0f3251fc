package decode

import (
	"slices"
	"strings"

	"claimwatch"
)

// knownNames are the names of all fields of all kinds.
var knownNames = collectNames()

func collectNames() map[string]bool {
	names := map[string]bool{}
	for _, kind := range claimwatch.Kinds() {
		for _, spec := range claimwatch.CommonFields(kind) {
			names[spec.Name] = true
		}
		for _, spec := range kind.Fields() {
			names[spec.Name] = true
		}
	}
	return names
}

// checkNames refuses a key that stands there twice, or in another case beside
// the right one.
func checkNames(members []member) *claimwatch.Error {
	seen := make(map[string]bool, len(members))
	for _, m := range members {
		if seen[m.name] {
			return refuse(nameOf(m.name), claimwatch.CodeDuplicateKey, "the key %s stands there twice: send each key once", show(m.name))
		}
		seen[m.name] = true
	}
	for _, m := range members {
		right := strings.ToLower(m.name)
		if right != m.name && knownNames[right] && seen[right] {
			return refuse(right, claimwatch.CodeDuplicateKey, "the key stands there twice, as %s too: send it once, in lower case", show(m.name))
		}
	}
	return nil
}

// checkKind finds the kind of the record.
func checkKind(members []member) (claimwatch.Kind, *claimwatch.Error) {
	m := find(members, "kind")
	if m.absent() {
		for _, other := range members {
			if other.name != "kind" && strings.ToLower(other.name) == "kind" {
				return 0, unknownField(other.name, claimwatch.KindNone)
			}
		}
		return 0, refuse("kind", claimwatch.CodeMissing, "is missing: every record needs it")
	}
	if m.kind != '"' {
		return 0, refuse("kind", claimwatch.CodeType, "must be a string")
	}
	if fault := checkControl("kind", m.text); fault != nil {
		return 0, fault
	}
	kind, ok := claimwatch.ParseKind(m.text)
	if !ok {
		return 0, refuse("kind", claimwatch.CodeUnknownKind, "%s is no kind of record: use one of %s", show(m.text), kindList())
	}
	return kind, nil
}

func kindList() string {
	names := make([]string, 0, kindCount)
	for _, kind := range claimwatch.Kinds() {
		names = append(names, kind.String())
	}
	return strings.Join(names, ", ")
}

// checkKnown refuses the first key that the kind does not have.
func checkKnown(members []member, kind claimwatch.Kind) *claimwatch.Error {
	for _, m := range members {
		if kind.Slot(m.name) < 0 && !isCommon(m.name) {
			return unknownField(m.name, kind)
		}
	}
	return nil
}

func isCommon(name string) bool {
	return slices.ContainsFunc(commonSpecs, func(spec claimwatch.Spec) bool { return spec.Name == name })
}

// commonSpecs are the fields of every record.
var commonSpecs = claimwatch.CommonFields(claimwatch.KindNone)

func unknownField(name string, kind claimwatch.Kind) *claimwatch.Error {
	right := strings.ToLower(name)
	switch {
	case right != name && (isCommon(right) || kind.Slot(right) >= 0):
		return refuse(nameOf(name), claimwatch.CodeUnknownField, "%s is unknown: keys are lower case, send %s", show(name), right)
	case knownNames[name]:
		return refuse(nameOf(name), claimwatch.CodeUnknownField, "a record of kind %s has no %s: leave it out", kind, name)
	default:
		return refuse(nameOf(name), claimwatch.CodeUnknownField, "%s is unknown: leave it out or correct its spelling", show(name))
	}
}

// nameOf cuts a key of the sender's for the receipt's field.
func nameOf(name string) string {
	cut, _ := cutText(name)
	return cut
}

func find(members []member, name string) *member {
	for i := range members {
		if members[i].name == name {
			return &members[i]
		}
	}
	return nil
}

// absent says that a value is not there, in any of the three spellings of the
// contract: no key, null, "".
func (m *member) absent() bool {
	return m == nil || m.kind == 'n' || (m.kind == '"' && m.text == "")
}
