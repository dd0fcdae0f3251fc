package claimwatch_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"claimwatch"
)

func named(s string) string { return s }

// TestPagesAreTheList walks lists of any length in pages of any size.
func TestPagesAreTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := make([]string, rapid.IntRange(0, 40).Draw(t, "items"))
		for i := range all {
			all[i] = fmt.Sprint(i)
		}
		query := claimwatch.PageQuery{Limit: fmt.Sprint(rapid.IntRange(1, 12).Draw(t, "limit"))}
		var walked []string
		for {
			items, next, err := claimwatch.PageOf(all, query, named)
			if err != nil || items == nil {
				t.Fatalf("PageOf(%+v) = %v, error %v", query, items, err)
			}
			walked = append(walked, items...)
			if query.Cursor = next; next == "" {
				break
			}
		}
		if !slices.Equal(walked, all) {
			t.Errorf("pages of %s hold %v, want %v", query.Limit, walked, all)
		}
	})
}

func TestPagesThatCannotBeCut(t *testing.T) {
	all := []string{"a", "b", "c"}
	_, next, err := claimwatch.PageOf(all, claimwatch.PageQuery{Limit: "2"}, named)
	if err != nil {
		t.Fatalf("PageOf() error:\n%+v", err)
	}
	for _, c := range []struct {
		query claimwatch.PageQuery
		of    []string
		field string
	}{
		{claimwatch.PageQuery{Limit: "0"}, all, "limit"},
		{claimwatch.PageQuery{Limit: "1001"}, all, "limit"},
		{claimwatch.PageQuery{Limit: "ten"}, all, "limit"},
		{claimwatch.PageQuery{Cursor: "%"}, all, "cursor"},
		{claimwatch.PageQuery{Cursor: next}, []string{"a", "c"}, "cursor"}, // b has gone
	} {
		var refused *claimwatch.Error
		if _, _, err := claimwatch.PageOf(c.of, c.query, named); !errors.As(err, &refused) || refused.Code != claimwatch.CodeBadQuery || refused.Field != c.field {
			t.Errorf("PageOf(%v, %+v) = %v, want %s of %s", c.of, c.query, err, claimwatch.CodeBadQuery, c.field)
		}
	}
}
