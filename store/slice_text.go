package store

import (
	"embed"
	"strings"
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

// place puts the name of the slice's database into a statement of ours.
func (s *Slice) place(statement string) string {
	return strings.ReplaceAll(statement, "{slice}", quoteName(s.name))
}
