// Command naive is the peer of the whole path: the sink that one writes first.
// It does the same work with the same log, engine, schema and rules, one step
// after the other and without any of the product's ideas:
//
//   - the door decodes each line with encoding/json into a map, checks that the
//     required fields are there, and writes one message a line, all lines of an
//     upload in one call; it answers when all replicas have acknowledged
//     (kafka-go, RequireAll, a linger of 10 ms instead of kafka-go's second);
//   - the consumer takes up to 10,000 lines, or what came within 100 ms, decodes
//     each again, and inserts it as JSONEachRow into the product's fact tables;
//   - then it evaluates every rule over the full tables, on all processors, writes
//     the sets of findings, and commits.
//
// POST /pause makes it store without evaluating, POST /resume ends that: so it
// reaches the size at which it is measured within minutes instead of hours.
//
// What it leaves out counts in its favour: no receipts, no quarantine, no
// conflicts, no idempotency, no look-up of identities (reading takes one row
// for each, as in the product), no journal, no keys.
package main
