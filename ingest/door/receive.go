package door

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"claimwatch"
	"claimwatch/ingest/body"
	"claimwatch/ingest/decode"
	"claimwatch/ingest/fair"
	"claimwatch/ingest/seal"
	"claimwatch/ingest/wire"
)

const (
	// refusalCost is about what a refusal takes in memory and in the answer.
	refusalCost = 256
	// growStep is how much memory is asked for at a time.
	growStep = 1 << 20
)

// upload is a body on its way to the log.
type upload struct {
	head     claimwatch.Upload
	records  wire.Records
	refused  wire.Quarantine
	refusals []claimwatch.Refusal
	grant    *fair.Grant
	kinds    [int(claimwatch.Claim) + 1]int // accepted
	ahead    claimwatch.Instant             // latest time of a record that may not lie ahead
	sealed   *seal.Upload                   // nil when it is not signed
}

// receive takes a request from its headers to its receipt.
func (d *Door) receive(w http.ResponseWriter, r *http.Request) (claimwatch.Receipt, error) {
	caller := claimwatch.CallerFrom(r.Context())
	if !caller.Has(claimwatch.RoleHospital) || !caller.IsHospital() {
		return claimwatch.Receipt{}, claimwatch.Refuse(claimwatch.CodeForbidden,
			"records are uploaded with the key of an institution")
	}
	o, err := readOptions(r.URL.RawQuery)
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	media, err := body.MediaOf(r.Header)
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	if r.ContentLength > body.MaxSent {
		return claimwatch.Receipt{}, claimwatch.Refuse(claimwatch.CodeTooLarge,
			"the body is larger than 16 MiB as sent: split the upload")
	}
	sealed, err := d.cfg.Seals.Open(r.Header, caller.InstitutionID)
	if err != nil {
		d.countSignature(sealed, err)
		return claimwatch.Receipt{}, &brokenError{err}
	}
	d.met.coding.WithLabelValues(string(media.Coding)).Inc()
	grant, err := d.admit(r.Context(), caller.InstitutionID, estimate(media.Coding, r.ContentLength))
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	defer grant.Release()
	id, err := newReceiptID(d.cfg.Now(), d.cfg.Random)
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	u := &upload{
		head:  claimwatch.Upload{ReceiptID: id, InstitutionID: caller.InstitutionID, Atomic: o.atomic},
		grant: grant, sealed: sealed,
	}
	err = d.read(w, r, u, media)
	d.countSignature(sealed, err)
	if err != nil {
		return claimwatch.Receipt{}, err
	}
	return d.keep(r.Context(), u, o.wait)
}

// estimate is what an upload will probably hold. What it turns out to hold more
// is asked for on the way.
func estimate(coding body.Coding, length int64) int64 {
	unpacked := int64(growStep)
	switch {
	case length >= 0 && coding == body.Identity:
		unpacked = length + length/4
	case length >= 0:
		unpacked = min(8*length, body.MaxUnpacked)
	}
	return body.Memory(coding) + unpacked
}

// admit waits for memory, before anything of the body is read.
func (d *Door) admit(ctx context.Context, institution string, bytes int64) (*fair.Grant, error) {
	began := d.cfg.Now()
	ctx, cancel := context.WithTimeout(ctx, d.cfg.AdmitTimeout)
	defer cancel()
	grant, err := d.memory.Acquire(ctx, institution, bytes)
	d.took("admit", began)
	if err != nil {
		return nil, &brokenError{unavailable("too many uploads are under way: send this one again later", err)}
	}
	return grant, nil
}

// read decodes the body. Every error of it refuses the upload whole.
func (d *Door) read(w http.ResponseWriter, r *http.Request, u *upload, media body.Media) error {
	began := d.cfg.Now()
	opened, err := body.Open(body.NewPaced(w, r.Body, d.cfg.Pace, d.cfg.Now), media.Coding)
	if err != nil {
		return explain(err)
	}
	defer opened.Close()
	turn := &turn{ctx: r.Context(), gate: d.workers, institution: u.head.InstitutionID, from: opened}
	defer turn.giveUp()
	form := decode.NDJSON
	if media.Array {
		form = decode.Array
	}
	reader := decode.NewReader(turn, form, decode.Options{
		InstitutionID: u.head.InstitutionID, Now: claimwatch.InstantOf(began),
	})
	for {
		item, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = u.take(item)
		}
		if err != nil {
			return explain(err)
		}
	}
	now := d.cfg.Now()
	u.head.ReceivedAt = claimwatch.InstantOf(now)
	if u.sealed != nil { // before anything of the upload is kept anywhere
		if u.head.Signature, err = u.sealed.Judge(now); err != nil {
			return err
		}
	}
	d.took("read", began)
	d.met.sent.Observe(float64(opened.Sent()))
	d.met.size.Observe(float64(reader.Count()))
	d.count(u, now)
	return nil
}

