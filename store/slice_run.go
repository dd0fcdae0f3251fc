package store

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2"

	"claimwatch"
)

// Run runs a query of rules over the slice, read-only, with plain table names,
// and hands each row over: scan copies its columns.
func (s *Slice) Run(ctx context.Context, sql string, each func(scan func(...any) error) error) error {
	return s.read(ctx, sql, each)
}

// Columns tells the names and types of the columns of a query without running
// it. It also says what is wrong with a query that cannot run.
func (s *Slice) Columns(ctx context.Context, sql string) (names, types []string, err error) {
	err = s.read(ctx, "DESCRIBE TABLE (\n"+sql+"\n)", func(scan func(...any) error) error {
		var name, kind, ignored string
		err := scan(&name, &kind, &ignored, &ignored, &ignored, &ignored, &ignored)
		names, types = append(names, name), append(types, kind)
		return err
	})
	return names, types, err
}

// Tree gives the syntax tree of a query as the engine's own parser sees it, one
// node a line, indented by depth.
func (s *Slice) Tree(ctx context.Context, sql string) (nodes []string, err error) {
	err = s.read(ctx, "EXPLAIN AST "+sql, func(scan func(...any) error) error {
		var node string
		err := scan(&node)
		nodes = append(nodes, node)
		return err
	})
	return nodes, err
}

// Filled tells whether the last load put any row into a table.
func (s *Slice) Filled(table string) bool { return s.filled[table] }

// Stays are the stays of the last load by their numbers, as findings refer to
// them.
func (s *Slice) Stays() map[uint32]claimwatch.Stay { return s.stays }

// Upcoming gives, for each person and institution of the last load with live
// records after as_of, the first of their times: when it comes, the record comes
// into being.
func (s *Slice) Upcoming() map[claimwatch.Scope]claimwatch.Instant {
	upcoming := make(map[claimwatch.Scope]claimwatch.Instant, len(s.upcoming))
	for person, at := range s.upcoming {
		upcoming[claimwatch.PersonScope(person)] = at
	}
	for institution, at := range s.houseAhead {
		upcoming[claimwatch.InstitutionScope(institution)] = at
	}
	return upcoming
}

// read runs a query on a reader that is free.
func (s *Slice) read(ctx context.Context, sql string, each func(scan func(...any) error) error) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case reader := <-s.readers:
		defer func() { s.readers <- reader }()
		return s.query(ctx, reader, sql, each)
	}
}

func (s *Slice) query(ctx context.Context, on *DB, sql string, each func(scan func(...any) error) error) error {
	rows, err := on.Query(clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{})), s.place(sql))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return withoutURL(rows.Err())
}
