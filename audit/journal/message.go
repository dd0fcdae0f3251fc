package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"claimwatch"
)

const (
	version       = "1"
	versionHeader = "v"
	// dataBytes is how much data a message carries at most, beside its frame.
	dataBytes = 512 << 10
	// maxHeld is for how many messages of the journal the parts of a command may
	// wait for its last one. A sender that died left them behind; every process
	// counts the same messages, so all forget alike.
	maxHeld = 10_000
)

// frame is the first line of a message; what follows it is data. A command that
// is larger than a message comes in parts and takes effect with the last, which
// alone holds the command.
type frame struct {
	ID      string          `json:"command_id"`
	Part    int             `json:"part"`
	Parts   int             `json:"parts"`
	Command json.RawMessage `json:"command,omitempty"`
}

// Encode writes a command as messages of the journal topic.
func Encode(c Command) ([]claimwatch.Message, error) {
	canonical, err := c.Canonical()
	if err != nil {
		return nil, fmt.Errorf("write command: %w", err)
	}
	chunks := [][]byte{}
	for rest := c.Data; ; {
		size := min(len(rest), dataBytes)
		chunks = append(chunks, rest[:size])
		if rest = rest[size:]; len(rest) == 0 {
			break
		}
	}
	if len(canonical)+dataBytes > claimwatch.MaxMessageBytes && len(c.Data) > 0 {
		chunks = append(chunks, nil) // a command of its own size goes without data
	}
	messages := make([]claimwatch.Message, len(chunks))
	for i, chunk := range chunks {
		f := frame{ID: c.ID, Part: i, Parts: len(chunks)}
		if i == len(chunks)-1 {
			f.Command = canonical
		}
		head, err := marshal(f)
		if err != nil {
			return nil, fmt.Errorf("write frame of command: %w", err)
		}
		value := append(append(head, '\n'), chunk...)
		if len(value) > claimwatch.MaxMessageBytes {
			return nil, claimwatch.Refuse(claimwatch.CodeTooLarge, "the command has %d bytes, at most %d are possible", len(value), claimwatch.MaxMessageBytes)
		}
		messages[i] = claimwatch.Message{
			Topic: claimwatch.TopicJournal, Key: []byte(c.ID), Value: value, Headers: map[string]string{versionHeader: version},
		}
	}
	return messages, nil
}

// assembler puts the parts of commands together. It is a function of the
// messages it has seen, so every process assembles the same commands.
type assembler struct {
	held  map[string]*held
	seen  int64                // messages
	known func(id string) bool // commands that have their answer: their data is needed no more
}

type held struct {
	since int64
	parts [][]byte
}

// take reads one message. It gives a whole command with its canonical bytes, or
// nil when parts are outstanding. An error says that the message is no part of
// a command; it has no effect.
func (a *assembler) take(m claimwatch.Message) (*Command, []byte, error) {
	a.seen++
	a.forget()
	if v := m.Headers[versionHeader]; v != version {
		return nil, nil, fmt.Errorf("read message: version %q is unknown", v)
	}
	head, data, cut := bytes.Cut(m.Value, []byte{'\n'})
	if !cut {
		return nil, nil, errors.New("read message: it has no frame")
	}
	var f frame
	if err := json.Unmarshal(head, &f); err != nil {
		return nil, nil, fmt.Errorf("read frame: %w", err)
	}
	const most = 1 << 16
	if f.ID == "" || f.Parts < 1 || f.Parts > most || f.Part < 0 || f.Part >= f.Parts || (f.Command != nil) != (f.Part == f.Parts-1) {
		return nil, nil, errors.New("read frame: it is no part of a command")
	}
	again := a.known != nil && a.known(f.ID)
	if f.Command == nil {
		if !again {
			a.hold(f, data)
		}
		return nil, nil, nil
	}
	var c Command
	if err := json.Unmarshal(f.Command, &c); err != nil {
		return nil, nil, fmt.Errorf("read command: %w", err)
	}
	if c.ID != f.ID {
		return nil, nil, errors.New("read command: the frame names another one")
	}
	if again {
		delete(a.held, f.ID)
		return &c, f.Command, nil
	}
	whole, err := a.join(f, data)
	if err != nil {
		return nil, nil, err
	}
	if c.DataSHA256 != "" || len(whole) > 0 {
		if hexSum(whole) != c.DataSHA256 {
			return nil, nil, errors.New("read command: the data has another hash")
		}
		c.Data = whole
	}
	return &c, f.Command, nil
}

// hold keeps a part. A part that comes again replaces the one before: it is the
// same one, or its sender has begun anew.
func (a *assembler) hold(f frame, data []byte) {
	if a.held == nil {
		a.held = map[string]*held{}
	}
	h := a.held[f.ID]
	if h == nil || len(h.parts) != f.Parts {
		h = &held{parts: make([][]byte, f.Parts)}
		a.held[f.ID] = h
	}
	h.since = a.seen
	h.parts[f.Part] = bytes.Clone(data)
	if h.parts[f.Part] == nil {
		h.parts[f.Part] = []byte{}
	}
}

func (a *assembler) join(f frame, data []byte) ([]byte, error) {
	if f.Parts == 1 {
		return data, nil
	}
	h := a.held[f.ID]
	if h == nil || len(h.parts) != f.Parts {
		return nil, errors.New("read command: its first parts are missing")
	}
	delete(a.held, f.ID)
	var whole []byte
	for _, part := range h.parts[:f.Parts-1] {
		if part == nil {
			return nil, errors.New("read command: a part is missing")
		}
		whole = append(whole, part...)
	}
	return append(whole, data...), nil
}

func (a *assembler) forget() {
	for id, h := range a.held {
		if a.seen-h.since > maxHeld {
			delete(a.held, id)
		}
	}
}
