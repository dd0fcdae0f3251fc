package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/rules"
	"claimwatch/store"
)

// libraryChange is a library that was put into use, and whom it says something else
// about than those that the store was evaluated with.
type libraryChange struct {
	note       store.LibraryNote
	difference rules.Difference
}

// noteLibrary compares the library in use with those that the store was evaluated
// with, and notes it before anything is evaluated with it: should this process end
// before everybody is touched, the next one knows with what, whatever library it
// has itself. Nothing comes back when there is no difference.
func (n *node) noteLibrary(ctx context.Context) (*libraryChange, error) {
	said, err := n.stages.shelf.Library().Says(store.SliceDefinitions())
	if err != nil {
		return nil, err
	}
	text, err := said.Text()
	if err != nil {
		return nil, err
	}
	notes, err := n.db.Libraries(ctx)
	if err != nil {
		return nil, err
	}
	last, befores := store.LibraryNote{}, []rules.Said{}
	for _, note := range notes {
		before, err := rules.ReadSaid(note.Said)
		if err != nil {
			return nil, err
		}
		last, befores = note, append(befores, before)
	}
	if len(notes) == 0 || !notes[0].Touched {
		befores = append(befores, rules.Said{}) // a store that a former release evaluated, nobody knows with what
	}
	c := &libraryChange{note: last, difference: said.Since(befores...)}
	if len(c.difference.Codes) == 0 {
		return nil, nil
	}
	if !bytes.Equal(last.Said, text) { // else it was noted by a process that ended too early
		c.note = store.LibraryNote{Number: last.Number + 1, Said: text, NotedAt: claimwatch.InstantOf(clock())}
		err = n.db.SaveLibrary(ctx, c.note)
	}
	return c, err
}

// followLibrary has those evaluated again whom a start with another binary or
// another --rules concerns. It repeats until it is done; meanwhile the node is not
// idle, and live evaluation goes on.
func (n *node) followLibrary(ctx context.Context, c *libraryChange) error {
	for ctx.Err() == nil && !n.compared.Load() {
		err := n.touchByLibrary(ctx, c)
		if err == nil {
			n.compared.Store(true)
			return nil
		}
		if ctx.Err() == nil {
			n.log.Error("touch whom the rule library concerns", zap.Error(err))
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// touchByLibrary touches, in the background, whom a change of the library concerns,
// and notes that. What a crash repeats is the same work.
func (n *node) touchByLibrary(ctx context.Context, c *libraryChange) error {
	if c == nil {
		return nil
	}
	scopes, err := n.db.Scopes(ctx)
	if err != nil {
		return fmt.Errorf("list scopes: %w", err)
	}
	scopes = slices.DeleteFunc(scopes, func(scope claimwatch.Scope) bool { return !c.difference.Concerns(scope) })
	if len(scopes) > 0 { // of an empty store there is nothing to tell
		n.log.Info("rule library differs from the one of before", zap.Strings("rules", c.difference.Codes), zap.Int("scopes", len(scopes)))
	}
	seq := librarySeq(c.note.Number, c.note.Said)
	if err := n.touchInBackground(ctx, seq, libraryWork(c.difference.Codes), "library", scopes); err != nil {
		return fmt.Errorf("touch whom the library concerns: %w", err)
	}
	done := c.note
	done.Touched, done.NotedAt = true, claimwatch.InstantOf(clock())
	return n.db.SaveLibrary(ctx, done)
}

// librarySeq is the number of the background work of a library: above those of
// all journal entries, and the same when it is repeated.
func librarySeq(number uint64, said []byte) uint64 {
	sum := sha256.Sum256(said)
	return 1<<63 | number<<32 | uint64(binary.BigEndian.Uint32(sum[:4]))
}

// libraryWork is what the status says of it.
func libraryWork(codes []string) string {
	if len(codes) > 3 {
		return fmt.Sprintf("rule library, %d rules", len(codes))
	}
	return "rule library, " + strings.Join(codes, ", ")
}
