package embedded

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
)

// maxSQLBytes bounds the text of one statement. Rows come as a stream and do
// not count.
const maxSQLBytes = 16 << 20

// request is what one HTTP request asks for.
type request struct {
	parsed
	params   map[string]string
	settings map[string]string
	database string
	format   string    // output format
	data     io.Reader // rows of an insert
}

// notSettings are URL parameters of ClickHouse's HTTP interface that are about
// the transport. Everything else that is not a query parameter is a setting.
var notSettings = map[string]bool{
	"query": true, "database": true, "default_format": true, "client_protocol_version": true,
	"query_id": true, "quota_key": true, "user": true, "password": true, "role": true,
	"session_id": true, "session_timeout": true, "session_check": true,
	"wait_end_of_query": true, "buffer_size": true, "log_comment": true, "close_session": true,
	// A session is read-only or not when it is opened, and cannot change back.
	"readonly": true,
}

var settingName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)

// readRequest takes an HTTP request apart. As on a server, the statement is
// the query parameter followed by the body.
func readRequest(r *http.Request) (*request, error) {
	values := r.URL.Query()
	if values.Get("compress") == "1" || values.Get("decompress") == "1" || r.Header.Get("Content-Encoding") != "" {
		return nil, fmt.Errorf("read request: compression is not supported inside the process")
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return nil, fmt.Errorf("read request: external tables are not supported by the embedded engine")
	}
	out := &request{
		params: map[string]string{}, settings: map[string]string{},
		database: values.Get("database"), format: values.Get("default_format"),
	}
	for name, list := range values {
		value := list[len(list)-1]
		switch param, isParam := strings.CutPrefix(name, "param_"); {
		case isParam:
			out.params[param] = value
		case notSettings[name]:
		case name == "max_execution_time" && hasDeadline(r.Context()):
			// clickhouse-go derives it from the deadline, a new value each
			// time; the deadline itself is kept by killing the statement.
		case !settingName.MatchString(name):
			return nil, fmt.Errorf("read request: bad setting name %q", name)
		default:
			out.settings[name] = value
		}
	}
	return out, out.readSQL(values.Get("query"), r.Body)
}

// readSQL sets the statement and the source of its rows.
func (q *request) readSQL(query string, body io.Reader) error {
	if body == nil {
		body = strings.NewReader("")
	}
	if query != "" {
		q.parsed = parseSQL(query)
		if q.kind == kindInsert {
			q.data = io.MultiReader(strings.NewReader(q.parsed.data), body)
			return nil
		}
		query += "\n"
	}
	text, err := io.ReadAll(io.LimitReader(body, maxSQLBytes+1))
	if err != nil {
		return fmt.Errorf("read statement: %w", err)
	}
	if len(text) > maxSQLBytes {
		return fmt.Errorf("read statement: longer than %d bytes", maxSQLBytes)
	}
	q.parsed = parseSQL(query + string(text))
	q.data = strings.NewReader(q.parsed.data)
	return nil
}

// statement is the request as the engine takes it.
func (q *request) statement() statement {
	s := statement{sql: q.sql, format: q.format}
	if s.format == "" {
		s.format = "TabSeparated"
	}
	if q.kind == kindInsert {
		s.format = q.parsed.format
	}
	for name, value := range q.params {
		s.names = append(s.names, name)
		s.values = append(s.values, value)
	}
	return s
}

func hasDeadline(ctx context.Context) bool {
	_, has := ctx.Deadline()
	return has
}
