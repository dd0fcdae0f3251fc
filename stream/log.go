package stream

import (
	"fmt"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// kafkaLog hands kafka-go's own lines to zap. They name topics, partitions and
// addresses and no content.
type kafkaLog struct {
	log   *zap.Logger
	level zapcore.Level
}

// Printf implements kafka.Logger.
func (k kafkaLog) Printf(format string, args ...any) {
	if entry := k.log.Check(k.level, "kafka client"); entry != nil {
		entry.Write(zap.String("line", fmt.Sprintf(format, args...)))
	}
}
