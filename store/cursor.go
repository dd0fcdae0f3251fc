package store

import (
	"encoding/base64"
	"encoding/json"

	"claimwatch"
)

// maxPage is the most items of a page (contract, section 2); defaultPage is
// what a query without a limit gets.
const (
	maxPage     = 1000
	defaultPage = 100
)

// page is how many items a query wants.
func page(limit int) int {
	if limit <= 0 {
		return defaultPage
	}
	return min(limit, maxPage)
}

// writeCursor makes the opaque text that a list gives as "next": the sort key
// of its last item, so that items that come or go meanwhile shift no page.
func writeCursor(key any) string {
	text, err := json.Marshal(key)
	if err != nil {
		return "" // keys are structs of texts and numbers
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// readCursor reads what writeCursor wrote; ok is false for an empty cursor, and
// anything else is a bad_query.
func readCursor(cursor string, key any) (ok bool, err error) {
	if cursor == "" {
		return false, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(text, key)
	}
	if err != nil {
		return false, badCursor(err)
	}
	return true, nil
}

// badCursor refuses a cursor that another list gave, or nobody.
func badCursor(cause error) error {
	refusal := claimwatch.Refuse(claimwatch.CodeBadQuery, "the cursor is not one that this list gave: start again without it")
	refusal.Field, refusal.Cause = "cursor", cause
	return refusal
}
