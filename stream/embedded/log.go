package embedded

import (
	"fmt"

	"github.com/twmb/franz-go/pkg/kfake"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// logger hands kfake's lines to zap. It chats at its info level about every
// request, so only what may lose something is kept.
type logger struct{ log *zap.Logger }

// Logf implements kfake.Logger.
func (l logger) Logf(level kfake.LogLevel, format string, args ...any) {
	var to zapcore.Level
	switch level {
	case kfake.LogLevelError:
		to = zap.ErrorLevel
	case kfake.LogLevelWarn:
		to = zap.WarnLevel
	default:
		return
	}
	if entry := l.log.Check(to, "embedded log"); entry != nil {
		entry.Write(zap.String("line", fmt.Sprintf(format, args...)))
	}
}
