package journal

import (
	"fmt"

	"claimwatch"
)

// Taken is what one message of the topic came to.
type Taken struct {
	Command   *Command // nil: a part, whose command is to come
	Canonical []byte   // of the command
	Repeated  bool     // its command_id had an answer already
	Accepted  *Accepted
	Answer    Answer
}

// Take folds one message of the topic. An error says that it is no command, which
// has no effect; so does a panic, for a message that breaks the reader must not
// stop the journal.
func (s *State) Take(m claimwatch.Message) (taken Taken, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			taken, err = Taken{}, fmt.Errorf("apply command: %v", broken)
		}
	}()
	if s.parts.known == nil {
		s.parts.known = func(id string) bool { _, known := s.answers[id]; return known }
	}
	command, canonical, err := s.parts.take(m)
	if err != nil || command == nil {
		return Taken{}, err
	}
	taken.Command, taken.Canonical = command, canonical
	_, taken.Repeated = s.answers[command.ID]
	taken.Accepted, taken.Answer = s.Apply(*command, canonical)
	return taken, nil
}

func (t Taken) outcome() string {
	switch {
	case t.Repeated:
		return "repeated"
	case t.Accepted != nil:
		return "accepted"
	default:
		return "refused"
	}
}
