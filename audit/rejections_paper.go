package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"

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

var paperTypes = []paperType{{"json", "json"}, {"csv", "text/csv"}, {"xlsx", typeXLSX}, {"pdf", typePDF}}

// preferred is the format that stands first among what the caller accepts; JSON
// where none does.
func preferred(accept string) string {
	format, first := "json", len(accept)
	for _, one := range paperTypes {
		if at := strings.Index(accept, one.mediaType); at >= 0 && at < first {
			format, first = one.format, at
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

// listNames gives what a list's papers print beside codes. Institution and agency are
// called as they were when the list was sealed: what is loaded later changes no byte.
func (a *Audit) listNames(ctx context.Context, list rejection.RejectedList) (rejection.Names, error) {
	names := rejection.Names{Rules: map[string]string{}, Articles: map[claimwatch.Basis]string{}}
	institution, err := a.rowTexts(ctx, "institutions", claimwatch.Value{Text: list.InstitutionID, Set: true}, list.SealedAt)
	if err != nil {
		return names, err
	}
	names.Institution = institution["name"]
	agencies, _, err := a.deps.Tables.Rows(ctx, RowQuery{Table: "agencies", WithVoid: true})
	if err != nil {
		return names, fmt.Errorf("read agencies: %w", err)
	}
	for _, row := range agencies {
		agency, err := a.rowTexts(ctx, "agencies", row.Values[0], list.SealedAt)
		if err != nil {
			return names, err
		}
		if city := institution["city"]; city != "" && agency["city"] == city {
			names.Agency = agency["name"]
			break
		}
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
			names.Articles[claimwatch.Basis{Law: article.Law, Article: article.Article, InForce: true}] = "《" + article.Title.Chinese + "》" + article.Label.Chinese
		}
	}
	return names, nil
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
		known := slices.DeleteFunc(slices.Clone(versions), func(row StoredRow) bool { return row.KnownFrom > *at })
		if len(known) == 0 && len(versions) > 0 {
			known = versions[:1] // loaded only later: a paper without a name is none
		}
		versions = known
	}
	texts := map[string]string{}
	if len(versions) == 0 || versions[len(versions)-1].Void {
		return texts, nil
	}
	for i, value := range versions[len(versions)-1].Values {
		texts[t.Columns[i].Name] = value.Text
	}
	return texts, nil
}
