package adversary

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// tagged are the fields of records and the columns of tables whose identifiers
// reach beyond an institution: under one name two worlds would mean one thing.
var tagged = []string{
	"institution_id", "person_id", "from_institution_id", "to_institution_id", "physician_id", "surgeon_id", "anaesthetist_id",
	"item_code", "included_code", "package_code", "component_codes", "high_code", "low_code", "pair_id", "limit_id",
	"city", "insured_city", "region", "injury_case_id", "referral_id", "appraisal_id", "agreement_id", "series_id", "whitelist_id", "photo_sha256",
}

// Shared are the tables whose keys belong to nobody: of many worlds in one store
// only one world's can be loaded.
func Shared() []string { return []string{"calendar", "los_baselines"} }

// Tagged gives the world with institutions, persons, items and all else that
// reaches beyond an institution under names of its own, so that many worlds fit
// into one store. The order of names stays.
func (w Drawn) Tagged(tag string) Drawn {
	out := w
	out.Records, out.Reference = nil, map[string][]map[string]string{}
	for _, r := range w.Records {
		r.InstitutionID, r.PersonID = tag+r.InstitutionID, tag+r.PersonID
		r.Values = slices.Clone(r.Values)
		for _, field := range tagged {
			if slot := r.Kind.Slot(field); slot >= 0 {
				r.Values[slot].Text = renamed(tag, field, r.Values[slot].Text)
			}
		}
		out.Records = append(out.Records, r)
	}
	for table, rows := range w.Reference {
		out.Reference[table] = make([]map[string]string, 0, len(rows))
		for _, row := range rows {
			row = maps.Clone(row)
			for _, column := range tagged {
				if text, ok := row[column]; ok {
					row[column] = renamed(tag, column, text)
				}
			}
			out.Reference[table] = append(out.Reference[table], row)
		}
	}
	return out
}

// renamed tags an identifier, or each of a list; absence stays absence.
func renamed(tag, field, text string) string {
	switch {
	case text == "":
		return ""
	case field == "photo_sha256":
		sum := sha256.Sum256([]byte(tag + text))
		return hex.EncodeToString(sum[:])
	default:
		return tag + strings.ReplaceAll(text, ";", ";"+tag)
	}
}
