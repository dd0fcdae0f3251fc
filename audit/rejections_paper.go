package audit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"claimwatch"
	"claimwatch/audit/rejection"
)

// The media types of papers.
const (
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typePDF  = "application/pdf"
)

// paperType is a format by its short name and its media type.
type paperType struct{ format, mediaType string }

var paperTypes = []paperType{{"json", "application/json"}, {"csv", "text/csv"}, {"xlsx", typeXLSX}, {"pdf", typePDF}}

// preferred is the format that the caller likes best, of several the first; JSON
// where it names none.
func preferred(accept string) string {
	format, best := "json", decimal.Zero
	for one := range strings.SplitSeq(accept, ",") {
		mediaType, parameters, err := mime.ParseMediaType(one)
		if err != nil || len(parameters["q"]) > len("0.999") { // RFC 9110, 12.4.2
			continue
		}
		if mediaType == "*/*" || mediaType == "application/*" {
			mediaType = paperTypes[0].mediaType
		}
		liked, err := decimal.NewFromString(cmp.Or(parameters["q"], "1"))
		at := slices.IndexFunc(paperTypes, func(p paperType) bool { return p.mediaType == mediaType })
		if at >= 0 && err == nil && liked.GreaterThan(best) {
			format, best = paperTypes[at].format, liked
		}
	}
	return format
}

// rejectionPaper writes a list in a form that people open in a program of theirs.
func (a *Audit) rejectionPaper(ctx context.Context, list rejection.RejectedList, format string) (*rawAnswer, error) {
	answer := &rawAnswer{Disposition: fmt.Sprintf(`attachment; filename="rejections-%s.%s"`, list.Month, format)}
	if format == "csv" {
		body, err := list.CSV()
		answer.ContentType, answer.Body = "text/csv; charset=utf-8", body
		return answer, err
	}
	names, err := a.listNames(ctx, list)
	if err != nil {
		return nil, err
	}
	if format == "pdf" {
		answer.ContentType = typePDF
		answer.Body, err = list.PDF(names)
	} else {
		answer.ContentType = typeXLSX
		answer.Body, err = list.XLSX(names)
	}
	return answer, err
}

// listNames gives what a list's papers print beside codes: what a sealed list carries,
// so that nothing that is loaded later changes a byte. A list of an older program
// carries nothing; its institution and agency are called as they were then.
func (a *Audit) listNames(ctx context.Context, list rejection.RejectedList) (rejection.Names, error) {
	if list.Names != nil {
		return *list.Names, nil
	}
	names := rejection.Names{Rules: map[string]string{}, Articles: map[string]string{}}
	institution, _, err := a.namedRow(ctx, "institutions", claimwatch.Value{Text: list.InstitutionID, Set: true}, list.SealedAt)
	if err != nil {
		return names, err
	}
	names.Institution = institution["name"]
	agencies, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: "agencies", WithVoid: true})
	if err != nil {
		return names, fmt.Errorf("read agencies: %w", err)
	}
	if names.Agency, err = a.agencyOf(ctx, agencies, institution["city"], list.SealedAt); err != nil {
		return names, err
	}
	if a.deps.Book == nil {
		return names, nil
	}
	for _, item := range list.Items {
		if _, known := names.Rules[item.Rule]; known {
			continue
		}
		rule, _ := a.deps.Book.Rule(item.Rule)
		names.Rules[item.Rule] = rule.Name.Chinese
		for _, article := range rule.Articles {
			names.Cite(article.Law, article.Article, "《"+article.Title.Chinese+"》"+article.Label.Chinese)
		}
	}
	return names, nil
}

// sealedNames are the names that a list of a month carries from its seal on. Whatever
// comes on the list meanwhile makes the fold refuse the close.
func (a *Audit) sealedNames(ctx context.Context, institution, month string) ([]byte, error) {
	names, err := a.listNames(ctx, a.deps.Journal.Rejections(institution, month))
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(names)
	if err != nil {
		return nil, fmt.Errorf("write names of list: %w", err)
	}
	return data, nil
}

// rowTexts gives the texts of a reference row by column, as it was known at a moment;
// nil: now. It is empty when there was none.
func (a *Audit) rowTexts(ctx context.Context, name string, key claimwatch.Value, at *claimwatch.Instant) (map[string]string, error) {
	t, err := table(name)
	if err != nil {
		return nil, err
	}
	versions, err := a.deps.Tables.RowHistory(ctx, name, []claimwatch.Value{key})
	if err != nil {
		return nil, fmt.Errorf("read history of %s: %w", name, err)
	}
	if at != nil {
		versions = slices.DeleteFunc(versions, func(row StoredRow) bool { return row.KnownFrom > *at })
	}
	return textsOf(t, versions), nil
}

// namedRow is rowTexts of a moment, or the first version of a row that was loaded only
// later, with when: a paper that names nobody is none.
func (a *Audit) namedRow(ctx context.Context, name string, key claimwatch.Value, at *claimwatch.Instant) (map[string]string, claimwatch.Instant, error) {
	texts, err := a.rowTexts(ctx, name, key, at)
	if err != nil || len(texts) > 0 || at == nil {
		return texts, 0, err
	}
	t, err := table(name)
	if err != nil {
		return nil, 0, err
	}
	versions, err := a.deps.Tables.RowHistory(ctx, name, []claimwatch.Value{key})
	if err != nil {
		return nil, 0, fmt.Errorf("read history of %s: %w", name, err)
	}
	if len(versions) == 0 || versions[0].KnownFrom <= *at { // it was withdrawn
		return texts, 0, nil
	}
	return textsOf(t, versions[:1]), versions[0].KnownFrom, nil
}

// agencyOf names the agency of a city as it was known at a moment, or the first that
// was known at all.
func (a *Audit) agencyOf(ctx context.Context, agencies []StoredRow, city string, at *claimwatch.Instant) (name string, err error) {
	var first claimwatch.Instant
	for _, row := range agencies {
		agency, known, err := a.namedRow(ctx, "agencies", row.Values[0], at)
		switch {
		case err != nil:
			return "", err
		case city == "" || agency["city"] != city:
		case known == 0:
			return agency["name"], nil
		case name == "" || known < first:
			name, first = agency["name"], known
		}
	}
	return name, nil
}

// textsOf gives the texts of the last version of a row; empty when that is void.
func textsOf(t claimwatch.Table, versions []StoredRow) map[string]string {
	texts := map[string]string{}
	if len(versions) == 0 || versions[len(versions)-1].Void {
		return texts
	}
	for i, value := range versions[len(versions)-1].Values {
		texts[t.Columns[i].Name] = value.Text
	}
	return texts
}
