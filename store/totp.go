package store

import (
	"context"

	"claimwatch"
)

// StepUse is an attempt to use the code of a second factor.
type StepUse struct {
	Factor  string // whose, and which of theirs
	Step    int64  // of RFC 6238
	Attempt string // random, another for each attempt
	At      claimwatch.Instant
}

// UseStep writes an attempt, and says whether its code counts: no other attempt has used
// it or a later one. Of two at the same moment, in one process or in two, both may be
// told no and never both yes: each looks after it has written.
func (db *DB) UseStep(ctx context.Context, use StepUse) (fresh bool, err error) {
	err = db.insert(ctx, "totp_steps",
		column{"factor", "String", []string{use.Factor}},
		column{"step", "Int64", []int64{use.Step}},
		column{"attempt", "String", []string{use.Attempt}},
		column{"used_at", timeType, []int64{millis(use.At)}})
	if err != nil {
		return false, err
	}
	var others uint64
	err = db.each(ctx, func() error { return nil }, []any{&others}, `
		SELECT count() FROM totp_steps WHERE factor = {factor:String} AND step >= {step:Int64} AND attempt != {attempt:String}`,
		named("factor", use.Factor), named("step", use.Step), named("attempt", use.Attempt))
	return err == nil && others == 0, wrap("read used codes", err)
}
