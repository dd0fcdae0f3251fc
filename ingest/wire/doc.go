// Package wire is how ingest writes and reads the messages of the log: records,
// refused records and touched scopes. A message of another version, or one that
// cannot be read, is told as a *claimwatch.Error whose code goes to quarantine.
//
// A records message carries one line for each record, its number in the upload,
// a tab and its canonical form, of a signed upload a tab and the record as it was sent
// too; the headers say which upload it belongs to.
package wire
