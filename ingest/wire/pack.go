package wire

import "claimwatch"

// pack fills values of at most claimwatch.MaxMessageBytes with whole lines.
type pack struct {
	values [][]byte
	lines  int
	held   int64 // capacity of all values: what they cost in memory
}

// add lets write append one line to the current value. A line that makes the
// value too large moves to a new one; a line that fits in no value is taken
// back and add answers false.
func (p *pack) add(write func(dst []byte) []byte) bool {
	if len(p.values) == 0 {
		p.values = append(p.values, nil)
	}
	last := len(p.values) - 1
	before := p.values[last]
	after := write(before)
	size := len(after) - len(before)
	switch {
	case size > claimwatch.MaxMessageBytes:
		return false
	case len(after) <= claimwatch.MaxMessageBytes:
		p.values[last] = after
		p.held += int64(cap(after) - cap(before))
	default:
		next := append(make([]byte, 0, max(size, 4<<10)), after[len(before):]...)
		p.values = append(p.values, next)
		p.held += int64(cap(next))
	}
	p.lines++
	return true
}

func (p *pack) messages(topic, key string, headers func(i, n int) map[string]string) []claimwatch.Message {
	if p.lines == 0 {
		return nil
	}
	messages := make([]claimwatch.Message, len(p.values))
	for i, value := range p.values {
		messages[i] = claimwatch.Message{
			Topic: topic, Key: []byte(key), Value: value, Headers: headers(i, len(p.values)),
		}
	}
	return messages
}