// take packs one record for the log, or for quarantine when it is refused.
func (u *upload) take(item decode.Item) error {
	if u.sealed != nil {
		if err := u.sealed.Add(item.Text); err != nil {
			return err
		}
	}
	if item.Refusal == nil && !u.pack(item) {
		item.Refusal = &claimwatch.Refusal{
			Index: item.Index, RecordID: item.Record.RecordID, Code: claimwatch.CodeTooLong,
			Message: "the record is too large for the log",
		}
		item.Raw = claimwatch.AppendCanonical(nil, item.Record)
	}
	if item.Refusal == nil {
		u.kinds[item.Record.Kind]++
		if !item.Record.Kind.MayLieAhead() {
			u.ahead = max(u.ahead, item.Record.OccurredAt)
		}
		return u.reserve()
	}
	u.refusals = append(u.refusals, *item.Refusal)
	err := u.refused.Add(claimwatch.Quarantined{
		ID: wire.DoorID(u.head.ReceiptID, item.Index), Refusal: *item.Refusal, Raw: item.Raw,
	})
	if err != nil {
		return err
	}
	return u.reserve()
}

// pack puts an accepted record into the messages; false when it is too large for one.
func (u *upload) pack(item decode.Item) bool {
	if u.sealed != nil {
		return u.records.AddSigned(item.Index, item.Record, item.Text)
	}
	return u.records.Add(item.Index, item.Record)
}

// reserve sees to it that the grant covers what the upload holds.
func (u *upload) reserve() error {
	held := u.records.Held() + u.refused.Held() + int64(len(u.refusals))*refusalCost
	if missing := held - u.grant.Units(); missing > 0 && !u.grant.Grow(max(missing, growStep)) {
		return unavailable("too much is being uploaded at the moment: send this again later", nil)
	}
	return nil
}

// explain gives an error of the body its words. The rest of the body is unread.
func explain(err error) error {
	var sender *body.SenderError
	var refusal *claimwatch.Error
	switch {
	case errors.Is(err, body.ErrSlow):
		err = &claimwatch.Error{
			Code: claimwatch.CodeSyntax, Cause: err,
			Message: "the body came too slowly and was cut off; nothing of it is kept",
		}
	case errors.As(err, &refusal):
	case errors.As(err, &sender):
		err = &claimwatch.Error{
			Code: claimwatch.CodeSyntax, Cause: err, Message: "the body ended early; nothing of it is kept",
		}
	}
	if claimwatch.CodeOf(err) == claimwatch.CodeEmpty {
		return err // read to its end
	}
	return &brokenError{err}
}

func (d *Door) count(u *upload, now time.Time) {
	for kind, n := range u.kinds {
		if n > 0 {
			d.met.records.WithLabelValues(claimwatch.Kind(kind).String(), "accepted").Add(float64(n))
		}
	}
	for i := range u.refusals {
		d.met.records.WithLabelValues("unknown", string(u.refusals[i].Code)).Inc()
	}
	if u.ahead > 0 {
		ahead := u.ahead.Time().Sub(now).Seconds()
		d.met.ahead.WithLabelValues(u.head.InstitutionID).Set(max(0, ahead))
	}
}

// countSignature counts what became of the signature of an upload whose body was read,
// or that was refused for its signature.
func (d *Door) countSignature(sealed *seal.Upload, err error) {
	result, refused := seal.ResultOf(err)
	switch {
	case refused:
	case err != nil:
		return
	case sealed != nil:
		result = seal.Good
	default:
		result = seal.None
	}
	d.met.signatures.WithLabelValues(string(result)).Inc()
}

func (d *Door) took(step string, since time.Time) {
	d.met.seconds.WithLabelValues(step).Observe(d.cfg.Now().Sub(since).Seconds())
}
