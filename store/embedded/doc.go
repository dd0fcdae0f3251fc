// Package embedded runs the ClickHouse engine inside the process, as a shared
// library under clickhouse-go: an http.RoundTripper answers what a server
// would answer, so that everything above speaks to one kind of database.
//
// What a caller must know:
//
//   - One directory has one process, and one process has one directory at a
//     time. Open says so by name when it is refused. Closing an Engine and
//     opening another (or the same) directory in the same process works.
//   - Databases and their tables, Memory tables too, are seen over every
//     connection. Memory tables are empty after a new start; settings, the
//     current database and temporary tables belong to one connection. Those of
//     the pool change hands between requests and carry only what each request
//     says; a Session keeps its temporary tables until it is closed.
//   - Rows never travel inside the text of a statement: the engine cuts inline
//     data at the first blank line and runs what follows. Everything after
//     VALUES or FORMAT is streamed to it as data.
//   - Whoever cancels a context gets control back when the engine has let go
//     of the statement, so nothing of it runs on.
package embedded
