// Package store is ClickHouse and nothing but ClickHouse: opening it, its
// schema, and one file per noun that is read or written.
//
// The same code runs over two databases: the engine inside the process
// (package embedded) and a real server. Open hides which one it is; everything
// else of this package sees a DB.
package store
