package settlement

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// byteOrderMark makes spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\ufeff"

var columns = []string{
	"part", "month", "stay_id", "person_id", "kind", "record_id", "lines", "declared_amount", "declared_lines",
	"claimed", "rejected", "not_payable", "on_hold", "approved", "because",
}

// CSV writes the stays of the month, the adjustments of earlier ones, and the total,
// in UTF-8 with a byte order mark. The same settlement gives the same bytes. An
// identifier that a spreadsheet would run as a formula begins with an apostrophe.
func (s *Settlement) CSV() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	rows := [][]string{columns}
	for i := range s.Claims {
		c := &s.Claims[i]
		declared, count := "", ""
		if c.Declared != nil {
			declared, count = c.Declared.String(), strconv.Itoa(*c.Count)
		}
		row := []string{"claim", s.Month.String(), harmless(c.StayID), harmless(c.PersonID), "", "", strconv.Itoa(c.Lines), declared, count}
		rows = append(rows, append(append(row, c.cells()...), ""))
	}
	for i := range s.Adjustments {
		a := &s.Adjustments[i]
		row := []string{"adjustment", a.Month.String(), harmless(a.StayID), harmless(a.PersonID), a.Kind.String(), harmless(a.RecordID), "1", "", ""}
		rows = append(rows, append(append(row, a.cells()...), strings.TrimSpace(a.Because+" "+harmless(a.Hold))))
	}
	rows = append(rows, append(append([]string{"total", s.Month.String(), "", "", "", "", strconv.Itoa(s.Lines), "", ""}, s.cells()...), ""))
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write settlement: %w", err)
	}
	return out.Bytes(), nil
}

func (p Parts) cells() []string {
	return []string{p.Claimed.String(), p.Rejected.String(), p.NotPayable.String(), p.OnHold.String(), p.Approved.String()}
}

// harmless takes the power from an identifier that begins like a formula; of their
// characters only the hyphen does.
func harmless(id string) string {
	if strings.HasPrefix(id, "-") {
		return "'" + id
	}
	return id
}
