// Package alerts tells the right person once: of findings, of deadlines before they
// lapse, and of hospitals that went silent.
//
// What is the case is derived from durable state (findings, the journal) by pure
// functions. Alertmanager's own packages route, group, wait, inhibit and mute. What
// they decide to tell is written to the topic claimwatch.alerts before anybody is
// told: a message has its id, its content and its place in its group from then on,
// whatever happens to the process. It is delivered until the receiver has it, and
// that is written too. So a message that a crash repeats is the same message, with
// the same id (docs/alerts.md, ADR 25).
package alerts
