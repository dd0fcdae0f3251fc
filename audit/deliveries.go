package audit

import (
	"context"
	"fmt"

	"claimwatch/audit/journal"
)

// NoticeDelivered notes in the journal that findings of a notice reached the institution.
// A repeat, of the same message, has no effect.
func (a *Audit) NoticeDelivered(ctx context.Context, d journal.NoticeDelivery) error {
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return fmt.Errorf("read clock: %w", err)
	}
	return a.system(ctx, journal.Command{
		ID: journal.CommandID(string(journal.TypeNoticeDelivered), d.Message, d.Channel), Type: journal.TypeNoticeDelivered, At: at,
	}, d)
}
