// Package kafkatest starts a log for tests: the embedded one, or a real Apache
// Kafka when CLAIMWATCH_TEST_KAFKA=1 is set, so that one suite runs on both.
// The broker is a process of its own, because what matters most is what
// survives kill -9.
package kafkatest
