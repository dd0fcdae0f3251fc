// Package live remembers what happened to findings last, in the order in which
// this process learned of it, for listeners that follow and for those that lost
// their connection and come back (contract, section 2: GET /v1/stream).
//
// Two logs tell: the topic of changes (opened, revised, retracted) and the journal
// (decided). A listener's place is how far it has come in both, so that it may come
// back to any process, also after a restart.
package live
