// Package stream is Kafka and nothing but Kafka: the one package that imports
// kafka-go. It checks the topics at start, makes every writer in one place, and
// reads through consumer groups whose readers live and die with a generation.
//
// What it promises, and the trap that each promise answers (K1-K16 are the
// traps of kafka-go that were reproduced; docs/adr tells which test holds which):
//
//   - A nil error of Writer.Write means that all in-sync replicas have the
//     messages; every other answer means "unknown" (K1, K2, K3, K7). A message
//     that is too large, and a writer that is full, are refused before anything
//     is written, with errors of their own (K6, K13).
//   - A consumer sees every offset of a partition, in order, or stops with an
//     alarm: it never jumps over what retention took (K9).
//   - Commits only move forward and only while the generation lives (K8, K10, K11).
//   - A reader that stands still is replaced, and tells liveness (K12).
//
// It says nothing about what the messages mean.
package stream
