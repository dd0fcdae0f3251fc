package matter

import (
	"claimwatch"
)

const (
	shanxi    = "shanxi-2022-measures "
	guangdong = "guangdong-2019-notice "
)

// specs is every kind, in the order of the law.
var specs = []Spec{
	expert, application, clue, course, change, renewal, documentRequest, appraisal, referralRequest,
	dispute, inspection, assessment, sanction, rectification, handover, dishonesty, plaque,
}

// The columns of fields, by type.

func id(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnID}}
}

func text(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnText}}
}

func day(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnDay}}
}

func list(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnList}}
}

func hash(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnHash}}
}

func yes(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnBool}}
}

func amount(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnAmount}}
}

func number(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnNumber}}
}

func word(name string, words ...string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnWord, Words: words}}
}

func words2(name string, words ...string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnList, Words: words}}
}

func count(name string, least, most int64) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnInt, Min: least, Max: most}}
}

// free is a text of people: beside the chain.
func free(name string) Field {
	return Field{Column: claimwatch.Column{Name: name, Type: claimwatch.ColumnText}, Free: true}
}

func inner(f Field) Field {
	f.Inner = true
	return f
}

func doc(f Field, sentence string) Field {
	f.Doc = sentence
	return f
}

// agreementKind is the kind of an agreement.
func agreementKind(name string) Field { return word(name, "medical", "rehab", "device") }

// within refuses a step before a day.
func notBefore(day claimwatch.Day, c *Case, what string) error {
	if c.Day() < day {
		return refuse("%s is possible from %s on (%s)", c.Step.Action, day, what)
	}
	return nil
}
