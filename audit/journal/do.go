package journal

import (
	"context"
	"errors"
	"time"

	"claimwatch"
)

// Do sends a command to the log, waits until the fold of this process has
// passed it and its views are written, and gives the answer. A refusal is the
// error, a *claimwatch.Error. When the answer does not come in time the error is
// unavailable: the outcome is unknown, and sending the same command again is safe.
func (j *Journal) Do(ctx context.Context, c Command) (Answer, error) {
	answers, err := j.DoAll(ctx, []Command{c})
	if err != nil {
		return Answer{}, err
	}
	if answers[0].Refusal != nil {
		return Answer{}, answers[0].Refusal
	}
	return answers[0], nil
}

// DoAll sends several commands at once and gives their answers in the same
// order; each is accepted or refused by itself. An error says that the answers
// are unknown.
func (j *Journal) DoAll(ctx context.Context, commands []Command) ([]Answer, error) {
	var messages []claimwatch.Message
	for _, c := range commands {
		encoded, err := Encode(c)
		if err != nil {
			return nil, err
		}
		messages = append(messages, encoded...)
	}
	ctx, cancel := context.WithTimeout(ctx, j.cfg.Timeout)
	defer cancel()
	begin := j.deps.Now()
	waiters := j.expect(commands)
	defer j.forget(commands, waiters)
	if err := j.deps.Log.Write(ctx, messages...); err != nil {
		return nil, unknown(err)
	}
	answers := make([]Answer, len(commands))
	var last uint64
	for i, waiter := range waiters {
		select {
		case answers[i] = <-waiter:
			last = max(last, answers[i].Seq)
		case <-ctx.Done():
			return nil, unknown(ctx.Err())
		}
	}
	if err := j.views.wait(ctx, last); err != nil {
		return nil, unknown(err)
	}
	j.met.wait.Observe(j.deps.Now().Sub(begin).Seconds())
	return answers, nil
}

// Answered says whether a command with this id was accepted or refused: sent again, it is
// answered the same.
func (j *Journal) Answered(id string) bool {
	j.mu.RLock()
	defer j.mu.RUnlock()
	_, answered := j.state.answers[id]
	return answered
}

func unknown(cause error) error {
	refused := claimwatch.Refuse(claimwatch.CodeUnavailable, "the journal did not answer in time; send the same request again, it is done once")
	refused.Cause = cause
	return refused
}

// expect registers callers before their commands are written: the fold may be
// faster than the writer's acknowledgement.
func (j *Journal) expect(commands []Command) []chan Answer {
	j.mu.Lock()
	defer j.mu.Unlock()
	waiters := make([]chan Answer, len(commands))
	for i, c := range commands {
		waiters[i] = make(chan Answer, 1)
		j.waiters[c.ID] = append(j.waiters[c.ID], waiters[i])
		j.mine[c.ID] = true
	}
	return waiters
}

// forget drops callers that gave up. Their commands may still come.
func (j *Journal) forget(commands []Command, waiters []chan Answer) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, c := range commands {
		left := j.waiters[c.ID][:0:0]
		for _, waiter := range j.waiters[c.ID] {
			if waiter != waiters[i] {
				left = append(left, waiter)
			}
		}
		if len(left) == 0 {
			delete(j.waiters, c.ID)
			delete(j.mine, c.ID)
			continue
		}
		j.waiters[c.ID] = left
	}
}

// EnsureAdmin makes sure that the key with this hash has every role: the key
// file of an embedded server. It waits until the journal has caught up.
func (j *Journal) EnsureAdmin(ctx context.Context, hash string, at claimwatch.Instant) error {
	select {
	case <-j.caughtUp:
	case <-ctx.Done():
		return ctx.Err()
	}
	if j.hasKey(hash) {
		return nil
	}
	command, err := NewCommand(Command{
		ID: CommandID("admin", hash), Type: TypeKeyAdd, At: at, Actor: Actor{Key: SystemKey},
		Reason: "first start: the administrator's key file",
	}, adminKey(hash), nil)
	if err != nil {
		return err
	}
	_, err = j.Do(ctx, command)
	if err != nil && j.hasKey(hash) {
		return nil // another process was faster
	}
	return err
}

// errClosed ends waits for views when the journal stops.
var errClosed = errors.New("the journal has stopped")

// poll is how often a store is asked whether another process has written views.
const poll = 100 * time.Millisecond
