package main

import (
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

// followLibrary has everybody evaluated again about whom the library in use says
// something else than the one with which the store was evaluated: after a start
// with another binary or another --rules. It repeats until it is done; meanwhile
// the node is not idle, and live evaluation goes on.
func (n *node) followLibrary(ctx context.Context) error {
	for ctx.Err() == nil {
		err := n.touchByLibrary(ctx)
		if err == nil {
			n.compared.Store(true)
			return nil
		}
		if ctx.Err() == nil {
			n.log.Error("compare rule library with the one of before", zap.Error(err))
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// touchByLibrary touches, in the background, whom the difference between the
// library in use and the one that is noted concerns, and then notes it: after a
// crash between the two it is done again.
func (n *node) touchByLibrary(ctx context.Context) error {
	n.libraries.Lock() // a reload may come while the start is compared
	defer n.libraries.Unlock()
	said, err := n.stages.shelf.Library().Says(store.SliceDefinitions())
	if err != nil {
		return err
	}
	text, err := said.Text()
	if err != nil {
		return err
	}
	noted, err := n.db.Library(ctx)
	if err != nil {
		return err
	}
	before, err := rules.ReadSaid(noted.Said)
	if err != nil {
		return err
	}
	difference := said.Since(before)
	if len(difference.Codes) == 0 {
		return nil
	}
	scopes, err := n.db.Scopes(ctx)
	if err != nil {
		return fmt.Errorf("list scopes: %w", err)
	}
	scopes = slices.DeleteFunc(scopes, func(scope claimwatch.Scope) bool { return !difference.Concerns(scope) })
	if err := n.touchInBackground(ctx, librarySeq(noted.Number+1, text), libraryWork(difference.Codes), "library", scopes); err != nil {
		return fmt.Errorf("touch whom the library concerns: %w", err)
	}
	n.log.Info("rule library differs from the one of before", zap.Strings("rules", difference.Codes), zap.Int("scopes", len(scopes)))
	return n.db.SaveLibrary(ctx, store.LibraryNote{Number: noted.Number + 1, Said: text, NotedAt: claimwatch.InstantOf(clock())})
}

// librarySeq is the number of the background work of a library: above those of
// all journal entries, the same when it is repeated, and another one when another
// library comes before the first is noted.
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
