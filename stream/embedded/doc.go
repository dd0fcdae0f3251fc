// Package embedded is the log in the process: franz-go's kfake speaks the Kafka
// protocol on the loopback interface, keeps everything in a directory and
// fsyncs each produce request before it answers. It sits under the same client
// as a real Kafka; nothing above knows which of the two it talks to.
package embedded
