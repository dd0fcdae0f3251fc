// Package mapping turns the CSV exports of a hospital into records: a YAML file
// says which file is which kind, which column which field, with constants,
// templates, code maps, time layouts and filters. docs/mapping.md shows how to
// write one. It only builds the JSON of records; the door judges them.
package mapping
