package door

import (
	"context"
	"time"

	"go.uber.org/zap"

	"claimwatch"
)

// await waits until a receipt is settled, by the hub or, when another process
// has the sink, by the store. When wait is over it gives the receipt as it is.
func (d *Door) await(ctx context.Context, receipt claimwatch.Receipt, wait time.Duration) claimwatch.Receipt {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	known, settled, here := d.hub.Find(receipt.ReceiptID)
	if here {
		receipt = known
	}
	poll := time.NewTimer(d.cfg.PollFirst)
	defer poll.Stop()
	pause := d.cfg.PollFirst
	for !receipt.Settled {
		select {
		case <-settled:
			receipt, _, _ = d.find(receipt)
			return receipt
		case <-ctx.Done():
			return receipt
		case <-poll.C:
		}
		stored, ok, err := d.cfg.Receipt(ctx, receipt.ReceiptID)
		if err != nil && ctx.Err() == nil {
			d.log.Warn("receipt cannot be read from the store", zap.String("receipt_id", receipt.ReceiptID), zap.Error(err))
		}
		if err == nil && ok && stored.Settled {
			return stored
		}
		pause = min(2*pause, maxPoll)
		poll.Reset(pause)
	}
	return receipt
}

// find gives what the hub knows of a receipt, or the receipt itself when the
// hub has forgotten it meanwhile.
func (d *Door) find(receipt claimwatch.Receipt) (claimwatch.Receipt, <-chan struct{}, bool) {
	known, settled, ok := d.hub.Find(receipt.ReceiptID)
	if !ok {
		return receipt, nil, false
	}
	return known, settled, true
}

// lookUp finds a receipt for somebody who asks for it later.
func (d *Door) lookUp(ctx context.Context, receiptID string, wait time.Duration) (claimwatch.Receipt, error) {
	receipt, ok, err := d.known(ctx, receiptID)
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	if !ok {
		if wait == 0 || !isReceiptID(receiptID) {
			return claimwatch.Receipt{}, d.unknown(receiptID)
		}
		receipt = d.await(ctx, claimwatch.Receipt{ReceiptID: receiptID}, wait)
		if receipt.InstitutionID == "" {
			return claimwatch.Receipt{}, d.unknown(receiptID)
		}
		return receipt, nil
	}
	if receipt.Settled || wait == 0 {
		return receipt, nil
	}
	return d.await(ctx, receipt, wait), nil
}

func (d *Door) known(ctx context.Context, receiptID string) (claimwatch.Receipt, bool, error) {
	if receipt, _, ok := d.hub.Find(receiptID); ok {
		return receipt, true, nil
	}
	receipt, ok, err := d.cfg.Receipt(ctx, receiptID)
	if err != nil {
		return claimwatch.Receipt{}, false, unavailable("the receipt cannot be read at the moment: ask again later", err)
	}
	return receipt, ok, nil
}

// unknown tells a receipt that does not exist from one whose upload the sink
// has not reached: that one was promised, and 404 would take the promise back.
func (d *Door) unknown(receiptID string) error {
	if d.cfg.Behind != nil && isReceiptID(receiptID) && d.cfg.Behind() {
		return unavailable("the receipt is not known yet: the store is behind the log; ask again later", nil)
	}
	return claimwatch.Refuse(claimwatch.CodeNotFound, "there is no such receipt")
}

func isReceiptID(text string) bool {
	if len(text) != len("r_")+idAlphabet.EncodedLen(16) || text[:2] != "r_" {
		return false
	}
	_, err := idAlphabet.DecodeString(text[2:])
	return err == nil
}
