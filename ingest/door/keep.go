package door

import (
	"context"
	"time"

	"go.uber.org/zap"

	"claimwatch"
	"claimwatch/ingest/wire"
)

// keep makes an upload durable and gives its receipt.
func (d *Door) keep(ctx context.Context, u *upload, wait time.Duration) (claimwatch.Receipt, error) {
	receipt := claimwatch.Receipt{
		ReceiptID: u.head.ReceiptID, InstitutionID: u.head.InstitutionID, ReceivedAt: u.head.ReceivedAt,
		Accepted: u.records.Len(), Refused: u.refusals,
	}
	if receipt.Refused == nil {
		receipt.Refused = []claimwatch.Refusal{}
	}
	nothing := receipt.Accepted == 0 || (u.head.Atomic && len(u.refusals) > 0)
	if nothing {
		receipt.Accepted, u.records = 0, wire.Records{}
	}
	if s := u.head.Signature; s != nil && !nothing {
		receipt.SignedBy = &s.Signer
	}
	u.head.Refused, u.head.Chunks = len(u.refusals), u.records.Chunks()

	// Before the write, because the sink may be done before the log has answered.
	d.hub.Open(receipt, u.head.Chunks)
	if err := d.write(ctx, u); err != nil {
		d.hub.Drop(receipt.ReceiptID)
		d.log.Warn("upload not acknowledged by the log", zap.String("receipt_id", receipt.ReceiptID),
			zap.String("institution_id", receipt.InstitutionID), zap.Error(err))
		return claimwatch.Receipt{}, unavailable(
			"the log did not acknowledge the upload, so nothing is promised: send it again, which is always safe", err)
	}
	u.records, u.refused = wire.Records{}, wire.Quarantine{}
	u.grant.ShrinkTo(int64(len(u.refusals)) * refusalCost)
	if nothing {
		receipt.Settled = true
		return receipt, nothingAccepted(u.head.Atomic, &receipt)
	}
	began := d.cfg.Now()
	settled := d.await(ctx, receipt, wait)
	d.took("settle", began)
	return settled, nil
}

func nothingAccepted(atomic bool, receipt *claimwatch.Receipt) error {
	message := "no record of the upload is acceptable: the receipt says why of each"
	if atomic {
		message = "the upload is atomic and has faulty records, so nothing of it is stored: the receipt says which"
	}
	return &claimwatch.Error{Code: claimwatch.CodeNothingAccepted, Message: message, Receipt: receipt}
}

// write appends the refused records, and only then the accepted ones: a receipt
// is settled by its record messages, and all that it says must be there.
func (d *Door) write(ctx context.Context, u *upload) error {
	began := d.cfg.Now()
	defer d.took("log", began)
	// The sender may hang up, its upload is complete all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.cfg.LogTimeout)
	defer cancel()
	if err := d.writeInTurn(ctx, u.head.InstitutionID, d.cfg.WriteQuarantine, u.refused.Messages(u.head)); err != nil {
		return err
	}
	return d.writeInTurn(ctx, u.head.InstitutionID, d.cfg.WriteRecords, u.records.Messages(u.head))
}

// writeInTurn sends a few messages at a time, so that the messages of a large
// upload alternate with those of other institutions.
func (d *Door) writeInTurn(ctx context.Context, institution string, write wire.Write, messages []claimwatch.Message) error {
	slice := max(d.cfg.LogBytes/8, claimwatch.MaxMessageBytes)
	for len(messages) > 0 {
		n, bytes := 0, int64(0)
		for n < len(messages) && (n == 0 || bytes+int64(len(messages[n].Value)) <= slice) {
			bytes += int64(len(messages[n].Value))
			n++
		}
		grant, err := d.toLog.Acquire(ctx, institution, bytes)
		if err != nil {
			return err //nolint:wrapcheck // the cause of ctx
		}
		err = write(ctx, messages[:n]...)
		grant.Release()
		if err != nil {
			return err //nolint:wrapcheck // the caller says what was written
		}
		messages = messages[n:]
	}
	return nil
}
