package rejection

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"

	"claimwatch"
)

// byteOrderMark makes spreadsheet programs read the Chinese names as UTF-8.
const byteOrderMark = "\ufeff"

var columns = []string{
	"finding_id", "rule", "kind", "record_id", "person_id", "stay_id", "occurred_at", "item_code", "item_name",
	"claimed", "rejected", "reason", "basis", "decided_by", "decided_at", "statement", "adjusts",
}

// CSV writes the items of a list with a header, in UTF-8 with a byte order
// mark. The same list gives the same bytes. A cell that a spreadsheet would run
// as a formula begins with an apostrophe.
func (l RejectedList) CSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	if err := w.Write(columns); err != nil {
		return nil, fmt.Errorf("write header of list: %w", err)
	}
	for _, item := range l.Items {
		row := []string{
			item.FindingID, item.Rule, item.Kind.String(), item.RecordID, item.PersonID, item.StayID, item.OccurredAt.String(),
			item.ItemCode, item.ItemName, item.Claimed.String(), item.Rejected.String(), item.Reason, basisText(item.Basis),
			item.DecidedBy, item.DecidedAt.String(), item.Statement, item.Adjusts,
		}
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := w.Write(row); err != nil {
			return nil, fmt.Errorf("write item of list: %w", err)
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("write list: %w", err)
	}
	return out.Bytes(), nil
}

// harmless takes the power from a cell that begins like a formula. Spreadsheets
// in Chinese take the full-width signs for formulas as well.
func harmless(cell string) string {
	first, _ := utf8.DecodeRuneInString(cell)
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}

func basisText(basis []claimwatch.Basis) string {
	var out strings.Builder
	for i, b := range basis {
		if i > 0 {
			out.WriteString("; ")
		}
		out.WriteString(b.Law + " " + b.Article)
		if !b.InForce {
			out.WriteString(" (not in force)")
		}
	}
	return out.String()
}
