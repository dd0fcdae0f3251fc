package embedded

import (
	"regexp"
	"strconv"
	"strings"
)

// Exception is what the engine says when a statement fails. Over clickhouse-go
// it arrives as *clickhouse.Exception with the same code and message.
type Exception struct {
	// Code is ClickHouse's error code, 0 when the text carries none.
	Code int
	// Message is the engine's text, which begins with "Code: N.".
	Message string
}

// Error returns the engine's text.
func (e *Exception) Error() string { return e.Message }

// exceptionPrefix matches one "Code: 241. DB::Exception: ". The engine wraps
// some errors two or three times, each time with the prefix again.
var exceptionPrefix = regexp.MustCompile(`^Code: (\d+)\. DB::Exception: `)

func newException(text string) *Exception {
	match := exceptionPrefix.FindStringSubmatch(text)
	if match == nil {
		return &Exception{Message: text}
	}
	code, err := strconv.Atoi(match[1])
	if err != nil {
		return &Exception{Message: text}
	}
	for {
		inner := strings.TrimPrefix(text, match[0])
		if !strings.HasPrefix(inner, match[0]) {
			return &Exception{Code: code, Message: text}
		}
		text = inner
	}
}
