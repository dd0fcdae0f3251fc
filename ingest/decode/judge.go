package decode

import "claimwatch"

// kindCount is one more than the last kind.
const kindCount = claimwatch.Claim + 1

// Slots of the fields that are judged together.
var (
	feeQuantity = claimwatch.Fee.Slot("quantity")
	feePrice    = claimwatch.Fee.Slot("unit_price")
	feeAmount   = claimwatch.Fee.Slot("amount")
	feeReverses = claimwatch.Fee.Slot("reverses")
	feeFrom     = claimwatch.Fee.Slot("from")
	reportedAt  = claimwatch.ExamReport.Slot("reported_at")
	untilSlots  = slotsOf("until")
)

// slotsOf gives the slot of a field for each kind, -1 for kinds without it.
func slotsOf(name string) (slots [kindCount]int) {
	for kind := range slots {
		slots[kind] = claimwatch.Kind(kind).Slot(name)
	}
	return slots
}

// judge checks the fields of a record against each other. It is the last step
// of both decoders.
func (o Options) judge(r *claimwatch.Record) *claimwatch.Error {
	if fault := o.judgeFuture(r); fault != nil {
		return spoil(r, fault)
	}
	if r.Kind == claimwatch.Fee {
		if fault := judgeSigns(r); fault != nil {
			return spoil(r, fault)
		}
		if fault := judgeAmount(r); fault != nil {
			return spoil(r, fault)
		}
	}
	if fault := judgeOrder(r); fault != nil {
		return spoil(r, fault)
	}
	return nil
}

// spoil leaves a refused record with its identifier only.
func spoil(r *claimwatch.Record, fault *claimwatch.Error) *claimwatch.Error {
	*r = claimwatch.Record{RecordID: r.RecordID}
	return fault
}

// judgeFuture refuses what has not happened yet. What may be entered ahead
// (orders, operations, until) passes.
func (o Options) judgeFuture(r *claimwatch.Record) *claimwatch.Error {
	if o.FromLog || r.Kind.MayLieAhead() {
		return nil
	}
	limit := o.Now + skewMillis
	late, field := r.OccurredAt, "occurred_at"
	if late <= limit && r.Kind == claimwatch.Fee {
		late, field = claimwatch.Instant(r.Values[feeFrom].Num), "from"
	}
	if late <= limit && r.Kind == claimwatch.ExamReport {
		late, field = claimwatch.Instant(r.Values[reportedAt].Num), "reported_at"
	}
	if late > limit {
		return futureFault(field)
	}
	return nil
}

func futureFault(field string) *claimwatch.Error {
	return refuse(field, claimwatch.CodeFuture,
		"lies more than five minutes ahead of the server's clock: check the sender's clock and time zone")
}

// judgeSigns holds a refund to negative numbers and every other line to
// positive ones. A refund of a free line has the amount 0.
func judgeSigns(r *claimwatch.Record) *claimwatch.Error {
	quantity, amount := r.Values[feeQuantity].Num, r.Values[feeAmount].Num
	if !r.Values[feeReverses].Set {
		const message = "is negative: a refund must name the fee that it refunds in reverses"
		switch {
		case quantity < 0:
			return refuse("quantity", claimwatch.CodeNegativeWithoutReverses, message)
		case amount < 0:
			return refuse("amount", claimwatch.CodeNegativeWithoutReverses, message)
		}
		return nil
	}
	free := claimwatch.Product(quantity, r.Values[feePrice].Num) == 0
	switch {
	case quantity > 0:
		return refuse("quantity", claimwatch.CodeRange, "must be negative, because reverses makes this line a refund")
	case amount > 0, amount == 0 && !free:
		return refuse("amount", claimwatch.CodeRange, "must be negative, because reverses makes this line a refund")
	}
	return nil
}

// judgeAmount compares the amount with quantity times price, to the fen.
func judgeAmount(r *claimwatch.Record) *claimwatch.Error {
	want := claimwatch.Product(r.Values[feeQuantity].Num, r.Values[feePrice].Num)
	got := claimwatch.Fen(r.Values[feeAmount].Num)
	if difference := got - want; difference < -1 || difference > 1 {
		return refuse("amount", claimwatch.CodeAmountMismatch,
			"is %s, but quantity x unit_price is %s: they may differ by 0.01", got, want)
	}
	return nil
}

// judgeOrder refuses an end before its beginning.
func judgeOrder(r *claimwatch.Record) *claimwatch.Error {
	if r.Kind == claimwatch.ExamReport {
		if claimwatch.Instant(r.Values[reportedAt].Num) < r.OccurredAt {
			return refuse("reported_at", claimwatch.CodeTimeOrder, "must not be earlier than occurred_at")
		}
		return nil
	}
	slot := untilSlots[r.Kind]
	if slot < 0 || !r.Values[slot].Set {
		return nil
	}
	start, name := r.OccurredAt, "occurred_at"
	if r.Kind == claimwatch.Fee && r.Values[feeFrom].Set {
		start, name = claimwatch.Instant(r.Values[feeFrom].Num), "from"
	}
	if claimwatch.Instant(r.Values[slot].Num) <= start {
		return refuse("until", claimwatch.CodeTimeOrder, "must be later than %s", name)
	}
	return nil
}
