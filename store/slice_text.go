package store

import (
	"embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"claimwatch"
)

//go:embed slice/*.sql
var sliceSQL embed.FS

// sliceStatements reads a file of the slice's SQL.
// The files are ours: a statement ends with a semicolon at the end of a line,
// and lines that begin with -- are comments.
func sliceStatements(file string) []string {
	text, err := sliceSQL.ReadFile("slice/" + file)
	if err != nil {
		return []string{"SELECT throwIf(1, 'slice file is missing: " + file + "')"} // cannot be: it is embedded
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			lines = append(lines, line)
		}
	}
	var statements []string
	for statement := range strings.SplitSeq(strings.Join(lines, ""), ";\n") {
		if statement = strings.TrimSpace(statement); statement != "" {
			statements = append(statements, statement)
		}
	}
	return statements
}

// place puts the names of the two databases into a statement of ours.
func (s *Slice) place(statement string) string {
	return strings.NewReplacer("{slice}", quoteName(s.name), "{main}", quoteName(s.main.Database())).Replace(statement)
}

// knownTable holds the accepted records of a kind, those after as_of too: they
// tell when time will change something.
func (s *Slice) knownTable(kind claimwatch.Kind) string {
	var columns strings.Builder
	for _, spec := range kind.Fields() {
		columns.WriteString(", `" + spec.Name + "` " + sliceType(spec))
	}
	return s.place("CREATE TABLE {slice}.known_" + factTable(kind) + ` (cancelled Bool, institution_id String, person_id String,
		stay_id String, record_id String, at Int64, day Int32` + columns.String() + ") ENGINE = Memory")
}

// gatherPlaces puts the place and time of the records of every kind together.
func (s *Slice) gatherPlaces() string {
	parts := make([]string, 0, len(claimwatch.Kinds()))
	for _, kind := range claimwatch.Kinds() {
		parts = append(parts, fmt.Sprintf("SELECT institution_id, person_id, stay_id, at, %v AS moves FROM {slice}.known_%s WHERE NOT cancelled",
			kind.MovesClock(), factTable(kind)))
	}
	return s.place("INSERT INTO {slice}.places " + strings.Join(parts, " UNION ALL "))
}

// liveCondition matches {live} and, where columns need a table, {live.f}.
var liveCondition = regexp.MustCompile(`\{live(?:\.([a-z]))?\}`)

// atMoment puts a moment into a statement of load.sql, where {live} says that a
// record exists then. It is a number, so nothing but digits gets into the text.
func atMoment(statement string, asOf claimwatch.Instant) string {
	moment := strconv.FormatInt(int64(asOf), 10)
	statement = liveCondition.ReplaceAllStringFunc(statement, func(found string) string {
		table := liveCondition.FindStringSubmatch(found)[1]
		if table != "" {
			table += "."
		}
		return "NOT " + table + "cancelled AND " + table + "at <= " + moment
	})
	return strings.ReplaceAll(statement, "{as_of}", moment)
}

// sliceType is the type of a field in a slice: instants are Int64 milliseconds
// so that intervals are plain sums.
func sliceType(spec claimwatch.Spec) string {
	var plain string
	switch spec.Type {
	case claimwatch.TypeCodes:
		return "Array(String)"
	case claimwatch.TypeBool:
		plain = "Bool"
	case claimwatch.TypeInt:
		plain = "Int32"
	case claimwatch.TypeAmount, claimwatch.TypeQuantity, claimwatch.TypePrice, claimwatch.TypeRatio, claimwatch.TypeTime:
		plain = "Int64"
	default:
		return "String"
	}
	if spec.Required {
		return plain
	}
	return "Nullable(" + plain + ")"
}

// copyFacts copies the accepted revision of each record of the persons with
// these keys: the first in the log of contents sent twice, then the highest
// revision (rules.md 1.1); cancelled ones are marked. Should two persons share a
// key, both are copied whole, and nobody asks about the other.
func (s *Slice) copyFacts(kind claimwatch.Kind, keys string) string {
	var columns strings.Builder
	for _, spec := range kind.Fields() {
		name := "`" + spec.Name + "`"
		if spec.Type == claimwatch.TypeTime {
			name = "toUnixTimestamp64Milli(" + name + ")"
		}
		columns.WriteString(", " + name)
	}
	table := factTable(kind)
	return s.place("INSERT INTO {slice}.known_" + table + ` SELECT cancelled, institution_id, person_id, stay_id, record_id,
		toUnixTimestamp64Milli(occurred_at), toInt32(toDate32(occurred_at))` + columns.String() + ` FROM {main}.` + table + `
		WHERE person_key IN (` + keys + `)
		ORDER BY revision DESC, log_offset, log_index LIMIT 1 BY person_id, institution_id, record_id`)
}

// keysOf lists the keys of persons as a statement takes them: digits only.
func keysOf(scopes []claimwatch.Scope) string {
	keys := make([]byte, 0, 21*len(scopes))
	for _, scope := range scopes {
		person, ok := scope.Person()
		if !ok { // no rule looks across an institution yet
			continue
		}
		if len(keys) > 0 {
			keys = append(keys, ',')
		}
		keys = strconv.AppendUint(keys, xxhash.Sum64String(person), 10)
	}
	return string(keys)
}
