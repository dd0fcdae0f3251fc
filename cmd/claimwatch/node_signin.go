package main

import (
	"context"

	"claimwatch/audit/session"
	"claimwatch/store"
)

// sessionRows keeps sessions in the store.
type sessionRows struct{ db *store.DB }

func (r sessionRows) SaveSession(ctx context.Context, s session.Session) error {
	return r.db.SaveSession(ctx, store.SessionRow(s))
}

func (r sessionRows) Session(ctx context.Context, hash string) (session.Session, bool, error) {
	row, ok, err := r.db.Session(ctx, hash)
	return session.Session(row), ok, err
}

// openSetup tells the one-time link of the first administrator, once the journal says
// that there is no account.
func (n *node) openSetup(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-n.stages.journal.CaughtUp():
	}
	if token, open := n.stages.audit.OpenSetup(); open {
		n.settings.tellSetup("http://" + n.settings.Listen + "/setup#" + token)
	}
	return nil
}
