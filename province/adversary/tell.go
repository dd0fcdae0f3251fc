package adversary

import (
	"maps"
	"slices"
	"strings"

	"claimwatch"
)

// String tells a world: its records in the order of the log and its rows.
func (w Drawn) String() string {
	var b strings.Builder
	for i := range w.Records {
		tell(&b, &w.Records[i], w.ReceivedAt[i])
	}
	for _, table := range slices.Sorted(maps.Keys(w.Reference)) {
		b.WriteString(table + " loaded\n")
		for _, row := range w.Reference[table] {
			b.WriteString(" ")
			for _, column := range slices.Sorted(maps.Keys(row)) {
				if row[column] != "" {
					b.WriteString(" " + column + "=" + row[column])
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// tell writes a record on one line.
func tell(b *strings.Builder, r *claimwatch.Record, received claimwatch.Instant) {
	b.WriteString(r.Kind.String() + " " + r.RecordID + " " + r.OccurredAt.Subject() + " " +
		claimwatch.Subject(r.InstitutionID, r.PersonID, r.StayID))
	if r.Revision > 1 {
		b.WriteString(" revision=" + itoa(int(r.Revision)))
	}
	if r.Cancelled {
		b.WriteString(" cancelled")
	}
	for slot, spec := range r.Kind.Fields() {
		switch v := r.Values[slot]; {
		case !v.Set:
		case spec.Type == claimwatch.TypeTime:
			b.WriteString(" " + spec.Name + "=" + claimwatch.Instant(v.Num).Subject())
		case spec.Type == claimwatch.TypeCodes || v.Text != "":
			b.WriteString(" " + spec.Name + "=" + strings.ReplaceAll(v.Text, claimwatch.ListSeparator, ";"))
		default:
			b.WriteString(" " + spec.Name + "=" + string(claimwatch.AppendDecimal(nil, v.Num, spec.Type.Decimals())))
		}
	}
	b.WriteString(" received=" + received.Subject() + "\n")
}
