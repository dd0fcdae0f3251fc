// Package e2e drives the real binary from outside: it starts processes, talks
// HTTP to them, kills them, and compares what they say. The same suite runs on
// the embedded log and, with CLAIMWATCH_TEST_KAFKA=1, on a real Apache Kafka.
package e2e
