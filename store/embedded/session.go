package embedded

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// session is a connection with what has been set on it, so that a request that
// wants the same as the one before costs nothing extra.
type session struct {
	*native
	// tag marks this session's statements in system.processes.
	tag      string
	settings map[string]string
	database string
}

func newSession(connection *native, number int) (*session, error) {
	s := &session{native: connection, tag: fmt.Sprintf("session-%d", number), settings: map[string]string{}}
	if _, err := s.run(statement{sql: s.mark(), format: "Null"}); err != nil {
		return nil, fmt.Errorf("mark session: %w", err)
	}
	return s, nil
}

// settle runs a statement that does nothing, after one that failed: the engine
// keeps that in its list of processes, with its locks on tables, until the
// session's next statement, and a DROP over another session would wait for
// ever. If this fails too, the one before has let go all the same.
func (s *session) settle() {
	_, _ = s.run(statement{sql: s.mark(), format: "Null"})
}

// mark is the statement that tags the session.
func (s *session) mark() string { return "SET log_comment = " + quote(s.tag) }

// prepare gives the session the settings and the database of a request, and
// takes back what the request before had set.
func (s *session) prepare(database string, settings map[string]string) error {
	if database == "" {
		database = "default"
	}
	if database != s.database {
		if _, err := s.run(statement{sql: "USE " + quoteName(database), format: "Null"}); err != nil {
			return err
		}
		s.database = database
	}
	if maps.Equal(settings, s.settings) {
		return nil
	}
	var changes []string
	for name := range s.settings {
		if _, keep := settings[name]; !keep {
			changes = append(changes, name+" = DEFAULT")
		}
	}
	for name, value := range settings {
		if old, same := s.settings[name]; !same || old != value {
			changes = append(changes, name+" = "+quote(value))
		}
	}
	slices.Sort(changes)
	if _, err := s.run(statement{sql: "SET " + strings.Join(changes, ", "), format: "Null"}); err != nil {
		return s.reset(err)
	}
	s.settings = maps.Clone(settings)
	return nil
}

// reset brings every setting that may have been touched back to its default
// after a SET that failed, for it may have been carried out in part.
func (s *session) reset(cause error) error {
	for name := range s.settings {
		if _, err := s.run(statement{sql: "SET " + name + " = DEFAULT", format: "Null"}); err != nil {
			return fmt.Errorf("%w (and reset %s: %w)", cause, name, err)
		}
	}
	s.settings = map[string]string{}
	return cause
}

// quote writes a text as a SQL literal.
func quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// quoteName writes an identifier so that it cannot end early.
func quoteName(s string) string {
	return "`" + strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(s) + "`"
}
